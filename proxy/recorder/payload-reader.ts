import { existsSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import type { Opening } from '../../engine/audit/entry.ts';
import type { PayloadPage, PayloadRecord } from '../../engine/audit/opening-ledger.ts';
import type { Keys } from './keys.ts';
import {
  dataPath,
  keysPath,
  openCallKeys,
  openRecord,
  type Page,
  payloadDirectory,
  readPages,
  recordContext,
} from './payload-format.ts';

/** The whole payload store in the order of the log, a page in memory at a time. */
export async function* readPayloads(directory: string, keys: Keys): AsyncGenerator<PayloadPage> {
  for await (const { page, data } of pages(directory)) {
    const callKeys = openCallKeys(page, keys);
    const records: PayloadRecord[] = [];
    for (const [index, row] of page.rows.entries()) {
      records.push({ call: row.call, openings: await readRecord(page, index, callKeys[index], data) });
    }
    yield { from: page.from, records };
  }
}

/**
 * What the payload store has of one call, by name of opening; `destroyed` where its key is gone, undefined where nothing
 * is known of it. An append reaches the store about a second after it is durable. Throws WRIT_AUDIT_CORRUPT.
 */
export async function readPayload(
  directory: string,
  keys: Keys,
  call: string,
): Promise<ReadonlyMap<string, Opening> | 'destroyed' | 'unreadable' | undefined> {
  let found: Map<string, Opening> | undefined;
  for await (const { page, data } of pages(directory)) {
    const index = page.rows.findIndex((row) => row.call === call);
    if (index < 0) continue;
    const openings = await readRecord(page, index, openCallKeys(page, keys)[index], data);
    if (typeof openings === 'string') return openings;
    found = new Map([...(found ?? []), ...openings]);
  }
  return found;
}

async function* pages(directory: string): AsyncGenerator<{ page: Page; data: FileHandle }> {
  if (!existsSync(payloadDirectory(directory))) return;
  const segments = (await readdir(payloadDirectory(directory))).filter((name) => name.endsWith('.keys'));
  for (const segment of segments.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b)) {
    const data = await open(dataPath(directory, segment));
    try {
      for (const page of readPages(await readFile(keysPath(directory, segment)))) yield { page, data };
    } finally {
      await data.close();
    }
  }
}

async function readRecord(
  page: Page,
  index: number,
  callKey: Buffer | undefined,
  data: FileHandle,
): Promise<PayloadRecord['openings']> {
  const row = page.rows[index];
  if (callKey === undefined || row === undefined) return 'destroyed';
  try {
    // A row may be forged: no more is read than the file has.
    const length = Math.min(row.length, (await data.stat()).size);
    const { buffer, bytesRead } = await data.read(Buffer.alloc(length), 0, length, row.offset);
    return openRecord(callKey, recordContext(page.tenant, row.call), buffer.subarray(0, bytesRead));
  } catch {
    return 'unreadable';
  }
}
