import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Opening } from '../../engine/audit/entry.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Keys } from './keys.ts';
import { readOpenings } from './payload-record.ts';

/**
 * The payload store: `<n>.seg` holds what calls said, one AES-256-GCM record a call and page, each under a random key of
 * its own; `<n>.keys` holds those keys, in pages:
 *
 *     page:  length u32 || from u48 || tenant || nonce 16 bytes || count u32 || rows || call keys (32 bytes each)
 *     row:   call || offset u48 || length u32          (of the record in <n>.seg)
 *
 * Call keys are encrypted with AES-256-CTR under the tenant's key and the page's nonce, so each can be overwritten
 * where it lies. Zeros stand for a destroyed one. A call key encrypts one record ever, hence the fixed nonce.
 */
const RECORD_NONCE = Buffer.alloc(12);
const TAG_BYTES = 16;
export const CALL_KEY_BYTES = 32;

export interface Row {
  call: string;
  offset: number;
  length: number;
}

export interface Page {
  /** Index in the log of the first entry its records came with. */
  from: number;
  tenant: string;
  nonce: Buffer;
  rows: Row[];
  /** Encrypted. */
  callKeys: Buffer;
  /** Where in the file the call keys begin. */
  keysAt: number;
}

export const payloadDirectory = (directory: string) => join(directory, 'payload');
const numbered = (directory: string, number: number) =>
  join(payloadDirectory(directory), String(number).padStart(10, '0'));
export const dataPath = (directory: string, number: number) => `${numbered(directory, number)}.seg`;
export const keysPath = (directory: string, number: number) => `${numbered(directory, number)}.keys`;

export function encryptRecord(
  out: ByteWriter,
  callKey: Uint8Array,
  context: Uint8Array,
  parts: readonly Buffer[],
): void {
  const cipher = createCipheriv('aes-256-gcm', callKey, RECORD_NONCE);
  cipher.setAAD(context);
  for (const part of parts) out.bytes(cipher.update(part));
  cipher.final();
  out.bytes(cipher.getAuthTag());
}

/** What binds a record to its call: a record moved to another call or tenant does not decrypt. */
export function recordContext(tenant: string, call: string): Buffer {
  return Buffer.from(`${tenant}\0${call}`, 'latin1');
}

export function encodePage(
  page: Pick<Page, 'from' | 'tenant' | 'rows'>,
  callKeys: Uint8Array,
  tenantKey: KeyObject,
): Buffer {
  const nonce = randomBytes(16);
  const out = new ByteWriter(256 + page.rows.length * 96);
  out.u48(page.from);
  out.name(page.tenant);
  out.bytes(nonce);
  out.u32(page.rows.length);
  for (const { call, offset, length } of page.rows) {
    out.name(call);
    out.u48(offset);
    out.u32(length);
  }
  out.bytes(createCipheriv('aes-256-ctr', tenantKey, nonce).update(callKeys));
  const framed = Buffer.allocUnsafe(4 + out.length);
  framed.writeUInt32BE(out.length);
  framed.set(out.view(), 4);
  return framed;
}

/** The pages in the bytes of a .keys file. Throws WRIT_AUDIT_CORRUPT. */
export function* readPages(bytes: Buffer): Generator<Page> {
  const file = new ByteReader(bytes);
  while (!file.done) {
    const length = file.u32();
    const start = file.position;
    const page = new ByteReader(file.bytes(length));
    const [from, tenant, nonce] = [page.u48(), page.name(), page.bytes(16)];
    const rows: Row[] = [];
    for (let left = page.u32(); left > 0; left--) {
      rows.push({ call: page.name(), offset: page.u48(), length: page.u32() });
    }
    const keysAt = start + page.position;
    const callKeys = page.bytes(rows.length * CALL_KEY_BYTES);
    yield { from, tenant, nonce, rows, callKeys, keysAt };
  }
}

/** The call keys of a page in clear, in the order of its rows; undefined for a destroyed one. */
export function openCallKeys(page: Page, keys: Keys): (Buffer | undefined)[] {
  const clear = createDecipheriv('aes-256-ctr', keys.payload(page.tenant), page.nonce).update(page.callKeys);
  return page.rows.map((_, index) => {
    const [start, end] = [index * CALL_KEY_BYTES, (index + 1) * CALL_KEY_BYTES];
    const destroyed = page.callKeys.subarray(start, end).every((byte) => byte === 0);
    return destroyed ? undefined : clear.subarray(start, end);
  });
}

/** Opens a record; `data` is what the row points to in the .seg file. Throws where it is not what was put there. */
export function openRecord(callKey: Buffer, context: Uint8Array, data: Buffer): Map<string, Opening> {
  const decipher = createDecipheriv('aes-256-gcm', callKey, RECORD_NONCE, { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  return readOpenings(Buffer.concat([decipher.update(data.subarray(0, -TAG_BYTES)), decipher.final()]));
}
