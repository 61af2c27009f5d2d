import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../engine/json/parse.ts';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import { withCode } from '../../../engine/masking/mask-error.ts';
import { maskWords } from '../../../engine/masking/mask-words.ts';
import { MaskMemory } from '../../../engine/masking/memory.ts';
import { assertLinear } from '../../support/growth.ts';
import { detecting, hash, mask, matching, resultOf } from './support.ts';

const email = 'anna.example@example.com';
const phone = 442079460958;
const people = [detecting('user')];

function words(value: JsonObject, method?: string): Json {
  const document = parse(Buffer.from(JSON.stringify(value)), { direction: 'to-client' });
  return JSON.parse(JSON.stringify(maskWords(document, { masks: people, hash }, method).document.value));
}

test('ids pass in the messages that have them and carry nothing in others', () => {
  const ids = { progressToken: email, requestId: email, taskId: email, elicitationId: email };
  const masked = { progressToken: '[EMAIL]', requestId: '[EMAIL]', taskId: '[EMAIL]', elicitationId: '[EMAIL]' };
  assert.deepEqual(words(ids), masked);
  for (const method of ['notifications/message', 'sampling/createMessage', 'notifications/resources/updated'])
    assert.deepEqual(words(ids, method), masked);
  assert.deepEqual(words(ids, 'notifications/cancelled'), { ...masked, requestId: email });
  assert.deepEqual(words(ids, 'notifications/progress'), { ...masked, progressToken: email });
  assert.deepEqual(words({ status: email, mode: email, level: email }, 'elicitation/create'), {
    status: '[EMAIL]',
    mode: '[EMAIL]',
    level: '[EMAIL]',
  });
});

test('an error has a code, and a number of somebody is none', () => {
  const said = words({ code: phone, phone, message: 'no' });
  assert.deepEqual(withCode(said as JsonObject), { code: -32603, phone: '[PHONE]', message: 'no' });
  assert.deepEqual(withCode(words({ code: -32050, message: 'no' }) as JsonObject), { code: -32050, message: 'no' });
});

test('the type of a content says nothing of anyone', () => {
  const types = [`text/+${phone}`, 'image/DE89370400440532013000', 'text/plain; charset=anna-example', `text/${email}`];
  for (const mimeType of types) {
    const item = { type: 'image', data: 'aGk=', mimeType };
    const resource = { type: 'resource', resource: { uri: 'crm://1', mimeType, text: 'hi' } };
    const link = { type: 'resource_link', uri: 'crm://1', name: 'n', mimeType };
    const { text } = resultOf({ content: [item, resource, link] }, people);
    assert.ok(!/anna|44207|DE89/.test(text), text);
    const read = resultOf(
      { contents: [{ uri: 'crm://1', mimeType, text: '{"a":"b"}' }] },
      [mask('$.a')],
      'resources/read',
    );
    assert.ok(!/anna|44207|DE89/.test(read.text), read.text);
  }
  for (const mimeType of ['text/plain', 'text/html; charset=utf-8', 'application/vnd.ms-excel', 'audio/L16']) {
    const read = resultOf(
      { contents: [{ uri: 'crm://1', mimeType, text: '{"a":"b"}' }] },
      [mask('$.a')],
      'resources/read',
    );
    assert.ok(read.text.includes(mimeType), read.text);
  }
});

test('the form of a token hides nothing from detectors and patterns, but of one that its reader was given', () => {
  const given = `tok_email_${'a'.repeat(26)}@masked.invalid`;
  const own = `tok_email_${'b'.repeat(26)}@masked.invalid`;
  const said = { content: [{ type: 'text', text: `${given} ${own}` }] };
  const masks = [...people, matching('a{9}|b{9}')];
  const { text } = resultOf(said, masks, 'tools/call', { isToken: (token) => token === given });
  assert.ok(text.includes(given) && !text.includes('bbbbbbbbb'), text);
});

