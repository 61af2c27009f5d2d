import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bundleDigest, bundlePath } from '../../engine/audit/bundle.ts';
import type { Entry } from '../../engine/audit/entry.ts';
import { signatureLine } from '../../engine/audit/note.ts';
import { formatVerifierKey } from '../../engine/audit/verifier-key.ts';
import { type Files, key, logOf, pem, soundEntries } from '../engine/audit/memory-log.ts';
import { origin, refusalsEntry, time } from '../engine/audit/samples.ts';

// What docs/audit-format.md promises of attacks, each put to the command that an auditor runs. A log of 693 entries: two full
// bundles and a partial one, tiles of two levels.
const entries = soundEntries(230);
const policy = bundlePath(bundleDigest(Buffer.from('a policy bundle')));
const bytesOf = (files: Files, path: string) => Buffer.from(files.get(path) ?? assert.fail(path));
const checkpointOf = (files: Files) => bytesOf(files, 'checkpoint').toString();
const vkey = formatVerifierKey(origin, key.spki);

type Attack = (files: Files) => void;
const edit =
  (path: string, at: number): Attack =>
  (files) => {
    const bytes = bytesOf(files, path);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    files.set(path, bytes);
  };
const remove =
  (path: string): Attack =>
  (files) =>
    void assert.ok(files.delete(path));
const swap =
  (a: string, b: string): Attack =>
  (files) => {
    const [first, second] = [bytesOf(files, a), bytesOf(files, b)];
    files.set(a, second).set(b, first);
  };
const cut =
  (path: string, count: number): Attack =>
  (files) =>
    void files.set(path, bytesOf(files, path).subarray(0, -count));
const write =
  (change: (checkpoint: string) => string): Attack =>
  (files) => {
    const before = checkpointOf(files);
    const after = change(before);
    assert.notEqual(after, before);
    files.set('checkpoint', Buffer.from(after));
  };
/** Another log of the same key, of which only the checkpoint is left as it was. */
const replace =
  (others: readonly Entry[]): Attack =>
  (files) => {
    const checkpoint = bytesOf(files, 'checkpoint');
    for (const [path, bytes] of logOf(others)) files.set(path, bytes);
    files.set('checkpoint', checkpoint);
  };
/** Signed again by someone who can use the key: every file is that of the other log. */
const signAgain =
  (others: readonly Entry[]): Attack =>
  (files) => {
    files.clear();
    for (const [path, bytes] of logOf(others)) files.set(path, bytes);
  };

const witness = generateKeyPairSync('ed25519');
const witnessSpki = witness.publicKey.export({ type: 'spki', format: 'der' });
const witnessPem = witness.publicKey.export({ type: 'spki', format: 'pem' }).toString();
/** The Ed25519 line that stands beside ours for witnesses. */
const witnessLine = (checkpoint: string) => {
  const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
  return signatureLine('ed25519', origin, witnessSpki, sign(null, Buffer.from(text), witness.privateKey));
};
const ownLine = (checkpoint: string) => checkpoint.slice(checkpoint.indexOf('\u2014'));
const others = (count: number) =>
  Array.from({ length: count }, (_, n) => `\u2014 w${n}.example.org ${Buffer.alloc(76, n).toString('base64')}\n`).join(
    '',
  );

