import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ByteWriter } from './byte-writer.ts';
import { makeDirectory, syncDirectory, writeAll } from './durable.ts';
import type { Integrated } from './integrated.ts';
import type { Keys } from './keys.ts';
import {
  CALL_KEY_BYTES,
  dataPath,
  encodePage,
  encryptRecord,
  keysPath,
  payloadDirectory,
  type Row,
  readPages,
  recordContext,
} from './payload-format.ts';
import type { RawRecord } from './payload-record.ts';

/** A segment that has grown to this is followed by the next. */
const SEGMENT_BYTES = 1 << 26;

/** Encrypts openings into the payload store. Nothing put here is certain to last before sync. */
export class PayloadStore {
  readonly #directory: string;
  readonly #keys: Keys;
  readonly #out = new ByteWriter();
  #position: Integrated['payload'];
  #data = -1;
  #callKeys = -1;

  /** Goes on at `position`: what a crash left beyond it is cut off, as it will be put once more. */
  constructor(directory: string, keys: Keys, position: Integrated['payload']) {
    this.#directory = directory;
    this.#keys = keys;
    this.#position = position;
    for (const changed of makeDirectory(payloadDirectory(directory))) syncDirectory(changed);
    for (const file of readdirSync(payloadDirectory(directory))) {
      if (Number.parseInt(file, 10) > position.segment) rmSync(join(payloadDirectory(directory), file));
    }
    this.#open();
  }

  get position(): Integrated['payload'] {
    return this.#position;
  }

  /** Puts records that came with entries from index `from` on; those of one call get one new key together. */
  put(records: readonly RawRecord[], from: number): void {
    if (this.#position.data >= SEGMENT_BYTES) {
      this.sync();
      this.close();
      this.#position = { segment: this.#position.segment + 1, data: 0, keys: 0 };
      this.#open();
    }
    const tenants = Map.groupBy(records, ({ tenant }) => tenant);
    for (const [tenant, own] of tenants)
      this.#putPage(
        tenant,
        Map.groupBy(own, ({ call }) => call),
        from,
      );
  }

  sync(): void {
    fdatasyncSync(this.#data);
    fdatasyncSync(this.#callKeys);
  }

  /** Overwrites every key of a call, durably; returns how many there were. Its records cannot be read from then on. */
  destroy(call: string): number {
    let destroyed = 0;
    for (let segment = 0; segment <= this.#position.segment; segment++) {
      const path = keysPath(this.#directory, segment);
      if (existsSync(path)) destroyed += destroyIn(path, call);
    }
    return destroyed;
  }

  close(): void {
    closeSync(this.#data);
    closeSync(this.#callKeys);
  }

  #putPage(tenant: string, calls: ReadonlyMap<string, RawRecord[]>, from: number): void {
    const callKeys = randomBytes(calls.size * CALL_KEY_BYTES);
    const rows: Row[] = [];
    const out = this.#out;
    out.reset();
    for (const [call, records] of calls) {
      const key = callKeys.subarray(rows.length * CALL_KEY_BYTES, (rows.length + 1) * CALL_KEY_BYTES);
      const start = out.length;
      const openings = records.map((record) => record.openings);
      encryptRecord(out, key, recordContext(tenant, call), openings);
      rows.push({ call, offset: this.#position.data + start, length: out.length - start });
    }
    const page = encodePage({ from, tenant, rows }, callKeys, this.#keys.payload(tenant));
    writeAll(this.#data, out.view());
    writeAll(this.#callKeys, page);
    const { segment, data, keys } = this.#position;
    this.#position = { segment, data: data + out.length, keys: keys + page.length };
  }

  #open(): void {
    const { segment, data, keys } = this.#position;
    this.#data = openAt(dataPath(this.#directory, segment), data);
    this.#callKeys = openAt(keysPath(this.#directory, segment), keys);
    syncDirectory(dirname(dataPath(this.#directory, segment)));
  }
}

function openAt(path: string, length: number): number {
  const file = openSync(path, 'a', 0o600);
  ftruncateSync(file, length);
  return file;
}

function destroyIn(path: string, call: string): number {
  const places: number[] = [];
  for (const { rows, keysAt } of readPages(readFileSync(path))) {
    for (const [index, row] of rows.entries()) if (row.call === call) places.push(keysAt + index * CALL_KEY_BYTES);
  }
  if (places.length === 0) return 0;
  const file = openSync(path, 'r+');
  try {
    for (const place of places) writeSync(file, Buffer.alloc(CALL_KEY_BYTES), 0, CALL_KEY_BYTES, place);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  return places.length;
}
