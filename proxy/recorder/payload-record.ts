import type { Opening } from '../../engine/audit/entry.ts';
import { WritError } from '../../engine/errors.ts';
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { CallPayload } from './types.ts';

/**
 * Openings of one call on their way to the payload store:
 *
 *     record:   length u32 || tenant || call || openings      (names are a length u8 and ASCII)
 *     opening:  name || kept u8 || salt 32 bytes || if kept: length u32 || value
 */
export interface RawRecord {
  tenant: string;
  call: string;
  openings: Buffer;
}

const SALT_BYTES = 32;

/** Bytes of the record, its length included. Throws WRIT_INTERNAL for what could not be written. */
export function recordSize({ tenant, call, openings }: CallPayload): number {
  let size = 4 + nameSize(tenant) + nameSize(call);
  for (const [name, { salt, value }] of Object.entries(openings)) {
    if (salt.length !== SALT_BYTES) throw new WritError('WRIT_INTERNAL', 'A salt is not 32 bytes.');
    size += nameSize(name) + 1 + SALT_BYTES + (value === undefined ? 0 : 4 + value.length);
  }
  return size;
}

export function writeRecord(out: ByteWriter, { tenant, call, openings }: CallPayload, size: number): void {
  out.u32(size - 4);
  out.name(tenant);
  out.name(call);
  for (const [name, { salt, value }] of Object.entries(openings)) {
    out.name(name);
    out.u8(value === undefined ? 0 : 1);
    out.bytes(salt);
    if (value !== undefined) {
      out.u32(value.length);
      out.bytes(value);
    }
  }
}

export function* readRecords(bytes: Buffer): Generator<RawRecord> {
  const records = new ByteReader(bytes);
  while (!records.done) {
    const length = records.u32();
    const record = new ByteReader(records.bytes(length));
    const tenant = record.name();
    const call = record.name();
    yield { tenant, call, openings: record.rest() };
  }
}

export function readOpenings(bytes: Buffer): Map<string, Opening> {
  const openings = new Map<string, Opening>();
  const reader = new ByteReader(bytes);
  while (!reader.done) {
    const name = reader.name();
    const kept = reader.u8() === 1;
    const salt = reader.bytes(SALT_BYTES);
    openings.set(name, kept ? { salt, value: reader.bytes(reader.u32()) } : { salt });
  }
  return openings;
}

function nameSize(name: string): number {
  if (name.length === 0 || name.length > 255 || Buffer.byteLength(name) !== name.length)
    throw new WritError('WRIT_INTERNAL', 'A name in a payload is not short ASCII.');
  return 1 + name.length;
}
