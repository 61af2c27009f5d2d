import { asWritError } from '../errors.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { isSignedBy, parseNote } from './note.ts';
import type { ProblemCode } from './report.ts';
import { keysAt, type TrustedKey } from './trust.ts';
import type { VerifierKey } from './verifier-key.ts';

/** Keys of which every one must have signed, and those that trust.json has for the size of the checkpoint. */
export interface CheckpointKeys {
  readonly keys: readonly VerifierKey[];
  readonly trust: readonly TrustedKey[];
}

/** Reads the note of a checkpoint and checks who signed it, a P-256 key among them; or says what is wrong. Never throws. */
export function readSignedCheckpoint(
  note: Uint8Array,
  { keys: given, trust }: CheckpointKeys,
): Checkpoint | { code: ProblemCode; message: string } {
  try {
    const parsed = parseNote(note);
    const checkpoint = parseCheckpoint(parsed.text);
    const { origin, size } = checkpoint;
    const keys = [...given, ...keysAt(trust, size)];
    if (keys.some(({ name }) => name !== null && name !== origin)) {
      return { code: 'checkpoint-origin', message: 'The checkpoint is of another log than the key.' };
    }
    // The Ed25519 line is for witnesses: its key lies on the gateway's disk and proves nothing about who signed.
    if (!keys.some(({ type }) => type === 'ecdsa-p256')) {
      return { code: 'checkpoint-signature', message: 'No P-256 key is given for a checkpoint of this size.' };
    }
    if (!keys.every((key) => isSignedBy(parsed, key, origin))) {
      return { code: 'checkpoint-signature', message: 'The checkpoint is not signed by the key given.' };
    }
    return checkpoint;
  } catch (cause) {
    return { code: 'checkpoint-malformed', message: asWritError(cause, 'WRIT_AUDIT_CORRUPT').message };
  }
}
