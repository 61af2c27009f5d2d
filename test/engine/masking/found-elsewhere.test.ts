import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectedType, Found } from '../../../engine/detect/types.ts';
import { WritError } from '../../../engine/errors.ts';
import { parse } from '../../../engine/json/parse.ts';
import type { Json } from '../../../engine/json/types.ts';
import { type FoundElsewhere, textsForElsewhere } from '../../../engine/masking/find/elsewhere.ts';
import { maskResult } from '../../../engine/masking/mask-result.ts';
import { detecting, hash, mask, matching, resultOf } from './support.ts';

const name = 'vexa brontil';
const note = `yesterday ${name} called`;
const people = [detecting('user')];
const content = (...texts: string[]): Json => ({ content: texts.map((text) => ({ type: 'text', text })) });

/** Finds these words in every text, and has looked into all but some. */
function finding(words: string, more: Partial<Found> = {}, unseen: readonly string[] = []): FoundElsewhere {
  const type: DetectedType = 'PERSON';
  return {
    in(text) {
      if (unseen.includes(text)) return undefined;
      const start = text.indexOf(words);
      if (start < 0) return [];
      return [{ start, end: start + words.length, type, detector: 'presidio', confidence: 0.85, ...more }];
    },
  };
}

function textsOf(result: Json, masks = people): string[] {
  const document = parse(Buffer.from(JSON.stringify(result)), { direction: 'to-client' });
  return textsForElsewhere({ masks, hash }, (context) => maskResult(document, context, 'tools/call'));
}

const failsBy = (code: string) => (error: unknown) => error instanceof WritError && error.code === code;

test('what was found elsewhere is masked where masks cover its category', () => {
  const shown = (masks = people, more: Partial<Found> = {}) =>
    resultOf(content(note), masks, 'tools/call', { found: finding(name, more) }).value;
  assert.deepEqual(shown(), content('yesterday [PERSON] called'));
  assert.deepEqual(shown(people, { type: 'ADDRESS' }), content('yesterday [ADDRESS] called'));
  assert.deepEqual(shown([detecting('user.contact')]), content(note));
  assert.deepEqual(shown([detecting('user', 'redact', { options: { except: ['user.name'] } })]), content(note));
});

test('what it takes for something else hides nothing that detectors find', () => {
  const said = `yesterday ${name} b.vexa@example.org called`;
  const found = finding(`${name} b.vexa@`, { type: 'SECRET' });
  const masks = [detecting('user.contact')];
  assert.deepEqual(
    resultOf(content(said), masks, 'tools/call', { found }).value,
    content(`yesterday ${name} [EMAIL] called`),
  );
});

test('names of which it is sure are found wherever they recur, before and behind', () => {
  const all = content('vexa brontil', note, 'BRONTIL, Vexa');
  const shown = (confidence: number) =>
    resultOf(all, people, 'tools/call', { found: finding(note.slice(10, 22), { confidence }, ['x']) }).value;
  assert.deepEqual(shown(0.85), content('[PERSON]', 'yesterday [PERSON] called', '[PERSON]'));
});

test('a text that was not looked into is not shown', () => {
  const masked = (masks = people) =>
    resultOf(content('is fine today', note), masks, 'tools/call', { found: finding('x', {}, [note]) });
  assert.throws(masked, failsBy('WRIT_DETECTOR_UNAVAILABLE'));
  // Nobody is asked where no mask is on what is found.
  assert.doesNotThrow(() => masked([matching('zzz')]));
  assert.doesNotThrow(() => masked([mask('$.a')]));
});

test('the texts to look into are those that masks look into, each once, read in every way', () => {
  const encoded = `page: ${Buffer.from(note).toString('base64')}`;
  const result = {
    ...Object(content(note, encoded, JSON.stringify({ deep: `${note}!` }))),
    structuredContent: { notes: [note, 'short', 'x-1234567890-abcdef', '2026-11-25 10:00:00', 12], [`${note}?`]: null },
    _meta: { by: `${note}...` },
  };
  const texts = textsOf(result);
  assert.deepEqual(new Set(texts).size, texts.length);
  for (const each of [note, `${note}!`, `${note}...`]) assert.ok(texts.includes(each), each);
  assert.ok(texts.some((each) => each !== note && each.startsWith('page: ') && each.includes(note)));
  for (const each of ['short', 'x-1234567890-abcdef', '2026-11-25 10:00:00']) assert.ok(!texts.includes(each), each);
  assert.deepEqual(textsOf(result, [mask('$.a')]), []);
  const found = finding('nothing of these');
  assert.doesNotThrow(() => resultOf(result, people, 'tools/call', { found }));
});