const seen: Record<string, [Attack, string]> = {
  'a byte of an entry edited': [edit('tile/entries/001', 100), 'tile-mismatch'],
  'a byte of a tile edited': [edit('tile/0/001', 100), 'tile-mismatch'],
  'a byte of a tile above edited': [edit('tile/1/000.p/2', 40), 'tile-mismatch'],
  'entry and tile edited together': [replace(entries.with(300, { ...refusalsEntry, time })), 'root-mismatch'],
  'a bundle of entries deleted': [remove('tile/entries/001'), 'file-missing'],
  'a tile deleted': [remove('tile/0/000'), 'file-missing'],
  'the checkpoint deleted': [remove('checkpoint'), 'checkpoint-missing'],
  'bundles of entries reordered': [swap('tile/entries/000', 'tile/entries/001'), 'tile-mismatch'],
  'bundles and tiles reordered': [
    (files) => {
      swap('tile/entries/000', 'tile/entries/001')(files);
      swap('tile/0/000', 'tile/0/001')(files);
    },
    'tile-mismatch',
  ],
  'the size changed': [write((text) => text.replace('\n693\n', '\n692\n')), 'checkpoint-signature'],
  'the root changed': [write((text) => text.replace(/\n.{4}(.*=\n\n)/, '\nAAAA$1')), 'checkpoint-signature'],
  'the origin changed': [write((text) => text.replaceAll(origin, 'edge-9.example.com')), 'checkpoint-origin'],
  'a bit of the signature flipped': [
    write((text) => text.replace(/(\u2014 \S+ \S{20})(.)/, (_, start, last) => start + (last === 'A' ? 'B' : 'A'))),
    'checkpoint-signature',
  ],
  'every signature stripped': [write((text) => text.slice(0, text.indexOf('\u2014'))), 'checkpoint-malformed'],
  'the P-256 line stripped, the Ed25519 line left': [
    write((text) => text.replace(ownLine(text), witnessLine(text))),
    'checkpoint-signature',
  ],
  'the P-256 line put under the Ed25519 key': [
    write((text) => {
      const stolen = ownLine(text).split(' ')[2] ?? '';
      const id = Buffer.from(witnessLine(text).split(' ')[2] ?? '', 'base64').subarray(0, 4);
      const body = Buffer.concat([id, Buffer.from(stolen, 'base64').subarray(4)]);
      return text.replace(ownLine(text), `\u2014 ${origin} ${body.toString('base64')}\n`);
    }),
    'checkpoint-signature',
  ],
  'a line of our key beside the true one that does not verify': [
    write((text) => {
      const [dash, name, body = ''] = ownLine(text).trim().split(' ');
      const bytes = Buffer.from(body, 'base64');
      bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
      return `${text}${dash} ${name} ${bytes.toString('base64')}\n`;
    }),
    'checkpoint-signature',
  ],
  'a partial bundle torn': [cut('tile/entries/002.p/181', 7), 'file-malformed'],
  'a partial tile torn': [cut('tile/0/002.p/181', 7), 'file-malformed'],
  'a full tile torn': [cut('tile/0/001', 32), 'file-malformed'],
  'a partial bundle emptied': [(files) => void files.set('tile/entries/002.p/181', Buffer.alloc(0)), 'file-malformed'],
  'line ends of the checkpoint turned to CRLF': [
    write((text) => text.replaceAll('\n', '\r\n')),
    'checkpoint-malformed',
  ],
  'an en dash for the em dash': [write((text) => text.replace('\u2014', '\u2013')), 'checkpoint-malformed'],
  'a hyphen for the em dash': [write((text) => text.replace('\u2014', '-')), 'checkpoint-malformed'],
  'the size line doubled': [write((text) => text.replace('\n693\n', '\n693\n693\n')), 'checkpoint-malformed'],
  'the origin line doubled': [write((text) => `${origin}\n${text}`), 'checkpoint-malformed'],
  'a line put after the root': [write((text) => text.replace('=\n\n', '=\nmore\n\n')), 'checkpoint-malformed'],
  'an empty line more': [write((text) => text.replace('\n\n', '\n\n\n')), 'checkpoint-malformed'],
  'a hundred signatures of others': [write((text) => text + others(100)), 'checkpoint-malformed'],
  'a policy bundle exchanged': [edit(policy, 3), 'bundle-mismatch'],
  'a policy bundle deleted': [remove(policy), 'bundle-missing'],
  'the clock going back, though signed': [
    signAgain(entries.toSpliced(300, 0, { ...refusalsEntry, time: '2026-11-22T16:38:59.999Z' })),
    'entry-time',
  ],
  'the start of the log cut off, though signed': [signAgain(entries.slice(2)), 'entry-order'],
  'an outcome taken out, though signed': [signAgain(entries.toSpliced(4, 1)), 'call-order'],
  'intent and outcome taken out, though signed': [signAgain(entries.toSpliced(3, 2)), 'call-order'],
  'a decision taken out, though signed': [signAgain(entries.toSpliced(2, 1)), 'call-order'],
  'a call put in twice, though signed': [signAgain(entries.toSpliced(5, 0, ...entries.slice(2, 5))), 'call-order'],
};

