import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bundleDigest, bundlePath } from '../../../engine/audit/bundle.ts';
import { extendChain } from '../../../engine/audit/chain.ts';
import { commit } from '../../../engine/audit/commitment.ts';
import { encodeEntry } from '../../../engine/audit/encode-entry.ts';
import type { Entry, Opening } from '../../../engine/audit/entry.ts';
import type { PayloadPage } from '../../../engine/audit/opening-ledger.ts';
import type { ProblemCode } from '../../../engine/audit/report.ts';
import { parseVerifierKey } from '../../../engine/audit/verifier-key.ts';
import { verifyLog } from '../../../engine/audit/verify.ts';
import { type Files, key, logOf, pem, reader, signedCheckpoint, signerDigest, soundEntries } from './memory-log.ts';
import {
  bundleEntry,
  closeEntry,
  decisionEntry,
  digestOf,
  intentEntry,
  openEntry,
  origin,
  outcomeEntry,
  refusalsEntry,
} from './samples.ts';

const bundle = bundleDigest(Buffer.from('a policy bundle'));
const decided = (call: string, more = {}) => decisionEntry(call, { bundle, ...more });
const opened = [openEntry(signerDigest), bundleEntry(bundle)];

async function problemsOf(files: Files): Promise<ProblemCode[]> {
  const report = await verifyLog(reader(files), [key]);
  assert.equal(report.ok, report.problems.length === 0);
  return report.problems.map(({ code }) => code);
}
const problemsIn = (...entries: Entry[]) => problemsOf(logOf(entries));

test('a sound log verifies, by vkey and by PEM, and the report counts what is in it', async () => {
  for (const by of [key, parseVerifierKey(pem)]) {
    const report = await verifyLog(reader(logOf(soundEntries(230))), [by]);
    assert.deepEqual(report.problems, []);
    assert.equal(report.ok, true);
    assert.equal(report.origin, origin);
    assert.equal(report.size, 693);
    assert.deepEqual(report.entries, {
      open: 1,
      key: 0,
      bundle: 1,
      decision: 230,
      intent: 230,
      outcome: 230,
      refusals: 0,
      close: 1,
    });
    assert.equal(report.verdicts['mask-fields'], 230);
    assert.equal(report.outcomes.completed, 230);
    assert.deepEqual([report.open, report.sealed, report.bundles, report.openings], [0, true, 1, null]);
  }
});

// A log with full and partial bundles, and every file of it that could be touched.
const calls = 230;
const sound = logOf(soundEntries(calls));
const attacks: Record<string, [(files: Files) => void, ProblemCode]> = {
  'an entry is edited': [(files) => edit(files, 'tile/entries/001', 100), 'tile-mismatch'],
  'a tile is edited': [(files) => edit(files, 'tile/0/001', 100), 'tile-mismatch'],
  'a tile above is edited': [(files) => edit(files, 'tile/1/000.p/2', 0), 'tile-mismatch'],
  'a partial tile is edited': [(files) => edit(files, 'tile/0/002.p/181', 40), 'tile-mismatch'],
  'a bundle of entries is deleted': [(files) => files.delete('tile/entries/001'), 'file-missing'],
  'the last bundle of entries is deleted': [(files) => files.delete('tile/entries/002.p/181'), 'file-missing'],
  'a tile is deleted': [(files) => files.delete('tile/0/000'), 'file-missing'],
  'the checkpoint is deleted': [(files) => files.delete('checkpoint'), 'checkpoint-missing'],
  'two bundles change places': [(files) => swap(files, 'tile/entries/000', 'tile/entries/001'), 'tile-mismatch'],
  'two tiles change places': [(files) => swap(files, 'tile/0/000', 'tile/0/001'), 'tile-mismatch'],
  'two entries change places': [swapEntries, 'tile-mismatch'],
  'an entry and its tile are edited together': [editBoth, 'root-mismatch'],
  'the size is changed': [
    (files) => rewrite(files, (text) => text.replace('\n693\n', '\n692\n')),
    'checkpoint-signature',
  ],
  'the root is changed': [
    (files) => rewrite(files, (text) => text.replace(/\n.{4}(.*=\n)/, '\nAAAA$1')),
    'checkpoint-signature',
  ],
  'the origin is changed': [
    (files) => rewrite(files, (text) => text.replace(origin, 'edge-9.example.com')),
    'checkpoint-origin',
  ],
  'the signature is changed': [flipSignature, 'checkpoint-signature'],
  'the signature is stripped': [
    (files) => rewrite(files, (text) => text.replace(/\u2014.*\n/, '')),
    'checkpoint-malformed',
  ],
  'the signature is by another key': [signedByOther, 'checkpoint-signature'],
  'a partial bundle is cut': [(files) => cut(files, 'tile/entries/002.p/181', 10), 'file-malformed'],
  'a partial bundle lacks its last entry': [dropLastEntry, 'file-malformed'],
  'a partial tile is cut': [(files) => cut(files, 'tile/0/002.p/181', 32), 'file-malformed'],
  'a tile has bytes after its end': [(files) => lengthen(files, 'tile/0/000'), 'file-malformed'],
  'a bundle has bytes after its end': [(files) => lengthen(files, 'tile/entries/000'), 'file-malformed'],
  'a policy bundle is exchanged': [(files) => files.set(bundlePath(bundle), Buffer.from('another')), 'bundle-mismatch'],
  'a policy bundle is deleted': [(files) => files.delete(bundlePath(bundle)), 'bundle-missing'],
};

