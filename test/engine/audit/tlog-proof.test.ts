import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { encodeEntry } from '../../../engine/audit/encode-entry.ts';
import { readCall, readCheckpoint, readEntries } from '../../../engine/audit/entries.ts';
import {
  consistencyRanges,
  inclusionProof,
  type Range,
  rangeRoots,
  verifyConsistency,
} from '../../../engine/audit/proof.ts';
import { proveEntry } from '../../../engine/audit/prove-entry.ts';
import { rangeRoot } from '../../../engine/audit/range-root.ts';
import { formatTlogProof, parseTlogProof } from '../../../engine/audit/tlog-proof.ts';
import { foldHashes, leafHash } from '../../../engine/audit/tree.ts';
import { parseVerifierKey, type VerifierKey } from '../../../engine/audit/verifier-key.ts';
import { verifyProof as verifyWith } from '../../../engine/audit/verify-proof.ts';
import { type Files, key, logOf, pem, reader, signedCheckpoint, soundEntries } from './memory-log.ts';
import { intentEntry, origin, outcomeEntry, refusalsEntry } from './samples.ts';

const verifyProof = (proof: Uint8Array, keys: VerifierKey[]) => verifyWith(proof, { keys, trust: [] });
const corrupt = { code: 'WRIT_AUDIT_CORRUPT' };
/** Entries by the thousand: one kind, told apart by their counts. */
const countsOf = (n: number) => Object.assign({}, refusalsEntry, { counts: { WRIT_TOKEN_MISSING: n } });
const entryOf = (n: number) => Buffer.from(encodeEntry(countsOf(n)));
const entries = Array.from({ length: 1_100 }, (_, n) => entryOf(n));
const ranges = rangeRoots(entries.map(leafHash));
const large = Array.from({ length: 65_537 }, (_, n) => Buffer.from(String(n)));

let sample: Buffer;
before(async () => {
  sample = (await proveEntry(reader(logOf(entries.slice(0, 300))), 257)).proof;
});

test('from tiles come the same proofs as from all leaves, at every size where tiles begin or end', async () => {
  for (const size of [1, 2, 3, 7, 8, 9, 255, 256, 257, 511, 512, 513, 769, 1_024, 1_025, 1_100]) {
    const log = reader(logOf(entries.slice(0, size)));
    const indices = [0, 1, 127, 128, 254, 255, 256, 257, 511, 512, size >> 1, size - 2, size - 1];
    for (const index of new Set(indices.filter((index) => index >= 0 && index < size))) {
      const { proof, bytes } = await proveEntry(log, index);
      assert.deepEqual(bytes, entries[index]);
      assert.deepEqual(parseTlogProof(proof).hashes, inclusionProof(index, size, ranges), `${index} of ${size}`);
      const report = verifyProof(proof, [key]);
      assert.deepEqual([report.ok, report.ok && [report.index, report.size]], [true, [index, size]]);
    }
  }
});

test('any entry of any log of up to 1,100 has a proof, and any two sizes fit each other', async () => {
  const logs = new Map<number, Files>();
  const logAt = (size: number) => {
    const files = logs.get(size) ?? logOf(entries.slice(0, size));
    logs.set(size, files);
    return reader(files);
  };
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 1_100 }), fc.nat(), async (size, pick) => {
    const index = pick % size;
    const log = logAt(size);
    assert.ok(verifyProof((await proveEntry(log, index)).proof, [key]).ok);
    const old = index + 1;
    const proof = await Promise.all(consistencyRanges(old, size).map((range) => rangeRoot(log, size, range)));
    assert.ok(verifyConsistency(old, size, ranges(0, old), ranges(0, size), proof), `${old} to ${size}`);
  });
  await fc.assert(property, { seed: 6962, numRuns: 60 });
});

test('tiles of three levels give the roots of ranges around 65,536 entries', async () => {
  const hashes = large.map(leafHash);
  for (const size of [65_535, 65_536, 65_537]) {
    const log = reader(logOf(large.slice(0, size)));
    assert.deepEqual(await rangeRoot(log, size, [0, size]), foldHashes(Buffer.concat(hashes), size));
    const asked: Range[] = [
      [0, 32_768],
      [32_768, size],
      [65_280, size],
      [256, 512],
      [255, 256],
    ];
    for (const range of asked)
      assert.deepEqual(await rangeRoot(log, size, range), rangeRoots(hashes)(...range), `${range} of ${size}`);
  }
});

