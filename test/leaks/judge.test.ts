import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodings, spoken } from './encodings.ts';
import { readIn } from './judge.ts';
import { marked } from './marked.ts';

describe('the judge reads', () => {
  const all = [marked.email, marked.name];
  const reads = (wire: string, value: string) => assert.ok(readIn(wire, [value]).length > 0, wire);
  for (const [how, write] of Object.entries(encodings))
    test(how, () => {
      for (const value of all) reads(JSON.stringify({ a: [`It is ${write(value)} as of now`] }), value);
    });
  for (const [how, write] of Object.entries(spoken))
    test(how, () => reads(JSON.stringify({ a: write(marked.email) }), marked.email));

  test('strings that are one value together', () => {
    assert.deepEqual(readIn(JSON.stringify({ a: ['Ilka Von', 'dracek'] }), all), [marked.name]);
    assert.deepEqual(readIn('data: {"a":"Ilka"}\n\ndata: {"a":"Vondracek"}\n\n', all), [marked.name]);
  });

  test('nothing in what is harmless', () => {
    assert.deepEqual(
      readIn(JSON.stringify({ a: 'ticket seventeen', b: ['[PERSON]', 'i***@masked.invalid'] }), all),
      [],
    );
  });
});
