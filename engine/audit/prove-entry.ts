import { WritError } from '../errors.ts';
import { type RawEntry, readCheckpoint, readEntry } from './entries.ts';
import { inclusionRanges, verifyInclusion } from './proof.ts';
import { rangeRoot } from './range-root.ts';
import { formatTlogProof } from './tlog-proof.ts';
import { leafHash } from './tree.ts';
import type { LogReader } from './walk.ts';

/**
 * A C2SP tlog-proof of the entry at `index` under the log's checkpoint, with the entry itself as its extra data, so that it
 * verifies without the log. Throws WRIT_AUDIT_NO_ENTRY beyond the checkpoint, and WRIT_AUDIT_CORRUPT rather than give a
 * proof that proves nothing.
 */
export async function proveEntry(reader: LogReader, index: number): Promise<RawEntry & { proof: Buffer }> {
  const { size, root, note } = await readCheckpoint(reader);
  const found = await readEntry(reader, size, index);
  const hashes: Buffer[] = [];
  for (const range of inclusionRanges(index, size)) hashes.push(await rangeRoot(reader, size, range));
  if (!verifyInclusion(index, size, leafHash(found.bytes), hashes, root))
    throw new WritError('WRIT_AUDIT_CORRUPT', `Entry ${index} and its tiles do not give the root that was signed.`);
  return { ...found, proof: formatTlogProof({ extra: found.bytes, index, hashes, checkpoint: note }) };
}