for (const [what, [attack, expected]] of Object.entries(attacks)) {
  test(`it is seen when ${what}`, async () => {
    const files = new Map(sound);
    attack(files);
    const found = await problemsOf(files);
    assert.ok(found.includes(expected), `${found}`);
  });
}

test('no byte of a log can change, and no end be cut off, unseen', async () => {
  const files = logOf(soundEntries(90));
  const paths = [...files.keys()];
  const property = fc.asyncProperty(
    fc.nat(),
    fc.nat(),
    fc.integer({ min: 1, max: 255 }),
    fc.boolean(),
    async (file, at, flip, cutting) => {
      const changed = new Map(files);
      const path = paths[file % paths.length] ?? '';
      if (cutting) cut(changed, path, 1 + (at % (files.get(path)?.length ?? 1)));
      else edit(changed, path, at % (files.get(path)?.length ?? 1), flip);
      const report = await verifyLog(reader(changed), [key]);
      assert.equal(report.ok, false, `${path} ${at} ${flip}`);
      assert.ok(report.problems.length > 0);
    },
  );
  await fc.assert(property, { seed: 3, numRuns: 300 });
});

test('whatever a writer with the key put into the log, verification ends in a report', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => Buffer.from(text)),
    fc.constantFrom(...soundEntries(2)).map((entry) => Buffer.from(encodeEntry(entry))),
  );
  const property = fc.asyncProperty(fc.array(bytes, { minLength: 1, maxLength: 12 }), async (entries) => {
    const report = await verifyLog(reader(logOf(entries)), [key]);
    assert.equal(report.size, entries.length);
    assert.equal(report.ok, report.problems.length === 0);
    if (!Buffer.from(entries[0] ?? []).includes('"open"')) assert.equal(report.ok, false);
  });
  await fc.assert(property, { seed: 4, numRuns: 300 });
});

