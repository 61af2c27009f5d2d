import { asWritError } from '../errors.ts';
import { bundleDigest, bundlePath } from './bundle.ts';
import { CallLedger } from './call-ledger.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Digest, Entry } from './entry.ts';
import { KeyChain } from './key-chain.ts';
import { OpeningLedger, type PayloadPage } from './opening-ledger.ts';
import { parseEntry } from './parse-entry.ts';
import { type AuditReport, addProblem, emptyReport, type ProblemCode } from './report.ts';
import { type CheckpointKeys, readSignedCheckpoint } from './signed-checkpoint.ts';
import { keysAt, type TrustedKey } from './trust.ts';
import type { VerifierKey } from './verifier-key.ts';
import { verifySince } from './verify-since.ts';
import { type LogReader, walkLog } from './walk.ts';

/** What the log's directory cannot say of itself, remembered or known elsewhere. */
export interface Expected {
  /** The note of a checkpoint that was seen before: the log must go on from it. */
  since?: Uint8Array;
  /** RFC 3339, UTC, milliseconds: the last entry must not be older. */
  notBefore?: string;
}

/**
 * Checks a log: the checkpoint against the keys, tiles and root against the entries, the entries against their schema and
 * what must hold between them, archived bundles and payload against the digests in the log. Every key given must have signed,
 * a P-256 key among them, and every key that `trust` has for the size of the checkpoint.
 * Memory does not grow with the log. Never throws for anything it reads; the report says it all.
 */
export async function verifyLog(
  reader: LogReader,
  keys: readonly VerifierKey[],
  trust: readonly TrustedKey[] = [],
  expected: Expected = {},
): Promise<AuditReport> {
  const report = emptyReport();
  try {
    const checkpoint = await verifyCheckpoint(reader, keys, trust, report);
    if (checkpoint !== undefined) {
      await verifyEntries(reader, checkpoint, keys, trust, report);
      await verifyExpected(reader, checkpoint, { keys, trust }, expected, report);
    }
    report.ok = checkpoint !== undefined && report.problems.length === 0;
  } catch (cause) {
    // What can throw here is the reader: a disk that fails, a directory where a file should be.
    addProblem(report, 'file-unreadable', 'log', asWritError(cause, 'WRIT_AUDIT_CORRUPT').message);
  }
  return report;
}

async function verifyCheckpoint(
  reader: LogReader,
  keys: readonly VerifierKey[],
  trust: readonly TrustedKey[],
  report: AuditReport,
): Promise<Checkpoint | undefined> {
  const refuse = (code: ProblemCode, message: string) => {
    addProblem(report, code, 'checkpoint', message);
    return undefined;
  };
  const bytes = await reader.read('checkpoint');
  if (bytes === undefined) return refuse('checkpoint-missing', 'There is no checkpoint.');
  const checkpoint = readSignedCheckpoint(bytes, { keys, trust });
  if ('code' in checkpoint) return refuse(checkpoint.code, checkpoint.message);
  const { origin, size, root } = checkpoint;
  Object.assign(report, { origin, size, root: Buffer.from(root).toString('base64') });
  return checkpoint;
}

async function verifyEntries(
  reader: LogReader,
  checkpoint: Checkpoint,
  given: readonly VerifierKey[],
  trust: readonly TrustedKey[],
  report: AuditReport,
): Promise<void> {
  let index = 0;
  const complain = (code: ProblemCode, message: string) => addProblem(report, code, `entry ${index}`, message);
  const calls = new CallLedger(complain);
  const openings = new OpeningLedger(complain);
  const pages = reader.payloads?.()[Symbol.asyncIterator]();
  let page = await nextPage(pages);
  const chain = new KeyChain(trust, complain);

  for await (const bundle of walkLog(reader, checkpoint, (...problem) => addProblem(report, ...problem))) {
    for (const bytes of bundle) {
      for (; page !== undefined && page.from <= index; page = await nextPage(pages)) openings.load(page);
      const entry = readEntry(bytes, complain);
      if (entry !== undefined) {
        count(entry, report);
        calls.add(entry);
        openings.add(entry);
        if (entry.kind === 'bundle') await verifyBundle(reader, entry.digest, report);
        chain.add(entry, index);
        if (entry.kind === 'open' && entry.origin !== checkpoint.origin) {
          complain('entry-order', 'The log was opened under another origin.');
        }
      }
      index++;
    }
    if (report.more > 0) break;
  }
  await pages?.return?.();
  if (index === 0) complain('entry-order', 'The log is empty.');
  chain.end(checkpoint.size);
  if (!chain.accepts([...given, ...keysAt(trust, checkpoint.size)])) {
    addProblem(report, 'checkpoint-signature', 'checkpoint', 'The key is not the one the log was opened with.');
  }
  Object.assign(report, {
    open: calls.open,
    unsent: calls.unsent,
    sealed: calls.sealed,
    openings: pages ? openings.counts : null,
  });
}

async function verifyExpected(
  reader: LogReader,
  checkpoint: Checkpoint,
  keys: CheckpointKeys,
  { since, notBefore }: Expected,
  report: AuditReport,
): Promise<void> {
  const complain = (...problem: [ProblemCode, string, string]) => addProblem(report, ...problem);
  if (since !== undefined) await verifySince(reader, checkpoint, since, keys, complain);
  if (notBefore !== undefined && (report.last ?? '') < notBefore)
    complain('checkpoint-stale', 'checkpoint', `The last entry is of ${report.last ?? 'no time'}, older than allowed.`);
}

async function nextPage(pages: AsyncIterator<PayloadPage> | undefined): Promise<PayloadPage | undefined> {
  const next = await pages?.next();
  return next?.done === false ? next.value : undefined;
}

function readEntry(bytes: Uint8Array, complain: (code: ProblemCode, message: string) => void): Entry | undefined {
  try {
    return parseEntry(bytes);
  } catch (cause) {
    complain('entry-malformed', asWritError(cause, 'WRIT_AUDIT_CORRUPT').message);
    return undefined;
  }
}

function count(entry: Entry, report: AuditReport): void {
  report.first ??= entry.time;
  report.last = entry.time;
  report.entries[entry.kind]++;
  if (entry.kind === 'decision') report.verdicts[entry.verdict]++;
  if (entry.kind === 'outcome') report.outcomes[entry.status]++;
}

async function verifyBundle(reader: LogReader, digest: Digest, report: AuditReport): Promise<void> {
  const path = bundlePath(digest);
  const bytes = await reader.read(path);
  if (bytes === undefined) addProblem(report, 'bundle-missing', path, 'An activated bundle is not archived.');
  else if (bundleDigest(bytes) !== digest)
    addProblem(report, 'bundle-mismatch', path, 'A bundle is not the one activated.');
  else report.bundles++;
}
