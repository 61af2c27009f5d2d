import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { asWritError, WritError } from '../errors.ts';
import { isObject, type Json, type JsonDocument, type JsonObject } from '../json/types.ts';
import { readDocument, readObject } from './documents.ts';

/** A key that bundles may be signed with: P-256 for ES256, RSA of 2048 bits or more for RS256. */
export interface VerificationKey {
  /** The `kid` that signatures must name; a key without one checks every signature. */
  readonly id?: string;
  /** PEM of a public key, or the key itself. */
  readonly key: string | KeyObject;
}

/** What `policy.verify` demands of a bundle. OPA compares the scope with the signature's, empty meaning none. */
export interface Verification {
  readonly keys: readonly VerificationKey[];
  readonly scope?: string;
}

export const signaturesFile = '.signatures.json';

const code = 'WRIT_BUNDLE_SIGNATURE';

/**
 * OPA's bundle signature (https://www.openpolicyagent.org/docs/management-bundles#signing): one JWT in .signatures.json
 * whose payload lists every file with its hash. Both ways round, a signature nobody was told to check and a demand
 * without a signature are refused; the files listed must be exactly the files there.
 *
 * @throws WritError WRIT_BUNDLE_SIGNATURE, or WRIT_KEY_INVALID for a key that cannot be used.
 */
export function verifyFiles(files: ReadonlyMap<string, Uint8Array>, verification: Verification | undefined): void {
  const signatures = files.get(signaturesFile);
  if (signatures === undefined && verification === undefined) return;
  if (signatures === undefined) refuse('It is not signed.');
  if (verification === undefined) refuse('It is signed, and no key is configured to check that.');
  const payload = verifyToken(onlyToken(signatures), verification);
  const listed = listedHashes(payload);
  for (const [name, bytes] of files) {
    if (name === signaturesFile) continue;
    const hash = listed.get(name);
    if (hash === undefined) refuse('It has a file that is not signed.');
    if (hashOf(name, bytes, hash.algorithm) !== hash.hex) refuse('A file is not the one that was signed.');
    listed.delete(name);
  }
  if (listed.size > 0) refuse('A file that was signed is missing.');
}

function onlyToken(bytes: Uint8Array): string {
  const { signatures, plugin } = readObject(bytes, signaturesFile, code);
  if (plugin !== undefined && plugin !== '' && plugin !== '_default') refuse('It is signed by a plugin of OPA.');
  if (!Array.isArray(signatures) || signatures.length !== 1) refuse('It must have exactly one signature.');
  const token = signatures[0];
  return typeof token === 'string' ? token : refuse('Its signature is no JWT.');
}

/** The payload, once a key that the configuration allows has signed it. */
function verifyToken(token: string, { keys, scope = '' }: Verification): JsonObject {
  const [head, body, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token)?.slice(1) ?? [];
  if (head === undefined || body === undefined || signature === undefined) refuse('Its signature is no JWT.');
  const header = readObject(Buffer.from(head, 'base64url'), 'The head of its signature', code);
  const payload = readObject(Buffer.from(body, 'base64url'), 'The body of its signature', code);
  if (header.crit !== undefined) refuse('Its signature has a critical header.');
  const signedBy = header.kid ?? payload.keyid;
  const fitting = keys.filter(({ id }) => id === undefined || id === signedBy);
  const signed = Buffer.from(`${head}.${body}`);
  const bytes = Buffer.from(signature, 'base64url');
  if (!fitting.some((each) => isSignedBy(each, header.alg, signed, bytes))) refuse('No configured key signed it.');
  if ((payload.scope ?? '') !== scope) refuse('It is signed for another scope.');
  return payload;
}

/** The algorithm is the key's, never the token's choice; the header has to agree with it. */
function isSignedBy({ key }: VerificationKey, algorithm: Json | undefined, signed: Buffer, signature: Buffer): boolean {
  const publicKey = publicKeyOf(key);
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = publicKey;
  if (type === 'ec' && details?.namedCurve === 'prime256v1')
    return algorithm === 'ES256' && verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= 2048)
    return algorithm === 'RS256' && verify('sha256', signed, publicKey, signature);
  throw new WritError('WRIT_KEY_INVALID', 'Bundles are signed with P-256, or RSA of 2048 bits or more.');
}

function publicKeyOf(key: string | KeyObject): KeyObject {
  try {
    return typeof key === 'string' || key.type === 'private' ? createPublicKey(key) : key;
  } catch (cause) {
    throw asWritError(cause, 'WRIT_KEY_INVALID', 'A key of policy.verify is not a public key in PEM.');
  }
}

interface Hash {
  algorithm: string;
  hex: string;
}

/** OPA signs with SHA-256; of what else its format knows, only what is still safe. */
const hashAlgorithms: ReadonlyMap<string, string> = new Map([
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

function listedHashes(payload: JsonObject): Map<string, Hash> {
  const listed = new Map<string, Hash>();
  for (const file of Array.isArray(payload.files) ? payload.files : []) {
    const { name, hash, algorithm } = isObject(file) ? file : {};
    if (typeof name !== 'string' || typeof hash !== 'string' || typeof algorithm !== 'string' || listed.has(name))
      refuse('Its signature lists a file that cannot be told.');
    listed.set(name, {
      algorithm: hashAlgorithms.get(algorithm) ?? refuse('It is signed over a weak hash.'),
      hex: hash,
    });
  }
  return listed;
}

/** JSON is hashed as a value, with its keys sorted; everything else as it lies there. */
function hashOf(name: string, bytes: Uint8Array, algorithm: string): string {
  const isStructured = /(^|\/)(data\.json|\.manifest)$/.test(name);
  const hash = createHash(algorithm);
  return hash.update(isStructured ? goJson(readDocument(bytes, name, code)) : bytes).digest('hex');
}

/** As Go's encoding/json writes it: keys in the order of their UTF-8, numbers as they came, U+2028 and U+2029 escaped. */
function goJson({ value, numbers }: JsonDocument): string {
  const quote = (text: string) =>
    JSON.stringify(text).replace(/[\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`);
  const write = (node: Json): string => {
    if (typeof node === 'string') return quote(node);
    if (typeof node !== 'object' || node === null) return String(node);
    const texts = numbers.get(node);
    if (Array.isArray(node)) return `[${node.map((item, index) => texts?.get(index) ?? write(item)).join(',')}]`;
    const keys = Object.keys(node).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${keys.map((key) => `${quote(key)}:${texts?.get(key) ?? write(node[key] ?? null)}`).join(',')}}`;
  };
  return write(value);
}

function refuse(what: string): never {
  throw new WritError(code, what);
}
