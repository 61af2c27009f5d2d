import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDirectory } from '../../cli/verify-directory.ts';
import { parseCheckpoint } from '../../engine/audit/checkpoint.ts';
import type { Entry } from '../../engine/audit/entry.ts';
import { parseNote } from '../../engine/audit/note.ts';
import { parseEntry } from '../../engine/audit/parse-entry.ts';
import type { AuditReport } from '../../engine/audit/report.ts';
import { walkLog } from '../../engine/audit/walk.ts';
import { openLog } from '../../proxy/recorder/log-reader.ts';

/** Verifies the log of the gateway that has its data in `directory`, the payload store too. */
export function verifyAudit(directory: string): Promise<AuditReport> {
  const audit = join(directory, 'audit');
  return verifyDirectory(audit, join(audit, 'log.vkey'), join(directory, 'keys/master.key'));
}

/** Every entry that the checkpoint covers, in order. */
async function readEntries(directory: string): Promise<Entry[]> {
  const audit = join(directory, 'audit');
  const checkpoint = parseCheckpoint(parseNote(readFileSync(join(audit, 'checkpoint'))).text);
  const entries: Entry[] = [];
  const complain = (_: string, at: string, message: string) => assert.fail(`${at}: ${message}`);
  for await (const bundle of walkLog(openLog(audit), checkpoint, complain)) entries.push(...bundle.map(parseEntry));
  return entries;
}

/** Every entry of a log that verifies and is closed in order. */
export async function readSealedLog(directory: string): Promise<Entry[]> {
  const report = await verifyAudit(directory);
  assert.deepEqual(report.problems, []);
  assert.ok(report.ok && report.sealed);
  assert.equal(report.openings?.absent, 0);
  return readEntries(directory);
}

type Kind<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** The entries of one kind. */
export function ofKind<K extends Entry['kind']>(entries: readonly Entry[], kind: K): Kind<K>[] {
  return entries.filter((entry): entry is Kind<K> => entry.kind === kind);
}
