import { WritError } from '../errors.ts';
import { decodeBase64 } from './base64.ts';
import { signatureToDer } from './der.ts';
import { type NoteKeyType, noteKeyId, type VerifierKey, verifySignature } from './verifier-key.ts';

const LARGEST_NOTE = 1_000_000;
const MOST_SIGNATURES = 100;

/** A C2SP signed note: text that ends in a newline, and signatures over exactly that text. */
export interface Note {
  text: string;
  signatures: { name: string; id: Uint8Array; signature: Uint8Array }[];
}

/** Takes a note apart, strictly: anything a second reader could take otherwise is WRIT_AUDIT_CORRUPT. */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > LARGEST_NOTE) throw malformed('is too large');
  const note = Buffer.from(bytes).toString('utf8');
  if (!Buffer.from(note).equals(bytes)) throw malformed('is not UTF-8');
  // C2SP signed-note: no ASCII control character but newline.
  for (let at = 0; at < note.length; at++) {
    const code = note.charCodeAt(at);
    if (code < 0x20 && code !== 0x0a) throw malformed('has a control character');
  }
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw malformed('has no signatures');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw malformed('has too many signatures');
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignatureLine) };
}

function parseSignatureLine(line: string): Note['signatures'][number] {
  const [, name, body] = /^\u2014 ([^\s+]+) (\S+)$/u.exec(line) ?? [];
  const bytes = decodeBase64(body ?? '');
  if (name === undefined || bytes === undefined || bytes.length < 5) throw malformed('has a broken signature line');
  return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

/** Whether `key` signed this note under `name`. As in Go's note package, one false signature by a known key spoils the note. */
export function isSignedBy(note: Note, key: VerifierKey, name: string): boolean {
  if (key.name !== null && key.name !== name) return false;
  const id = noteKeyId(key, name);
  const own = note.signatures.filter((line) => line.name === name && id.equals(line.id));
  return own.length > 0 && own.every((line) => verifySignature(key, Buffer.from(note.text), line.signature));
}

/** A note signed by a P-256 key (type 0x02). `signature` is r || s over SHA-256 of the text. */
export function formatNote(text: string, name: string, spki: Uint8Array, signature: Uint8Array): string {
  return `${text}\n${signatureLine('ecdsa-p256', name, spki, signatureToDer(signature))}`;
}

/** A signature as a line of a note. Of P-256 `signature` is DER (type 0x02), of Ed25519 its 64 bytes (type 0x01). */
export function signatureLine(type: NoteKeyType, name: string, spki: Uint8Array, signature: Uint8Array): string {
  const body = Buffer.concat([noteKeyId({ type, spki }, name), signature]);
  return `\u2014 ${name} ${body.toString('base64')}\n`;
}

const malformed = (what: string) => new WritError('WRIT_AUDIT_CORRUPT', `The note ${what}.`);