test('an expression that reads a long text again for each match refuses it', () => {
  // All texts of a message have one bound.
  const texts = Array.from({ length: 400 }, () => ({ type: 'text', text: 'a'.repeat(1_000) }));
  assert.throws(() => resultOf({ content: texts }, [matching('a(?:.*b)?')]), { code: 'WRIT_MASK_FAILED' });
  assert.doesNotThrow(() => resultOf({ content: texts }, [matching('EMP-[0-9]{4}')]));
});

test('work is in proportion to the text, however often a value stands in it', { timeout: 60_000 }, () => {
  const times = 150_000;
  const memory = new MaskMemory();
  memory.hide('Mira Vestergaard', 'tok_person_x');
  const often = Array.from({ length: times }, () => 'mira-vestergaard').join(' ');
  assert.ok(
    !/vestergaard/.test(resultOf({ content: [{ type: 'text', text: often }] }, [], 'tools/call', { memory }).text),
  );
  assert.ok(!/vestergaard/.test(resultOf({ structuredContent: { [often]: 1 } }, [], 'tools/call', { memory }).text));
  const numbers = `${Array.from({ length: times }, () => '1,234').join(' ; ')} ${Array.from({ length: times }, () => '1234').join(' ; ')}`;
  const { text } = resultOf({ content: [{ type: 'text', text: numbers }], structuredContent: { a: 1234 } }, [
    mask('$.a'),
  ]);
  assert.ok(!/1,?234/.test(text));
});

test('work is in proportion to the text, whatever it is made of', { timeout: 120_000 }, () => {
  const seeds = [
    ...['4111 1111 1111 1111 ', '1 2 3 4 5 6 7 8 9 0 ', '+49 151 12345678, ', '1234567', '1.000', '12e', '1,', '000'],
    ...['token: a b\n', 'password = x y & z\n', 'name,email\nAnna Berg,a@b.de\n', 'a: 1; b: 2, c: d\n', '- Name: x\n'],
    ...['Anna Berg, ', 'a@b.de, ', 'rue de la Paix 12, 75001 Paris, ', '616e6140example.org ', 'a -> b -> ', '[x](y) '],
  ];
  assertLinear(seeds, (text) => resultOf({ content: [{ type: 'text', text: `${email} ${phone} ${text}` }] }, people), {
    units: 1 << 13,
    rounds: 2,
    idle: 150,
  });
});

test('a long number is masked in time that grows with it', { timeout: 60_000 }, () => {
  const masked = (zeros: string) =>
    resultOf({ structuredContent: { v: `1.${zeros}1` }, content: [] }, [mask('$.v', 'redact')]);
  assertLinear(['0'], masked, { units: 1 << 17, rounds: 2, idle: 150 });
});

test('what detectors found in a call is remembered to a bound, beyond which the call ends', () => {
  const memory = new MaskMemory();
  const masks = [detecting('user.name')];
  const said = { content: [{ type: 'text', text: 'nothing of anyone' }] };
  resultOf(said, masks, 'tools/call', { memory });
  memory.found.add(`${'x'.repeat(5_000_000)}@example.com`, 'EMAIL');
  assert.throws(() => resultOf(said, masks, 'tools/call', { memory }), { code: 'WRIT_MASK_FAILED' });
});

test("what was masked for one caller is nobody else's to cache, of whatever method", () => {
  for (const method of ['server/discover', 'tools/list', 'prompts/get', 'resources/read', 'tools/call']) {
    const result = { cacheScope: 'public', tools: [], contents: [], messages: [], content: [] };
    const { value } = resultOf(result, people, method);
    assert.equal((value as JsonObject).cacheScope, 'private', method);
  }
});

test('a schema that takes long to keep to is kept to no longer', { timeout: 60_000 }, () => {
  const branch = (_: unknown, index: number) => ({ pattern: `^x${index}[a-z]{20}$`, format: 'uri', maxLength: 5 });
  const items = { anyOf: Array.from({ length: 16 }, branch) };
  const outputSchema = { type: 'object', properties: { a: { type: 'array', items } } };
  const a = Array.from({ length: 40_000 }, (_, index) => `value-${index}`);
  const { text } = resultOf({ structuredContent: { a } }, [mask('$.a[*]', 'hash')], 'tools/call', { outputSchema });
  assert.ok(!text.includes('value-'));
});
