import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDirectory } from '../../cli/verify-directory.ts';
import { parseCheckpoint } from '../../engine/audit/checkpoint.ts';
import type { Entry } from '../../engine/audit/entry.ts';
import { parseNote } from '../../engine/audit/note.ts';
import { parseEntry } from '../../engine/audit/parse-entry.ts';
import { walkLog } from '../../engine/audit/walk.ts';
import { openLog } from '../../proxy/recorder/log-reader.ts';

/**
 * Every entry of a log that verifies, its payload store too, and is closed in order. `directory` is that of the gateway,
 * which has the keys.
 */
export async function readSealedLog(directory: string, audit = join(directory, 'audit')): Promise<Entry[]> {
  const report = await verifyDirectory(audit, join(audit, 'log.vkey'), join(directory, 'keys/master.key'));
  assert.deepEqual(report.problems, []);
  assert.ok(report.ok && report.sealed);
  assert.deepEqual([report.open, report.openings?.absent], [0, 0]);

  const checkpoint = parseCheckpoint(parseNote(readFileSync(join(audit, 'checkpoint'))).text);
  const entries: Entry[] = [];
  const complain = (_: string, at: string, message: string) => assert.fail(`${at}: ${message}`);
  for await (const bundle of walkLog(openLog(audit), checkpoint, complain)) entries.push(...bundle.map(parseEntry));
  return entries;
}

/** The arguments of each call, by call id, as the payload store keeps them. */
export async function readArguments(
  directory: string,
  audit = join(directory, 'audit'),
): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  for await (const { records } of openLog(audit, join(directory, 'keys/master.key')).payloads?.() ?? []) {
    for (const { call, openings } of records) {
      const value = typeof openings === 'string' ? undefined : openings.get('arguments')?.value;
      if (value !== undefined) found.set(call, JSON.parse(Buffer.from(value).toString('utf8')));
    }
  }
  return found;
}

/**
 * The entries without those of tools/list: before the first call of a tool in a session the gateway lists the tools itself, and
 * that is on record like any call.
 */
export function withoutListings(entries: readonly Entry[]): Entry[] {
  const lists = new Set(
    ofKind(entries, 'decision').flatMap(({ method, call }) => (method === 'tools/list' ? [call] : [])),
  );
  return entries.filter((entry) => !('call' in entry) || !lists.has(entry.call));
}

type Kind<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

/** The entries of one kind. */
export function ofKind<K extends Entry['kind']>(entries: readonly Entry[], kind: K): Kind<K>[] {
  return entries.filter((entry): entry is Kind<K> => entry.kind === kind);
}
