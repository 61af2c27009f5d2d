import type { Checkpoint } from './checkpoint.ts';
import { consistencyRanges, verifyConsistency } from './proof.ts';
import { rangeRoot } from './range-root.ts';
import type { ProblemCode } from './report.ts';
import { type CheckpointKeys, readSignedCheckpoint } from './signed-checkpoint.ts';
import type { LogReader } from './walk.ts';

const AT = 'earlier checkpoint';

/**
 * Checks that a log still begins with what `earlier` was signed for (RFC 6962 section 2.1.2): a checkpoint kept outside the
 * gateway, which shows a rewritten or cut log also where that was signed again.
 */
export async function verifySince(
  reader: LogReader,
  checkpoint: Checkpoint,
  earlier: Uint8Array,
  keys: CheckpointKeys,
  complain: (code: ProblemCode, at: string, message: string) => void,
): Promise<void> {
  const old = readSignedCheckpoint(earlier, keys);
  if ('code' in old) return complain(old.code, AT, old.message);
  if (old.origin !== checkpoint.origin) return complain('checkpoint-origin', AT, 'It is of another log.');
  if (old.size > checkpoint.size) {
    return complain(
      'checkpoint-behind',
      'checkpoint',
      `The log had ${old.size} entries once and has ${checkpoint.size}.`,
    );
  }
  const proof: Buffer[] = [];
  try {
    for (const range of consistencyRanges(old.size, checkpoint.size))
      proof.push(await rangeRoot(reader, checkpoint.size, range));
  } catch {
    // A tile that is missing is named by the walk through the log; without it nothing is proven.
  }
  if (!verifyConsistency(old.size, checkpoint.size, old.root, checkpoint.root, proof)) {
    complain('checkpoint-fork', 'checkpoint', 'The log does not begin with the entries that were signed then.');
  }
}
