import { asWritError } from '../errors.ts';
import type { Entry } from './entry.ts';
import { parseEntry } from './parse-entry.ts';
import { verifyInclusion } from './proof.ts';
import { type CheckpointKeys, readSignedCheckpoint } from './signed-checkpoint.ts';
import { parseTlogProof } from './tlog-proof.ts';
import { leafHash } from './tree.ts';

/** What a proof shows. Where `ok` is false, `fault` says why, and nothing else of it is to be believed. */
export type ProofReport =
  | { ok: true; origin: string; size: number; root: string; index: number; entry: Entry }
  | { ok: false; fault: string };

/**
 * Checks one entry's proof alone, with no log at hand: the note is signed by every key given, its root covers the entry at
 * this index, and the entry is one. Never throws.
 */
export function verifyProof(bytes: Uint8Array, keys: CheckpointKeys): ProofReport {
  try {
    const proof = parseTlogProof(bytes);
    const leaf = proof.extra;
    if (leaf === null) return no('The proof comes without its entry.');
    const checkpoint = readSignedCheckpoint(proof.checkpoint, keys);
    if ('code' in checkpoint) return no(checkpoint.message);
    const { origin, size, root } = checkpoint;
    // Longer than any entry of a log; leafHash refuses it too.
    if (leaf.length > 65_535 || !verifyInclusion(proof.index, size, leafHash(leaf), proof.hashes, root))
      return no('Its checkpoint does not cover this entry at this index.');
    const parsed = parseEntry(leaf);
    const about = { origin, size, root: Buffer.from(root).toString('base64') };
    return { ok: true, ...about, index: proof.index, entry: parsed };
  } catch (cause) {
    return no(asWritError(cause, 'WRIT_AUDIT_CORRUPT', 'It cannot be read.').detail ?? 'It cannot be read.');
  }
}

const no = (fault: string): ProofReport => ({ ok: false, fault });
