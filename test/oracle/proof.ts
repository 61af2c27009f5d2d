import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { encodeEntry } from '../../engine/audit/encode-entry.ts';
import { proveEntry } from '../../engine/audit/prove-entry.ts';
import { formatVerifierKey, parseVerifierKey } from '../../engine/audit/verifier-key.ts';
import { verifyProof } from '../../engine/audit/verify-proof.ts';
import { openLog } from '../../proxy/recorder/log-reader.ts';
import { key, logOf, reader, soundEntries } from '../engine/audit/memory-log.ts';
import { origin } from '../engine/audit/samples.ts';
import { activate, carry, newPlace, open } from '../proxy/recorder/log-directory.ts';

// Not part of `npm test`: it downloads modules. What Go's packages and we say of the same proof must agree.

const source = fileURLToPath(new URL('./proof-judge', import.meta.url));
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'writ-judge-'));
  const built = spawnSync('go', ['build', '-o', join(folder, 'judge'), '.'], { cwd: source, encoding: 'utf8' });
  assert.equal(built.status, 0, built.stderr);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What Go says of each proof, a line each. */
function judge(vkey: string, proofs: readonly Uint8Array[]): string[] {
  const files = proofs.map((proof, n) => {
    const path = join(folder, `${n}.tlog-proof`);
    writeFileSync(path, proof);
    return path;
  });
  writeFileSync(join(folder, 'log.vkey'), `${vkey}\n`);
  const { status, stdout, stderr } = spawnSync(join(folder, 'judge'), [join(folder, 'log.vkey'), ...files], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return stdout.trim().split('\n');
}

const vkey = formatVerifierKey(origin, key.spki);
const entries = soundEntries(400);

test('Go accepts the proof of every entry that tiles begin or end with, at sizes around them', async () => {
  const proofs: Buffer[] = [];
  const expected: string[] = [];
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 700, 1_203]) {
    const log = reader(logOf(entries.slice(0, size)));
    for (const index of new Set([0, 127, 254, 255, 256, 511, 512, size >> 1, size - 1])) {
      const entry = entries[index];
      if (index >= size || entry === undefined) continue;
      proofs.push((await proveEntry(log, index)).proof);
      expected.push(`holds: ${index} of ${size}: ${encodeEntry(entry)}`);
    }
  }
  assert.deepEqual(judge(vkey, proofs), expected);
});

test('Go accepts the proof of an entry that a recorder wrote', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  await activate(recorder);
  for (let n = 0; n < 100; n++) await carry(recorder, `call-${n}`);
  await recorder.close('stopped');
  const proofs = await Promise.all(
    [0, 200, 256, 302].map(async (index) => (await proveEntry(openLog(place.directory), index)).proof),
  );
  const said = judge(readFileSync(join(place.directory, 'log.vkey'), 'utf8').trim(), proofs);
  for (const line of said) assert.match(line, /^holds: \d+ of 303: \{/);
});

test('what was changed in a proof neither accepts', async () => {
  const { proof } = await proveEntry(reader(logOf(entries.slice(0, 700))), 300);
  const text = proof.toString();
  const changed = [
    text.replace('index 300', 'index 301'),
    text.replace('extra eyJ', 'extra eyI'),
    text.replace(/\n.{43}=\n/, `\n${Buffer.alloc(32).toString('base64')}\n`),
    text.replace(/\n.{43}=\n/, '\n'),
    text.replace('\n700\n', '\n701\n'),
    text.replace(/\u2014 .*/, ''),
    text.replace('@v1', '@v2'),
  ].map((each) => Buffer.from(each));
  for (const each of changed) assert.ok(!each.equals(proof));
  for (const line of judge(vkey, changed)) assert.match(line, /^refused: /);
  const keys = { keys: [parseVerifierKey(vkey)], trust: [] };
  for (const each of changed) assert.equal(verifyProof(each, keys).ok, false);
});