const harmless: Record<string, Attack> = {
  'signatures of sixteen others beside ours': write((text) => text + others(16)),
  'an Ed25519 line beside ours': write((text) => text + witnessLine(text)),
  'our line twice': write((text) => text + ownLine(text)),
};

const full = logOf(entries);
const cutOff = logOf(entries.slice(0, 500));
/** What passes by itself, and what it takes to see it. */
const unseen: Record<string, [Attack, { since: string; code: string }]> = {
  'the end cut off and signed again': [
    signAgain(entries.slice(0, 500)),
    { since: checkpointOf(full), code: 'checkpoint-behind' },
  ],
  'history rewritten and signed again': [
    signAgain(entries.toSpliced(299, 3)),
    { since: checkpointOf(cutOff), code: 'checkpoint-fork' },
  ],
  'an old checkpoint put back': [
    (files) => {
      files.clear();
      for (const [path, bytes] of cutOff) files.set(path, bytes);
    },
    { since: checkpointOf(full), code: 'checkpoint-behind' },
  ],
};

describe('writ audit verify', () => {
  let root: string;
  let logs = 0;
  let loop: ChildProcess;
  let answers: AsyncIterator<string>;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'writ-attacks-'));
    writeFileSync(join(root, 'log.vkey'), vkey);
    writeFileSync(join(root, 'log.pem'), pem);
    writeFileSync(join(root, 'witness.pem'), witnessPem);
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(
      join(root, 'swapped.vkey'),
      formatVerifierKey(origin, publicKey.export({ type: 'spki', format: 'der' })),
    );
  });
  before(() => {
    const script = fileURLToPath(new URL('./writ-loop.ts', import.meta.url));
    loop = spawn(process.execPath, [script], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    assert.ok(loop.stdout);
    answers = createInterface(loop.stdout)[Symbol.asyncIterator]();
  });
  after(() => {
    loop.kill();
    rmSync(root, { recursive: true, force: true });
  });

  /** The codes found, or that all is well, after this was done to a sound log. */
  async function verify(attack: Attack, ...more: string[]): Promise<string[]> {
    const files = new Map(full);
    attack(files);
    const directory = join(root, `log-${logs++}`);
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), bytes);
    }
    const by = more.includes('--key') ? more : ['--key', 'log.vkey', ...more];
    loop.stdin?.write(`${JSON.stringify(['audit', 'verify', directory, ...by, '--format', 'json'])}\n`);
    const { code, stdout, stderr } = JSON.parse((await answers.next()).value);
    const report = JSON.parse(stdout || assert.fail(stderr));
    assert.deepEqual([code, report.ok], report.problems.length === 0 ? [0, true] : [1, false]);
    return report.problems.map((problem: { code: string }) => problem.code);
  }

  for (const [what, [attack, code]] of Object.entries(seen)) {
    test(`sees ${what}`, async () => {
      const found = await verify(attack);
      assert.ok(found.includes(code), found.join(', '));
    });
  }

  test('sees a key swapped for another, and takes no Ed25519 key in place of a P-256 one', async () => {
    assert.deepEqual(await verify(() => {}, '--key', 'swapped.vkey'), ['checkpoint-signature']);
    const beside = write((text) => text + witnessLine(text));
    assert.deepEqual(await verify(beside, '--key', 'witness.pem'), ['checkpoint-signature']);
    assert.deepEqual(await verify(() => {}, '--key', 'log.pem'), []);
  });

  for (const [what, attack] of Object.entries(harmless)) {
    test(`is not put off by ${what}`, async () => assert.deepEqual(await verify(attack), []));
  }

  for (const [what, [attack, { since, code }]] of Object.entries(unseen)) {
    test(`alone does not see ${what}, and with --since does`, async () => {
      assert.deepEqual(await verify(attack), []);
      const kept = `kept-${code}-${logs}`;
      writeFileSync(join(root, kept), since);
      assert.deepEqual(await verify(attack, '--since', kept), [code]);
    });
  }

  test('with --max-age sees a log that does not go on', async () => {
    // The samples are of one moment in the past, and no clock is so far behind it.
    assert.deepEqual(await verify(() => {}, '--max-age', '1s'), ['checkpoint-stale']);
    assert.deepEqual(await verify(() => {}, '--max-age', '99999d'), []);
  });
});
