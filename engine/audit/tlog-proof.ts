import { WritError } from '../errors.ts';
import { decodeBase64 } from './base64.ts';
import { HASH_BYTES } from './tree.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A proof of a tree of 2^53 entries; more cannot be one. */
const MOST_HASHES = 53;
/** An entry in base64 and a note, both of the largest size. */
const LARGEST_PROOF = 1_200_000;

/** C2SP tlog-proof v1: that the entry at `index` is in the tree of a checkpoint. */
export interface TlogProof {
  /** Whatever goes with it, which nothing authenticates by itself; ours hold the entry here. */
  extra: Uint8Array | null;
  index: number;
  /** From the leaf's sibling up. */
  hashes: readonly Uint8Array[];
  /** The signed note, verbatim. */
  checkpoint: Uint8Array;
}

export function formatTlogProof({ extra, index, hashes, checkpoint }: TlogProof): Buffer {
  const lines = [
    HEADER,
    ...(extra === null ? [] : [`extra ${base64(extra)}`]),
    `index ${index}`,
    ...hashes.map(base64),
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(lines.join('\n')), checkpoint]);
}

/** Reads a proof, strictly: throws WRIT_AUDIT_CORRUPT for anything formatTlogProof would not write. The note is not looked into. */
export function parseTlogProof(bytes: Uint8Array): TlogProof {
  if (bytes.length > LARGEST_PROOF) throw malformed('is too large');
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = file.indexOf('\n\n');
  if (end < 0) throw malformed('has no checkpoint');
  const [header, ...lines] = file.toString('latin1', 0, end).split('\n');
  if (header !== HEADER) throw malformed('does not begin as one');
  const extra = lines[0]?.startsWith('extra ') ? decode(lines.shift()?.slice('extra '.length)) : null;
  const digits = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '')?.[1];
  const index = Number(digits);
  if (!Number.isSafeInteger(index)) throw malformed('has no index');
  if (lines.length > MOST_HASHES) throw malformed('has too many hashes');
  const hashes = lines.map(decode);
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) throw malformed('has a hash of the wrong length');
  return { extra, index, hashes, checkpoint: file.subarray(end + 2) };
}

function decode(text = ''): Buffer {
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw malformed('has a line that is not base64');
  return bytes;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const malformed = (what: string) => new WritError('WRIT_AUDIT_CORRUPT', `The proof ${what}.`);