test('a proof verifies by vkey and by PEM, says which entry it is of, and by another key does not', () => {
  for (const by of [key, parseVerifierKey(pem)]) {
    const report = verifyProof(sample, [by]);
    assert.ok(report.ok);
    assert.deepEqual([report.origin, report.size, report.index], [origin, 300, 257]);
    assert.deepEqual(report.entry, countsOf(257));
  }
  // The example of the Go note package: a key that signed nothing here.
  const other = parseVerifierKey('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW');
  for (const keys of [[other], [key, other], []]) assert.equal(verifyProof(sample, keys).ok, false);
});

test('a proof that was taken from another place, size or entry does not verify', () => {
  const proof = parseTlogProof(sample);
  const changed = (more: object) => verifyProof(formatTlogProof({ ...proof, ...more }), [key]).ok;
  assert.equal(changed({}), true);
  assert.equal(changed({ index: 256 }), false);
  assert.equal(changed({ extra: entryOf(256) }), false);
  assert.equal(changed({ extra: null }), false);
  assert.equal(changed({ hashes: proof.hashes.slice(1) }), false);
  assert.equal(changed({ hashes: [...proof.hashes, Buffer.alloc(32)] }), false);
  assert.equal(changed({ checkpoint: logOf(entries.slice(0, 299)).get('checkpoint') }), false);
  assert.equal(changed({ checkpoint: signedCheckpoint(300, Buffer.alloc(32)) }), false);
});

test('an interior node of the tree is not taken for an entry', () => {
  // The two hashes below a node are 64 bytes; only the 0x00 before a leaf keeps them from being proven as one.
  const two = Buffer.concat([leafHash(entryOf(0)), leafHash(entryOf(1))]);
  const checkpoint = signedCheckpoint(2, ranges(0, 2));
  assert.equal(verifyProof(formatTlogProof({ extra: two, index: 0, hashes: [], checkpoint }), [key]).ok, false);
});

test('what is covered but is no entry of a log of ours does not verify', () => {
  for (const extra of [Buffer.from('not an entry'), Buffer.from(` ${entryOf(1)}`), Buffer.alloc(70_000)]) {
    const checkpoint = signedCheckpoint(1, extra.length > 65_535 ? Buffer.alloc(32) : leafHash(extra));
    assert.equal(verifyProof(formatTlogProof({ extra, index: 0, hashes: [], checkpoint }), [key]).ok, false);
  }
});

test('a proof written otherwise than C2SP has it is refused', () => {
  const text = sample.toString();
  const wrong: Record<string, string> = {
    'another version': text.replace('@v1', '@v2'),
    'carriage returns': text.replaceAll('\n', '\r\n'),
    'an index with a zero before it': text.replace('index 257', 'index 0257'),
    'an index below zero': text.replace('index 257', 'index -1'),
    'an index past 2^53': text.replace('index 257', 'index 9007199254740993'),
    'no index': text.replace('index 257\n', ''),
    'two indices': text.replace('index 257\n', 'index 257\nindex 257\n'),
    'two extras': text.replace('index', 'extra AAAA\nindex'),
    'an extra after the index': text.replace(/(extra .*\n)(index .*\n)/, '$2$1'),
    'loose base64': text.replace(/=\n/, '\n'),
    'a short hash': text.replace(/\n(?=\n)/, '\nAAAA\n'),
    'an empty line more': text.replace('\n\n', '\n\n\n'),
    'no empty line': text.slice(0, text.indexOf('\n\n') + 1),
    'fifty-four hashes': text.replace('\n\n', `\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(54)}\n`),
    'a space at the end of a line': text.replace('index 257', 'index 257 '),
    nothing: '',
  };
  for (const [what, proof] of Object.entries(wrong)) {
    assert.notEqual(proof, text, what);
    assert.equal(verifyProof(Buffer.from(proof), [key]).ok, false, what);
  }
});

test('no proof of which a byte was changed, put in or taken out verifies, and none is too strange to report', () => {
  const property = fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat(3), (where, flip, how) => {
    const at = where % sample.length;
    const [before, after] = [sample.subarray(0, at), sample.subarray(at)];
    const mutants = [
      Buffer.concat([before, Buffer.of((after[0] ?? 0) ^ flip), after.subarray(1)]),
      Buffer.concat([before, Buffer.of(flip), after]),
      Buffer.concat([before, after.subarray(1 + (flip % 40))]),
      before,
    ];
    const report = verifyProof(mutants[how] ?? before, [key]);
    assert.ok(!report.ok && report.fault !== '', `${at} ${flip} ${how}`);
  });
  fc.assert(property, { seed: 7, numRuns: 4_000 });
  const noise = fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
    for (const proof of [bytes, Buffer.concat([Buffer.from('c2sp.org/tlog-proof@v1\n'), bytes])])
      assert.equal(verifyProof(proof, [key]).ok, false);
  });
  fc.assert(noise, { seed: 8, numRuns: 500 });
});

