import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { asWritError, WritError } from '../errors.ts';
import { decodeBase64 } from './base64.ts';
import { signatureFromDer } from './der.ts';
import type { Digest } from './entry.ts';
import { sha256 } from './sha256.ts';

/** Signature types of C2SP signed-note that a log of ours, or a witness of it, may carry. */
export type NoteKeyType = 'ed25519' | 'ecdsa-p256';
const typeBytes = { ed25519: 0x01, 'ecdsa-p256': 0x02 } as const;
/** What precedes the 32 bytes of an Ed25519 key in its SPKI (RFC 8410). */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** A public key that signatures of a note are checked with. */
export interface VerifierKey {
  readonly type: NoteKeyType;
  /** Null where the key came as PEM, which names no log: it then stands for whichever name the note gives. */
  readonly name: string | null;
  readonly spki: Uint8Array;
  readonly key: KeyObject;
}

/** Reads a verifier key: a C2SP vkey (`name+hash+base64`) or an SPKI in PEM. Throws WRIT_KEY_INVALID. */
export function parseVerifierKey(text: string): VerifierKey {
  const trimmed = text.trim();
  if (trimmed.startsWith('-----BEGIN PUBLIC KEY-----')) return fromSpki(null, importKey(trimmed));
  const [, name, id, body] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(trimmed) ?? [];
  const bytes = decodeBase64(body ?? '');
  if (name === undefined || bytes === undefined) throw invalid('It is neither a vkey nor a public key in PEM.');
  const material = bytes.subarray(1);
  if (bytes[0] !== typeBytes.ed25519 && bytes[0] !== typeBytes['ecdsa-p256']) throw invalid('Its type is not known.');
  if (bytes[0] === typeBytes.ed25519 && material.length !== 32) throw invalid('It is not 32 bytes.');
  const spki = bytes[0] === typeBytes.ed25519 ? Buffer.concat([ED25519_SPKI, material]) : material;
  const key = fromSpki(name, importKey(spki));
  if (typeBytes[key.type] !== bytes[0]) throw invalid('Its type is not that of the key in it.');
  if (noteKeyId(key, name).toString('hex') !== id) throw invalid('Its hash is not that of the key in it.');
  return key;
}

/** The vkey of a key, as `note`-reading tools take it: `name+hash+base64(type || key)`, the key of P-256 being its SPKI. */
export function formatVerifierKey(name: string, spki: Uint8Array, type: NoteKeyType = 'ecdsa-p256'): string {
  const material = type === 'ed25519' ? spki.subarray(ED25519_SPKI.length) : spki;
  const body = Buffer.concat([Buffer.of(typeBytes[type]), material]);
  return `${name}+${noteKeyId({ type, spki }, name).toString('hex')}+${body.toString('base64')}`;
}

/** The four bytes that name a key on a signature line. For ECDSA they depend on the key alone, for Ed25519 on the name too. */
export function noteKeyId(key: Pick<VerifierKey, 'type' | 'spki'>, name: string): Buffer {
  if (key.type === 'ecdsa-p256') return sha256(key.spki).subarray(0, 4);
  const key32 = key.spki.subarray(ED25519_SPKI.length);
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(typeBytes.ed25519), key32])).subarray(0, 4);
}

/** SHA-256 of an SPKI, as `open` entries name the signing key. */
export function keyDigest(spki: Uint8Array): Digest {
  return `sha256:${sha256(spki).toString('hex')}`;
}

/** Whether `signature`, as a note carries it, is one by `key` over `text`. */
export function verifySignature(key: VerifierKey, text: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (key.type === 'ed25519') return signature.length === 64 && verify(null, text, key.key, signature);
    return verify('sha256', text, { key: key.key, dsaEncoding: 'ieee-p1363' }, signatureFromDer(signature));
  } catch {
    return false;
  }
}

function fromSpki(name: string | null, key: KeyObject): VerifierKey {
  const spki = key.export({ type: 'spki', format: 'der' });
  if (key.asymmetricKeyType === 'ed25519') return { type: 'ed25519', name, spki, key };
  const p256 = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  if (!p256) throw invalid('It is neither P-256 nor Ed25519.');
  return { type: 'ecdsa-p256', name, spki, key };
}

function importKey(source: string | Buffer): KeyObject {
  try {
    return createPublicKey(typeof source === 'string' ? source : { key: source, format: 'der', type: 'spki' });
  } catch (cause) {
    throw asWritError(cause, 'WRIT_KEY_INVALID', 'The verifier key does not parse.');
  }
}

const invalid = (what: string) => new WritError('WRIT_KEY_INVALID', `The verifier key is not usable. ${what}`);