const disorders: Record<string, [Entry[], ProblemCode]> = {
  'the log does not begin with open': [[bundleEntry(bundle)], 'entry-order'],
  'time goes back': [[...opened, { ...refusalsEntry, time: '2026-11-22T16:38:59.999Z' }], 'entry-time'],
  'a call is forwarded without a decision': [[...opened, intentEntry('c1'), outcomeEntry('c1')], 'call-order'],
  'a denied call is forwarded': [
    [...opened, decided('c1', { effect: 'deny', verdict: 'deny', masks: [] }), intentEntry('c1')],
    'call-order',
  ],
  'a call the gateway refused is forwarded': [
    [...opened, decided('c1', { error: 'WRIT_MASK_FAILED' }), intentEntry('c1')],
    'call-order',
  ],
  'a call awaiting approval is forwarded': [
    [
      ...opened,
      decided('c1', { effect: 'require-approval', verdict: 'require-approval', masks: [], pending: 'p1' }),
      intentEntry('c1'),
    ],
    'call-order',
  ],
  'a call is decided twice': [[...opened, decided('c1'), decided('c1')], 'call-order'],
  'a call is forwarded twice': [[...opened, decided('c1'), intentEntry('c1'), intentEntry('c1')], 'call-order'],
  'a call ends twice': [
    [...opened, decided('c1'), intentEntry('c1'), outcomeEntry('c1'), outcomeEntry('c1')],
    'call-order',
  ],
  'a call ends that never began': [[...opened, outcomeEntry('c1')], 'call-order'],
  'a call ends that was not sent on': [[...opened, decided('c1'), outcomeEntry('c1')], 'call-order'],
  'a denied call ends': [
    [
      ...opened,
      decided('c1', { effect: 'deny', verdict: 'deny', masks: [] }),
      outcomeEntry('c1', { status: 'refused' }),
    ],
    'call-order',
  ],
  'a closed log has a call under way': [[...opened, decided('c1'), intentEntry('c1'), closeEntry], 'call-order'],
  'nothing follows on an allowed call, and the log is closed': [[...opened, decided('c1'), closeEntry], 'call-order'],
  'nothing follows on an allowed call, and the log is opened again': [
    [...opened, decided('c1'), openEntry(signerDigest)],
    'call-order',
  ],
  'an outcome counts frames it does not commit to': [
    [...opened, decided('c1'), intentEntry('c1'), outcomeEntry('c1', { commitments: { received: null, sent: null } })],
    'outcome-inconsistent',
  ],
  'an outcome commits to frames it does not count': [
    [...opened, decided('c1'), intentEntry('c1'), outcomeEntry('c1', { frames: 0 })],
    'outcome-inconsistent',
  ],
  'an outcome sent what was not received': [
    [
      ...opened,
      decided('c1'),
      intentEntry('c1'),
      outcomeEntry('c1', { frames: 0, commitments: { received: null, sent: digestOf('5') } }),
    ],
    'outcome-inconsistent',
  ],
  'a completed outcome sent nothing of what it received': [
    [
      ...opened,
      decided('c1'),
      intentEntry('c1'),
      outcomeEntry('c1', { withheld: 1, commitments: { received: digestOf('4'), sent: null } }),
    ],
    'outcome-inconsistent',
  ],
  'an outcome neither sent nor withheld what it received': [
    [
      ...opened,
      decided('c1'),
      intentEntry('c1'),
      outcomeEntry('c1', { status: 'refused', commitments: { received: digestOf('4'), sent: null } }),
    ],
    'outcome-inconsistent',
  ],
  'an outcome withheld what it did not receive': [
    [
      ...opened,
      decided('c1'),
      intentEntry('c1'),
      outcomeEntry('c1', { frames: 0, withheld: 2, commitments: { received: null, sent: null } }),
    ],
    'outcome-inconsistent',
  ],
  'a closed log goes on': [[...opened, closeEntry, refusalsEntry], 'entry-order'],
  'a crash forgets its calls': [
    [...opened, decided('c1'), intentEntry('c1'), openEntry(signerDigest, 0)],
    'call-order',
  ],
  'a crash names its calls and does not end them': [
    [...opened, decided('c1'), intentEntry('c1'), openEntry(signerDigest, 1), refusalsEntry],
    'call-order',
  ],
  'a bundle decides that was never activated': [[...opened, decisionEntry('c1')], 'entry-order'],
  'a verdict hides its masks': [[...opened, decided('c1', { verdict: 'allow' })], 'decision-inconsistent'],
  'a verdict belies its effect': [
    [...opened, decided('c1', { verdict: 'allow', effect: 'deny' })],
    'decision-inconsistent',
  ],
  'an allowed call awaits approval': [[...opened, decided('c1', { pending: 'p1' })], 'decision-inconsistent'],
  'the log names another signing key': [[openEntry(digestOf('c'))], 'checkpoint-signature'],
};

for (const [what, [entries, expected]] of Object.entries(disorders)) {
  test(`it is seen when ${what}`, async () => assert.deepEqual(await problemsIn(...entries), [expected]));
}

