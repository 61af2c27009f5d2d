import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MaskMemory } from '../../../engine/masking/memory.ts';
import { rulesOf } from '../../../engine/masking/rules.ts';
import { detecting, mask, matching, resultOf } from './support.ts';

test('the same masks are compiled once, and no other ones in place of them', () => {
  const [one, two] = [mask('$.one'), mask('$.two')];
  const rules = rulesOf('result', [one, two]);
  assert.equal(rulesOf('result', [one, two]), rules);
  assert.notEqual(rulesOf('result', [one]), rules);
  assert.notEqual(rulesOf('result', [one, mask('$.two')]), rules);
  assert.notEqual(rulesOf('arguments', [one, two]), rules);
});

test('a pattern counts what it reads of one message anew', () => {
  const masks = [matching('tulip')];
  assert.notEqual(rulesOf('result', masks), rulesOf('result', masks));
});

test('rules that documents have grown are compiled anew', () => {
  const masks = Array.from({ length: 12 }, (_, index) => mask(`$..m${index}`));
  const rules = rulesOf('result', masks);
  for (const { alone } of rules.paths)
    for (let made = 0; made < 100; made++) alone.and(rulesOf('result', [mask('$')]).paths[0]?.alone ?? alone);
  assert.notEqual(rulesOf('result', masks), rules);
});

test('a mask that found a value in another message of a call has found none in this one', () => {
  const memory = new MaskMemory();
  const masks = [mask('$.note')];
  const told = { content: [], structuredContent: { note: 'a long value' } };
  assert.equal(resultOf(told, masks, 'tools/call', { memory }).applied.length, 1);
  const said = { content: [{ type: 'text', text: 'something else entirely' }], structuredContent: { other: 1 } };
  const { text } = resultOf(said, masks, 'tools/call', { memory });
  assert.ok(!text.includes('something else entirely'));
});

test('values that recur are counted wherever they are, with masks that are compiled once', () => {
  const masks = [detecting('user.contact.email')];
  for (let round = 0; round < 2; round++) {
    const said = { content: [], structuredContent: { notes: ['ask ana@example.com', 'or ana@example.com'] } };
    assert.deepEqual(
      resultOf(said, masks).applied.map(({ count }) => count),
      [2],
    );
  }
});
