import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalEntry, encodeEntry } from '../../../engine/audit/encode-entry.ts';
import type { Entry } from '../../../engine/audit/entry.ts';
import { parseEntry } from '../../../engine/audit/parse-entry.ts';
import { leafHash } from '../../../engine/audit/tree.ts';
import { canonical } from '../../../engine/json/canonical.ts';
import type { Json } from '../../../engine/json/types.ts';
import { closeEntry, decisionEntry, everyKind, intentEntry, outcomeEntry, refusalsEntry } from './samples.ts';

const kinds = Object.keys(everyKind) as Entry['kind'][];
const plain = (entry: Entry): Json => JSON.parse(JSON.stringify(entry));

for (const kind of kinds) {
  test(`version 1 of ${kind} is frozen: its bytes and its leaf hash are those of the golden file`, () => {
    const golden = JSON.parse(readFileSync(new URL(`./golden/${kind}.json`, import.meta.url), 'utf8'));
    const text = encodeEntry(everyKind[kind]);
    assert.deepEqual({ entry: text, leaf: leafHash(Buffer.from(text)).toString('hex') }, golden);
    assert.deepEqual(parseEntry(Buffer.from(golden.entry)), everyKind[kind]);
  });

  test(`a ${kind} with a member more, less or of another type is refused`, () => {
    const entry = everyKind[kind];
    for (const member of Object.keys(entry)) {
      const without = Object.fromEntries(Object.entries(entry).filter(([name]) => name !== member));
      for (const wrong of [
        without,
        { ...entry, [member]: [false] },
        { ...entry, [member]: { x: 1 } },
        { ...entry, more: 1 },
      ]) {
        const bytes = Buffer.from(canonical(JSON.parse(JSON.stringify(wrong))));
        assert.throws(() => parseEntry(bytes), { code: 'WRIT_AUDIT_CORRUPT' }, `${member}: ${bytes}`);
      }
    }
  });
}

test('the text of an entry is RFC 8785, whatever the order its members were made in', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:*/-]{0,30}$/);
  const call = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,30}$/);
  const count = fc.nat();
  const masks = fc.array(
    fc.record({ strategy: fc.constantFrom('drop', 'partial'), category: fc.option(id), rule: id }),
  );
  const entries: fc.Arbitrary<Entry> = fc.oneof(
    fc
      .record({ call, rules: fc.array(id), masks, server: id, tool: fc.option(id), fuel: count })
      .map(({ call, ...more }) => decisionEntry(call, more)),
    fc
      .record({
        call,
        frames: count,
        rules: fc.array(id),
        masked: fc.array(fc.record({ count, rule: id, category: fc.option(id), strategy: fc.constant('null') })),
      })
      .map(({ call, ...more }) => outcomeEntry(call, more)),
    call.map((id) => intentEntry(id)),
    fc.constantFrom(...Object.values(everyKind)),
    fc
      .record({ WRIT_TOKEN_MISSING: count, WRIT_HOST_REFUSED: count, WRIT_OVERLOADED: count })
      .map((counts) => ({ ...refusalsEntry, counts }) as Entry),
  );
  const property = fc.property(entries, fc.nat(), (entry, seed) => {
    const members = Object.entries(entry);
    const turned = Object.fromEntries([
      ...members.slice(seed % members.length),
      ...members.slice(0, seed % members.length),
    ]) as Entry;
    const text = encodeEntry(turned);
    assert.equal(text, canonical(plain(entry)));
    assert.deepEqual(parseEntry(Buffer.from(text)), plain(entry));
  });
  fc.assert(property, { seed: 8785, numRuns: 300 });
});

test('what is not of the schema is never encoded', () => {
  const wrong: Record<string, Entry> = {
    'a sentence for a tool': decisionEntry('c1', { tool: 'look up Ada Example' }),
    'an e-mail address for a subject': decisionEntry('c1', { subject: 'ada@example.com' }),
    'an address for a rule': decisionEntry('c1', { rules: ['ada@example.com'] }),
    'a lone surrogate': decisionEntry('c1', { server: '\ud800' }),
    'a quote': decisionEntry('c1', { server: 'a"b' }),
    'a time without milliseconds': { ...closeEntry, time: '2026-11-22T16:39:00Z' },
    'an hour that is none': { ...closeEntry, time: '2026-11-22T24:39:00.000Z' },
    'half a digest': intentEntry('c1', { commitments: { arguments: 'sha256:abc' } }),
    'a broken number': decisionEntry('c1', { fuel: 1.5 }),
  };
  for (const [what, entry] of Object.entries(wrong))
    assert.throws(() => encodeEntry(entry), { code: 'WRIT_INTERNAL' }, what);
});

test('the reason an entry is refused names no value of it', () => {
  const entry = decisionEntry('c1', { tool: 'canary@example.com' });
  assert.throws(
    () => encodeEntry(entry),
    (error: Error) => !error.message.includes('canary') && error.message.includes('/tool'),
  );
});

test('an entry larger than C2SP allows is refused', () => {
  const rules = Array.from({ length: 300 }, (_, n) => `gdpr.deny.${'x'.repeat(240)}${n}`);
  assert.throws(() => encodeEntry(decisionEntry('c1', { rules })), { code: 'WRIT_INTERNAL' });
});

test('bytes that say the same in another form are refused', () => {
  const text = canonicalEntry(closeEntry);
  for (const wrong of [
    ` ${text}`,
    `${text}\n`,
    `\ufeff${text}`,
    text.replace('"kind"', '"\\u006bind"'),
    text.replace('"v":1', '"v":1.0'),
    text.replace('"v":1', '"v":1,"v":1'),
    text.replace('{', '{"__proto__":{},'),
    `[${text}]`,
    'null',
    '',
    '{'.repeat(5_000),
    `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
  ]) {
    assert.throws(() => parseEntry(Buffer.from(wrong)), { code: 'WRIT_AUDIT_CORRUPT' }, wrong.slice(0, 80));
  }
  assert.throws(() => parseEntry(Buffer.from([0x22, 0xff, 0x22])), { code: 'WRIT_AUDIT_CORRUPT' });
});