test('a crash whose calls all end as unknown is no problem, nor is a live tail', async () => {
  const begun = [decided('c1'), intentEntry('c1'), decided('c2'), intentEntry('c2')];
  const cutOff = { status: 'unknown', frames: 0, commitments: { received: null, sent: null } } as const;
  const ended = [outcomeEntry('c1', cutOff), outcomeEntry('c2', cutOff)];
  const report = await verifyLog(
    reader(logOf([...opened, ...begun, openEntry(signerDigest, 2), ...ended, decided('c3'), intentEntry('c3')])),
    [key],
  );
  assert.deepEqual(report.problems, []);
  assert.deepEqual(
    [report.ok, report.open, report.sealed, report.entries.open, report.outcomes.unknown],
    [true, 1, false, 2, 2],
  );
});

test('an entry that is not canonical, or has a member more, is named by its index', async () => {
  const text = encodeEntry(closeEntry);
  for (const wrong of [` ${text}`, text.replace('{', '{"a":1,')]) {
    const report = await verifyLog(reader(logOf([...opened, Buffer.from(wrong)])), [key]);
    assert.deepEqual(
      report.problems.map(({ code, at }) => [code, at]),
      [['entry-malformed', 'entry 2']],
    );
  }
});

test('a log that grew since its checkpoint verifies by the full tiles, the partial ones being gone', async () => {
  const files = logOf(soundEntries(calls));
  const small = logOf(soundEntries(calls).slice(0, 300));
  for (const path of ['checkpoint', 'tile/1/000.p/1']) files.set(path, small.get(path) ?? Buffer.alloc(0));
  assert.deepEqual(await problemsOf(files), []);
});

test('an empty log, no key, and a reader that fails are reported', async () => {
  assert.deepEqual(await problemsOf(new Map([['checkpoint', signedCheckpoint(0, Buffer.alloc(32))]])), [
    'root-mismatch',
    'entry-order',
  ]);
  assert.equal((await verifyLog(reader(sound), [])).ok, false);
  const failing = { read: () => Promise.reject(new Error('EIO')) };
  const report = await verifyLog(failing, [key]);
  assert.deepEqual([report.ok, report.problems.map(({ code }) => code)], [false, ['file-unreadable']]);
});

test('a checkpoint of an absurd size over a short log is reported at once', async () => {
  const files = new Map(sound).set('checkpoint', signedCheckpoint(2 ** 52, Buffer.alloc(32)));
  assert.ok((await problemsOf(files)).includes('file-missing'));
});

// Payload: what the store keeps must be what the log committed to.
const salt = Buffer.alloc(32, 9);
const opening = (text: string): Opening => ({ salt, value: Buffer.from(text) });
const committed = (text: string) => commit(salt, Buffer.from(text));
const chain = (...frames: string[]) =>
  frames.reduce<ReturnType<typeof commit> | null>((all, frame) => extendChain(all, committed(frame)), null);
const withPayload = [
  ...opened,
  decided('c1', {
    commitments: {
      input: committed('input'),
      arguments: committed('asked'),
      claims: committed('claims'),
      reasons: null,
    },
  }),
  intentEntry('c1', { commitments: { arguments: committed('sent on') } }),
  outcomeEntry('c1', {
    frames: 3,
    withheld: 1,
    commitments: { received: chain('r0', 'r1', 'r2'), sent: chain('r0', 'masked') },
  }),
  closeEntry,
];
const stored = new Map<string, Opening>([
  ['input', opening('input')],
  ['arguments', opening('asked')],
  ['claims', { salt }],
  ['arguments-sent', opening('sent on')],
  ['received-0', opening('r0')],
  ['withheld-1', opening('r1')],
  ['received-2', opening('r2')],
  ['sent-2', opening('masked')],
]);
async function withPages(...pages: PayloadPage[]) {
  async function* payloads() {
    yield* pages;
  }
  return verifyLog({ ...reader(logOf(withPayload)), payloads }, [key]);
}

test('openings that match their commitments are counted, chains of frames included', async () => {
  const report = await withPages({ from: 2, records: [{ call: 'c1', openings: stored }] });
  assert.deepEqual(report.problems, []);
  assert.deepEqual(report.openings, { matched: 5, withheld: 1, destroyed: 0, absent: 0 });
});

