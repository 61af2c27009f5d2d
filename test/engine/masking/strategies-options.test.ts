import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import type { JsonObject } from '../../../engine/json/types.ts';
import { checkOptions } from '../../../engine/masking/strategies/index.ts';
import type { Strategy } from '../../../engine/policy/types.ts';
import { field } from './strategies-support.ts';

const taken: [Strategy, JsonObject][] = [
  ['redact', {}],
  ['partial', { keep: 2 }],
  ['pseudonym', { scope: 'call' }],
  ['generalise', { to: 'year' }],
  ['generalise', { to: 'age-band:10' }],
  ['generalise', { to: 'prefix:2' }],
  ['generalise', { to: '/24' }],
  ['generalise', { to: 'bucket:1000' }],
  ['shift', { days: 30, scope: 'session' }],
  ['tokenise', { purpose: 'support', expires: '30d' }],
];

const refused: [Strategy, JsonObject, option: string][] = [
  ['redact', { keep: 4 }, 'keep'],
  ['hash', { scope: 'call' }, 'scope'],
  ['partial', { keep: 0 }, 'keep'],
  ['partial', { keep: '4' }, 'keep'],
  ['partial', { keep: 1.5 }, 'keep'],
  ['partial', { keep: 4000 }, 'keep'],
  ['partial', { constructor: 1 }, 'constructor'],
  ['pseudonym', { scope: 'world' }, 'scope'],
  ['generalise', { to: 'century' }, 'to'],
  ['generalise', { to: 'age-band:1' }, 'to'],
  ['generalise', { to: 'prefix:99' }, 'to'],
  ['generalise', { to: '/0' }, 'to'],
  ['generalise', { to: '/128' }, 'to'],
  ['generalise', { to: 'bucket:1' }, 'to'],
  ['generalise', { to: 7 }, 'to'],
  ['shift', { days: 0 }, 'days'],
  ['shift', { days: -3 }, 'days'],
  ['tokenise', {}, 'purpose'],
  ['tokenise', { purpose: '' }, 'purpose'],
  ['tokenise', { purpose: 'support', expires: '31d' }, 'expires'],
  ['tokenise', { purpose: 'support', expires: '721h' }, 'expires'],
  ['tokenise', { purpose: 'support', expires: '0s' }, 'expires'],
  ['tokenise', { purpose: 'support', expires: 3600 }, 'expires'],
  ['redact', { except: ['user.name'] }, 'except'],
];

test('options that a strategy knows are taken', () => {
  for (const [strategy, options] of taken) checkOptions(field(strategy, options));
});

test('any other option, and any other value of one, fails by rule and option and tells no value', () => {
  for (const [strategy, options, option] of refused) {
    assert.throws(
      () => checkOptions(field(strategy, options)),
      (error) =>
        error instanceof WritError &&
        error.code === 'WRIT_MASK_FAILED' &&
        error.message.includes('test.mask_fields.one') &&
        error.message.includes(`"${option}"`) &&
        !Object.values(options).some(
          (value) => typeof value === 'string' && value !== '' && error.message.includes(value),
        ),
      `${strategy} ${JSON.stringify(options)}`,
    );
  }
});

test('except belongs to what detectors find', () => {
  const found = field('redact', {}, { detect: 'user' });
  checkOptions({ ...found, options: { except: ['user.name'] } });
  for (const except of ['user.name', [1], [''], null]) {
    assert.throws(() => checkOptions({ ...found, options: { except } }), { code: 'WRIT_MASK_FAILED' });
  }
});

test('a strategy that nobody knows fails, were it a name that every object has', () => {
  for (const strategy of ['encrypt', 'constructor', '__proto__', 'toString']) {
    const unknown = { ...field('redact', {}), ...JSON.parse(`{"strategy":${JSON.stringify(strategy)}}`) };
    assert.throws(() => checkOptions(unknown), { code: 'WRIT_MASK_FAILED' });
  }
});
