import { asWritError } from '../errors.ts';
import { bundleDigest, bundlePath } from './bundle.ts';
import { CallLedger } from './call-ledger.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import type { Digest, Entry } from './entry.ts';
import { isSignedBy, parseNote } from './note.ts';
import { OpeningLedger, type PayloadPage } from './opening-ledger.ts';
import { parseEntry } from './parse-entry.ts';
import { type AuditReport, addProblem, emptyReport, type ProblemCode } from './report.ts';
import { keyDigest, type VerifierKey } from './verifier-key.ts';
import { type LogReader, walkLog } from './walk.ts';

/**
 * Checks a log: the checkpoint against the keys, tiles and root against the entries, the entries against their schema and
 * what must hold between them, archived bundles and payload against the digests in the log. Every key given must have signed.
 * Memory does not grow with the log. Never throws for anything it reads; the report says it all.
 */
export async function verifyLog(reader: LogReader, keys: readonly VerifierKey[]): Promise<AuditReport> {
  const report = emptyReport();
  try {
    const checkpoint = await verifyCheckpoint(reader, keys, report);
    if (checkpoint !== undefined) await verifyEntries(reader, checkpoint, keys, report);
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
  report: AuditReport,
): Promise<Checkpoint | undefined> {
  const refuse = (code: ProblemCode, message: string) => {
    addProblem(report, code, 'checkpoint', message);
    return undefined;
  };
  const bytes = await reader.read('checkpoint');
  if (bytes === undefined) return refuse('checkpoint-missing', 'There is no checkpoint.');
  try {
    const note = parseNote(bytes);
    const checkpoint = parseCheckpoint(note.text);
    const { origin, size, root } = checkpoint;
    if (keys.some(({ name }) => name !== null && name !== origin)) {
      return refuse('checkpoint-origin', 'The checkpoint is of another log than the key.');
    }
    if (keys.length === 0 || !keys.every((key) => isSignedBy(note, key, origin))) {
      return refuse('checkpoint-signature', 'The checkpoint is not signed by the key given.');
    }
    Object.assign(report, { origin, size, root: Buffer.from(root).toString('base64') });
    return checkpoint;
  } catch (cause) {
    return refuse('checkpoint-malformed', asWritError(cause, 'WRIT_AUDIT_CORRUPT').message);
  }
}

async function verifyEntries(
  reader: LogReader,
  checkpoint: Checkpoint,
  keys: readonly VerifierKey[],
  report: AuditReport,
): Promise<void> {
  let index = 0;
  const complain = (code: ProblemCode, message: string) => addProblem(report, code, `entry ${index}`, message);
  const calls = new CallLedger(complain);
  const openings = new OpeningLedger(complain);
  const pages = reader.payloads?.()[Symbol.asyncIterator]();
  let page = await nextPage(pages);
  let signer: Digest | undefined;

  for await (const bundle of walkLog(reader, checkpoint, (...problem) => addProblem(report, ...problem))) {
    for (const bytes of bundle) {
      for (; page !== undefined && page.from <= index; page = await nextPage(pages)) openings.load(page);
      const entry = readEntry(bytes, complain);
      if (entry !== undefined) {
        count(entry, report);
        calls.add(entry);
        openings.add(entry);
        if (entry.kind === 'bundle') await verifyBundle(reader, entry.digest, report);
        if (entry.kind === 'open') {
          signer = entry.key;
          if (entry.origin !== checkpoint.origin) complain('entry-order', 'The log was opened under another origin.');
        }
      }
      index++;
    }
    if (report.more > 0) break;
  }
  await pages?.return?.();
  if (index === 0) complain('entry-order', 'The log is empty.');
  if (signer !== undefined && !keys.some(({ spki }) => keyDigest(spki) === signer)) {
    addProblem(report, 'checkpoint-signature', 'checkpoint', 'The key is not the one the log was opened with.');
  }
  Object.assign(report, { open: calls.open, sealed: calls.sealed, openings: pages ? openings.counts : null });
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