test('any opening that was changed is seen', async () => {
  for (const [name, { value }] of stored) {
    if (value === undefined) continue;
    const changed = new Map(stored).set(name, opening('changed'));
    const report = await withPages({ from: 2, records: [{ call: 'c1', openings: changed }] });
    assert.ok(
      report.problems.some(({ code }) => code === 'opening-mismatch'),
      name,
    );
    const salted = new Map(stored).set(name, { salt: Buffer.alloc(32, 8), value });
    assert.equal((await withPages({ from: 2, records: [{ call: 'c1', openings: salted }] })).ok, false, name);
  }
});

test('an outcome that counts other frames than the store names is seen', async () => {
  async function* payloads() {
    yield { from: 2, records: [{ call: 'c1', openings: stored }] };
  }
  for (const frames of [2, 4]) {
    const entries = withPayload.map((entry) => (entry.kind === 'outcome' ? { ...entry, frames } : entry));
    const report = await verifyLog({ ...reader(logOf(entries)), payloads }, [key]);
    assert.deepEqual(
      report.problems.map(({ code, at }) => [code, at]),
      [['opening-mismatch', 'entry 4']],
    );
  }
});

test('an allowed call on which nothing follows yet is counted in a log that is not closed', async () => {
  const report = await verifyLog(reader(logOf([...opened, decided('c1')])), [key]);
  assert.deepEqual([report.ok, report.unsent, report.open], [true, 1, 0]);
});

test('a destroyed key and a store without the call are counted and are no problem; a record that does not decrypt is one', async () => {
  const destroyed = await withPages({ from: 2, records: [{ call: 'c1', openings: 'destroyed' }] });
  assert.deepEqual([destroyed.ok, destroyed.openings?.destroyed], [true, 6]);
  const absent = await withPages();
  assert.deepEqual([absent.ok, absent.openings?.absent], [true, 6]);
  const unreadable = await withPages({ from: 2, records: [{ call: 'c1', openings: 'unreadable' }] });
  assert.deepEqual(
    unreadable.problems.map(({ code }) => code),
    ['payload-unreadable'],
  );
});

function edit(files: Files, path: string, at: number, flip = 1): void {
  const bytes = Buffer.from(files.get(path) ?? []);
  assert.ok(bytes.length > at, path);
  bytes.writeUInt8(bytes.readUInt8(at) ^ flip, at);
  files.set(path, bytes);
}

function cut(files: Files, path: string, count: number): void {
  const bytes = files.get(path) ?? Buffer.alloc(0);
  assert.ok(bytes.length > 0, path);
  files.set(path, bytes.subarray(0, bytes.length - count));
}

function lengthen(files: Files, path: string): void {
  files.set(path, Buffer.concat([files.get(path) ?? Buffer.alloc(0), Buffer.alloc(32)]));
}

function swap(files: Files, a: string, b: string): void {
  const [first, second] = [files.get(a), files.get(b)];
  assert.ok(first && second);
  files.set(a, second).set(b, first);
}

function swapEntries(files: Files): void {
  const entries = soundEntries(calls);
  const [a, b] = [entries[10], entries[13]];
  assert.ok(a && b);
  entries[10] = b;
  entries[13] = a;
  files.set('tile/entries/000', logOf(entries).get('tile/entries/000') ?? Buffer.alloc(0));
}

function editBoth(files: Files): void {
  const entries = soundEntries(calls);
  entries[10] = refusalsEntry;
  for (const [path, bytes] of logOf(entries)) if (path !== 'checkpoint') files.set(path, bytes);
}

function dropLastEntry(files: Files): void {
  cut(files, 'tile/entries/002.p/181', 2 + encodeEntry(closeEntry).length);
}

function rewrite(files: Files, change: (text: string) => string): void {
  const before = Buffer.from(files.get('checkpoint') ?? []).toString();
  const after = change(before);
  assert.notEqual(after, before);
  files.set('checkpoint', Buffer.from(after));
}

function flipSignature(files: Files): void {
  rewrite(files, (text) =>
    text.replace(/(\u2014 \S+ \S{20})(.)/, (_, start: string, last: string) => start + (last === 'A' ? 'B' : 'A')),
  );
}

function signedByOther(files: Files): void {
  const other = '\u2014 edge-1.example.com AAAAAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n';
  rewrite(files, (text) => text.replace(/\u2014.*\n/, other));
}