test('lines and hashes of a proof exchanged among themselves never verify as what they were not', () => {
  const lines = sample.toString().split('\n');
  const property = fc.property(fc.nat(), fc.nat(), (a, b) => {
    const [from, to] = [a % lines.length, b % lines.length];
    const copy = [...lines];
    [copy[from], copy[to]] = [lines[to] ?? '', lines[from] ?? ''];
    if (copy.join('\n') !== lines.join('\n'))
      assert.equal(verifyProof(Buffer.from(copy.join('\n')), [key]).ok, false, `${from} ${to}`);
  });
  fc.assert(property, { seed: 9, numRuns: 300 });
});

test('a log that does not hold together gives no proof', async () => {
  const files = logOf(entries.slice(0, 300));
  const attacks: Record<string, (files: Files) => void> = {
    'the entry is edited': (all) => all.set('tile/entries/001.p/44', files.get('tile/entries/000') ?? Buffer.alloc(0)),
    'a tile is edited': (all) => all.set('tile/0/001.p/44', Buffer.alloc(44 * 32)),
    'a tile is cut': (all) => all.set('tile/0/001.p/44', Buffer.alloc(32)),
    'a tile is gone': (all) => all.delete('tile/1/000.p/1'),
    'the bundle is gone': (all) => all.delete('tile/entries/001.p/44'),
    'the bundle is cut': (all) => all.set('tile/entries/001.p/44', Buffer.alloc(1)),
    'the checkpoint is gone': (all) => all.delete('checkpoint'),
  };
  for (const [what, attack] of Object.entries(attacks)) {
    const copy = new Map(files);
    attack(copy);
    await assert.rejects(proveEntry(reader(copy), 257), corrupt, what);
  }
  for (const index of [300, 2 ** 40])
    await assert.rejects(proveEntry(reader(files), index), { code: 'WRIT_AUDIT_NO_ENTRY' });
});

test('a partial tile that went since it became full does no harm', async () => {
  const files = logOf(entries.slice(0, 600));
  const small = logOf(entries.slice(0, 300));
  for (const path of ['checkpoint', 'tile/1/000.p/1']) files.set(path, small.get(path) ?? Buffer.alloc(0));
  assert.ok(verifyProof((await proveEntry(reader(files), 290)).proof, [key]).ok);
});

test('the entries of a call are found wherever they lie, and only those', async () => {
  const all = soundEntries(400);
  const late = all.findIndex((entry) => entry.kind === 'outcome');
  const [outcome] = all.splice(late, 1);
  assert.ok(outcome);
  // The first call ends last; another only names it in passing.
  all.splice(-1, 0, outcome);
  const log = reader(logOf(all));
  const { size } = await readCheckpoint(log);
  const found = await readCall(log, size, 'call-0');
  assert.deepEqual(
    found.map(({ index, entry }) => [index, entry.kind]),
    [
      [2, 'decision'],
      [3, 'intent'],
      [size - 2, 'outcome'],
    ],
  );
  for (const call of ['call-1000', 'call', '', '"'])
    await assert.rejects(readCall(log, size, call), { code: 'WRIT_AUDIT_NO_ENTRY' });
  const begun = await readCall(reader(logOf([...all.slice(0, 3), intentEntry('call-0')])), 4, 'call-0');
  assert.equal(begun.length, 2);
  await assert.rejects(readCall(reader(logOf([outcomeEntry('call-0')])), 1, 'call-0'), { code: 'WRIT_AUDIT_NO_ENTRY' });
});

test('entries are read from any index to any other', async () => {
  const log = reader(logOf(entries.slice(0, 600)));
  for (const [from, to] of [
    [0, 600],
    [250, 260],
    [599, 600],
    [256, 512],
    [5, 5],
  ] as const) {
    const seen: number[] = [];
    for await (const { index, bytes } of readEntries(log, 600, from, to)) {
      assert.deepEqual(bytes, entries[index]);
      seen.push(index);
    }
    assert.deepEqual(
      [seen.length, seen[0], seen.at(-1)],
      [to - from, to > from ? from : undefined, to > from ? to - 1 : undefined],
    );
  }
});
