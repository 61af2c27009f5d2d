import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../engine/json/types.ts';
import { KnownDecisions } from '../../../engine/policy/known-decisions.ts';
import { partsRead } from '../../../engine/policy/parts-read.ts';
import type { Decision } from '../../../engine/policy/types.ts';

const decision = (effect: Decision['effect']): Decision => ({
  effect,
  rules: [],
  reasons: [],
  mask_fields: [],
  approval: { requirements: [] },
  obligations: [],
});
const known = (effect: Decision['effect']) => ({ decision: decision(effect), fuel: 7, unanswered: [] });
const keyOf = (inputs: string[], input: JsonObject) =>
  new KnownDecisions(inputs).key('writ/decision', partsRead(inputs)(input));

describe('decisions made before', () => {
  test('are the same where all that is read is the same, whatever else differs', () => {
    const inputs = ['input.call.tool', 'input.identity.groups'];
    const one = keyOf(inputs, { call: { tool: 'a', id: 1 }, identity: { groups: ['g'] }, now: 'then' });
    const other = keyOf(inputs, { call: { tool: 'a', id: 2 }, identity: { groups: ['g'] }, now: 'later' });
    assert.equal(one, other);
  });

  test('differ by every part that is read', () => {
    const inputs = ['input.a', 'input.b.c'];
    const variants: JsonObject[] = [
      {},
      { a: null },
      { a: '' },
      { a: 'null' },
      { a: 0 },
      { a: '0' },
      { a: [] },
      { a: {} },
      { a: '\n' },
      { a: 1, b: { c: 1 } },
      { a: 1, b: { c: 2 } },
      { a: 1, b: null },
      { b: { c: 1 } },
      { b: { c: { a: 1 } } },
    ];
    assert.equal(new Set(variants.map((input) => keyOf(inputs, input))).size, variants.length);
  });

  test('differ by entrypoint', () => {
    const decisions = new KnownDecisions(['input.a']);
    assert.notEqual(decisions.key('writ/decision', '{}'), decisions.key('writ/result/decision', '{}'));
  });

  test('take a name that is no identifier as one name', () => {
    const inputs = ['input.call.arguments."a.b"'];
    assert.notEqual(
      keyOf(inputs, { call: { arguments: { 'a.b': 1 } } }),
      keyOf(inputs, { call: { arguments: { 'a.b': 2 } } }),
    );
    assert.equal(keyOf(inputs, { call: { arguments: { a: { b: 1 } } } }), keyOf(inputs, { call: { arguments: {} } }));
  });

  test('read nothing that an object inherits', () => {
    assert.deepEqual(keyOf(['input.a.constructor'], { a: {} }), 'writ/decision {"a":{}}');
    assert.deepEqual(keyOf(['input.a.__proto__.x'], { a: {} }), 'writ/decision {"a":{}}');
  });

  for (const path of ['input', 'input.now', 'input.call', 'input.call.id', 'input.call.hash']) {
    test(`are not remembered where a rule reads ${path}`, () => {
      assert.equal(keyOf([path, 'input.identity.kind'], { identity: { kind: 'human' } }), null);
    });
  }

  test('are not remembered for a question too long to keep', () => {
    assert.equal(keyOf(['input.call.arguments'], { call: { arguments: { text: 'x'.repeat(10_000) } } }), null);
  });

  test('are forgotten oldest first, so that memory is bounded', () => {
    const decisions = new KnownDecisions([]);
    for (let each = 0; each < 2_500; each++) decisions.set(`key ${each}`, known('deny'));
    assert.equal(decisions.get('key 0'), undefined);
    assert.equal(decisions.get('key 499'), undefined);
    assert.equal(decisions.get('key 500')?.fuel, 7);
    assert.equal(decisions.get('key 2499')?.decision.effect, 'deny');
  });
});
