import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { WritError } from '../../engine/errors.ts';
import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { Keys } from './keys.ts';

/**
 * A write-ahead segment is a header and frames. A frame is what one fdatasync made durable:
 *
 *     header:  "writwal1" || number u32 || AES-KW(segment key) 40 bytes || crc32
 *     frame:   crc32 || length u32 || body            (the crc covers length and body)
 *     body:    entries length u32 || events length u32 || entries || events || payload
 *
 * entries are as in a C2SP entry bundle (length u16, bytes); events name calls that began (1) or ended (2); payload is
 * encrypted with AES-256-CTR under the segment's own key, one key stream over all its frames. CRC-32 finds torn writes and
 * rot; it need not find an attacker, who could as well write entries of his own here: what binds payload to entries
 * is the commitments. crc32 is zlib's, as Node has that one in native code.
 */
const MAGIC = Buffer.from('writwal1');
const WRAPPED_KEY_BYTES = 40;
export const SEGMENT_HEADER_BYTES = MAGIC.length + 4 + WRAPPED_KEY_BYTES + 4;
const FRAME_HEADER_BYTES = 8;
const BODY_HEADER_BYTES = 8;
const NO_HEADER = Buffer.alloc(FRAME_HEADER_BYTES + BODY_HEADER_BYTES);

/** That a call was forwarded, or ended; recovery needs no more to know which calls a crash cut off. */
export interface CallEvent {
  kind: 'began' | 'ended';
  call: string;
}

export interface Frame {
  entries: Buffer;
  events: Buffer;
  /** Encrypted. */
  payload: Buffer;
  /** Where the next frame begins. */
  end: number;
}

export function segmentPath(directory: string, number: number): string {
  return join(directory, 'wal', `${String(number).padStart(10, '0')}.wal`);
}

export function segmentHeader(number: number, key: Uint8Array, keys: Keys): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  MAGIC.copy(header);
  header.writeUInt32BE(number, MAGIC.length);
  keys.wrapSegmentKey(key).copy(header, MAGIC.length + 4);
  header.writeUInt32BE(crc32(header.subarray(0, -4)), SEGMENT_HEADER_BYTES - 4);
  return header;
}

/** The segment's key, or undefined where the header was not written whole. */
export function readSegmentHeader(header: Buffer, number: number, keys: Keys): Buffer | undefined {
  if (header.length < SEGMENT_HEADER_BYTES) return undefined;
  const sound = header.readUInt32BE(SEGMENT_HEADER_BYTES - 4) === crc32(header.subarray(0, SEGMENT_HEADER_BYTES - 4));
  if (!sound || !header.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  if (header.readUInt32BE(MAGIC.length) !== number) return undefined;
  try {
    return keys.unwrapSegmentKey(header.subarray(MAGIC.length + 4, MAGIC.length + 4 + WRAPPED_KEY_BYTES));
  } catch (cause) {
    throw new WritError('WRIT_KEY_INVALID', 'The master key is not the one this log was written with.', { cause });
  }
}

/** Begins a frame; its entries are written after this. */
export function beginFrame(frame: ByteWriter): void {
  frame.reset();
  frame.bytes(NO_HEADER);
}

/** Ends a frame that holds its entries. The bytes are lent until the frame is written to again. */
export function endFrame(frame: ByteWriter, events: Uint8Array, payload: Uint8Array): Buffer {
  const entries = frame.length - NO_HEADER.length;
  frame.bytes(events);
  frame.bytes(payload);
  const bytes = frame.view();
  bytes.writeUInt32BE(bytes.length - FRAME_HEADER_BYTES, 4);
  bytes.writeUInt32BE(entries, 8);
  bytes.writeUInt32BE(events.length, 12);
  bytes.writeUInt32BE(crc32(bytes.subarray(4)), 0);
  return bytes;
}

/** The frame at `at` in `bytes`, or undefined where there is none that is whole and sound. */
export function readFrame(bytes: Buffer, at: number): Frame | undefined {
  const end = frameEnd(bytes, at);
  if (end === undefined || end > bytes.length) return undefined;
  if (bytes.readUInt32BE(at) !== crc32(bytes.subarray(at + 4, end))) return undefined;
  const start = at + FRAME_HEADER_BYTES + BODY_HEADER_BYTES;
  const events = start + bytes.readUInt32BE(at + 8);
  const payload = events + bytes.readUInt32BE(at + 12);
  if (payload > end) return undefined;
  return {
    entries: bytes.subarray(start, events),
    events: bytes.subarray(events, payload),
    payload: bytes.subarray(payload, end),
    end,
  };
}

/** Where the frame at `at` says it ends, which may be past the end of `bytes`. */
export function frameEnd(bytes: Buffer, at: number): number | undefined {
  if (bytes.length < at + FRAME_HEADER_BYTES) return undefined;
  const length = bytes.readUInt32BE(at + 4);
  return length < BODY_HEADER_BYTES ? undefined : at + FRAME_HEADER_BYTES + length;
}

export function payloadCipher(key: Uint8Array): Cipheriv {
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
}

/** Decrypts the payload of a segment from byte `skip` of its key stream on. */
export function payloadDecipher(key: Uint8Array, skip: number): Decipheriv {
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(Math.floor(skip / 16)), 8);
  const decipher = createDecipheriv('aes-256-ctr', key, counter);
  decipher.update(Buffer.alloc(skip % 16));
  return decipher;
}

export function writeEvent(out: ByteWriter, { kind, call }: CallEvent): void {
  out.u8(kind === 'began' ? 1 : 2);
  out.name(call);
}

/** Brings a set of calls that are under way up to date with the events of a frame. */
export function followCalls(events: Buffer, open: Set<string>): void {
  const reader = new ByteReader(events);
  while (!reader.done) {
    const began = reader.u8() === 1;
    const call = reader.name();
    if (began) open.add(call);
    else open.delete(call);
  }
}

/** The time of an entry this process or the one before it wrote; a whole parse is for those who doubt it. */
export function entryTime(entry: Uint8Array): string {
  return String(Object(JSON.parse(Buffer.from(entry).toString())).time);
}

/** No string in an entry has a quote, so these bytes stand for nothing else. */
export function isKeyEntry(entry: Uint8Array): boolean {
  return Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength).includes('"kind":"key"');
}
