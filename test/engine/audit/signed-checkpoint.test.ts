import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { proveEntry } from '../../../engine/audit/prove-entry.ts';
import { readSignedCheckpoint } from '../../../engine/audit/signed-checkpoint.ts';
import type { TrustedKey } from '../../../engine/audit/trust.ts';
import { verifyProof } from '../../../engine/audit/verify-proof.ts';
import { key, logOf, reader, signedCheckpoint, soundEntries } from './memory-log.ts';
import { origin } from './samples.ts';

const root = Buffer.alloc(32, 7);
const good = signedCheckpoint(693, root);
const keys = { keys: [key], trust: [] };
const other = `\u2014 witness.example.org ${Buffer.alloc(76, 1).toString('base64')}\n`;

/** Accepted, and then only as what was signed. */
function accepts(note: Uint8Array): boolean {
  const found = readSignedCheckpoint(note, keys);
  if ('code' in found) {
    assert.ok(found.message !== '');
    return false;
  }
  assert.deepEqual(found, { origin, size: 693, root });
  return true;
}

test('no note of which a byte was changed, put in or taken out is accepted', () => {
  assert.ok(accepts(good));
  const property = fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(3), (where, flip, how) => {
    const at = where % good.length;
    const [before, after] = [good.subarray(0, at), good.subarray(at)];
    const mutants = [
      Buffer.concat([before, Buffer.of((after[0] ?? 0) ^ flip), after.subarray(1)]),
      Buffer.concat([before, Buffer.of(flip), after]),
      Buffer.concat([before, after.subarray(1 + (flip % 30))]),
      before,
    ];
    assert.ok(!accepts(mutants[how] ?? before), `${at} ${flip} ${how}`);
  });
  fc.assert(property, { seed: 11, numRuns: 3_000 });
});

test('however lines are moved, repeated or mixed with those of others, a note says what was signed or nothing', () => {
  const lines = [
    ...`${good}${other}`.split('\n').map((line) => `${line}\n`),
    other,
    '\n',
    `${origin}\n`,
    '692\n',
    '\r\n',
  ];
  let accepted = 0;
  const property = fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 4 }), fc.nat(8), (extra, at) => {
    const copy = String(good)
      .split('\n')
      .slice(0, -1)
      .map((line) => `${line}\n`);
    copy.splice(at, 0, ...extra);
    if (accepts(Buffer.from(copy.join('')))) accepted++;
  });
  fc.assert(property, { seed: 12, numRuns: 3_000 });
  assert.ok(accepted > 0, 'signatures of others after ours are no fault');
});

test('a proof is checked against the keys that the trust file has for the size of its checkpoint', async () => {
  const { proof } = await proveEntry(reader(logOf(soundEntries(3))), 4);
  const trusted = (from: number, to: number | null): TrustedKey[] => [{ key, kid: null, from, to }];
  for (const [from, to, ok] of [
    [0, null, true],
    [12, 12, true],
    [0, 11, false],
    [13, null, false],
  ] as const)
    assert.equal(verifyProof(proof, { keys: [], trust: trusted(from, to) }).ok, ok, `${from} to ${to}`);
});
