import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { parseCheckpoint } from '../../../engine/audit/checkpoint.ts';
import { isSignedBy, parseNote } from '../../../engine/audit/note.ts';
import { formatVerifierKey, parseVerifierKey } from '../../../engine/audit/verifier-key.ts';
import { key, pem, signedCheckpoint } from './memory-log.ts';
import { origin } from './samples.ts';

const root = Buffer.alloc(32, 1);
const checkpoint = signedCheckpoint(7, root).toString();
const corrupt = { code: 'WRIT_AUDIT_CORRUPT' };

test('a checkpoint that was signed verifies by vkey and by PEM, and reads back', () => {
  const note = parseNote(Buffer.from(checkpoint));
  assert.ok(isSignedBy(note, key, origin));
  assert.ok(isSignedBy(note, parseVerifierKey(pem), origin));
  assert.deepEqual(parseCheckpoint(note.text), { origin, size: 7, root });
  assert.equal(formatVerifierKey(origin, key.spki), formatVerifierKey(key.name ?? '', parseVerifierKey(pem).spki));
});

test('the example of the Go note package verifies', () => {
  // https://pkg.go.dev/golang.org/x/mod/sumdb/note
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const signature =
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
  assert.ok(isSignedBy(parseNote(Buffer.from(`${text}\n${signature}`)), parseVerifierKey(vkey), 'PeterNeumann'));
  const other = parseNote(Buffer.from(`${text.replace('answer', 'Answer')}\n${signature}`));
  assert.ok(!isSignedBy(other, parseVerifierKey(vkey), 'PeterNeumann'));
});

test('sixteen signatures by others beside ours do no harm', () => {
  const others = Array.from(
    { length: 16 },
    (_, n) => `\u2014 witness-${n}.example.org ${Buffer.alloc(76, n).toString('base64')}\n`,
  );
  assert.ok(isSignedBy(parseNote(Buffer.from(checkpoint + others.join(''))), key, origin));
});

test('a signature by our key that does not verify spoils the note, beside one that does too', () => {
  const line = checkpoint.slice(checkpoint.indexOf('\u2014'));
  const [, name = '', body = ''] = line.trim().split(' ');
  const bytes = Buffer.from(body, 'base64');
  bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20);
  const wrong = `\u2014 ${name} ${bytes.toString('base64')}\n`;
  assert.ok(!isSignedBy(parseNote(Buffer.from(checkpoint + wrong)), key, origin));
  assert.ok(isSignedBy(parseNote(Buffer.from(checkpoint + line)), key, origin));
});

test('notes that a second reader could take otherwise are refused', () => {
  const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 2);
  const line = checkpoint.slice(text.length);
  const wrong: Record<string, string> = {
    'no signature': text,
    'no blank line': text.slice(0, -1) + line,
    'no newline at the end': checkpoint.slice(0, -1),
    'carriage returns': checkpoint.replaceAll('\n', '\r\n'),
    'a hyphen for the dash': text + line.replace('\u2014', '-'),
    'an en dash': text + line.replace('\u2014', '\u2013'),
    'two spaces': text + line.replace('\u2014 ', '\u2014  '),
    'a plus in the name': text + line.replace(origin, 'edge+1'),
    'loose base64': text + line.replace(/\n$/, '=\n'),
    'a tab': checkpoint.replace('7', '7\t'),
    'an empty line at the end': `${checkpoint}\n`,
    'a short signature': `${text}\u2014 ${origin} AAAA\n`,
    'a hundred and one signatures': text + line.repeat(101),
  };
  for (const [what, note] of Object.entries(wrong)) {
    assert.throws(() => parseNote(Buffer.from(note)), corrupt, what);
  }
  assert.throws(() => parseNote(Buffer.concat([Buffer.of(0xff), Buffer.from(checkpoint)])), corrupt);
  assert.throws(() => parseNote(Buffer.from(`${'x'.repeat(1_000_000)}\n\n${line}`)), corrupt);
});

test('checkpoint texts with more, less or other than three lines are refused', () => {
  const good = `${origin}\n7\n${root.toString('base64')}\n`;
  assert.equal(parseCheckpoint(good).size, 7);
  for (const wrong of [
    good.replace('7', '07'),
    good.replace('7', '-7'),
    good.replace('7', '7.0'),
    good.replace('7', '9007199254740993'),
    `${good}extension\n`,
    good.slice(0, -1),
    good.replace(origin, ''),
    good.replace(origin, 'edge 1'),
    good.replace(root.toString('base64'), root.subarray(1).toString('base64')),
    good.replace('=\n', '\n'),
  ]) {
    assert.throws(() => parseCheckpoint(wrong), corrupt, JSON.stringify(wrong));
  }
});

test('verifier keys whose parts do not fit each other are refused', () => {
  const vkey = formatVerifierKey(origin, key.spki);
  const [name, id, body = ''] = vkey.split('+', 2).concat(vkey.split('+').slice(2).join('+'));
  assert.equal(parseVerifierKey(vkey).name, origin);
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
  for (const wrong of [
    '',
    'nonsense',
    `${name}+00000000+${body}`,
    `${name}+${id}+${body.slice(4)}`,
    `${name}+${id}+${Buffer.concat([Buffer.of(9), key.spki]).toString('base64')}`,
    `${name}+${id}+${Buffer.concat([Buffer.of(1), key.spki]).toString('base64')}`,
    formatVerifierKey(origin, p384.export({ type: 'spki', format: 'der' })),
    p384.export({ type: 'spki', format: 'pem' }).toString(),
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n',
  ]) {
    assert.throws(() => parseVerifierKey(wrong), { code: 'WRIT_KEY_INVALID' }, wrong);
  }
});

test('a key does not verify a note under another name than its own', () => {
  const note = parseNote(Buffer.from(checkpoint));
  assert.ok(!isSignedBy(note, parseVerifierKey(formatVerifierKey('edge-2.example.com', key.spki)), origin));
  assert.ok(!isSignedBy(note, key, 'edge-2.example.com'));
});
