import { type Cipheriv, randomBytes } from 'node:crypto';
import { closeSync, fdatasync, fsync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { asWritError, WritError } from '../../engine/errors.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Write, writeAll } from './durable.ts';
import type { Keys } from './keys.ts';
import { recordSize, writeRecord } from './payload-record.ts';
import type { CallPayload } from './types.ts';
import {
  beginFrame,
  type CallEvent,
  endFrame,
  payloadCipher,
  segmentHeader,
  segmentPath,
  writeEvent,
} from './wal-format.ts';

/** What the write-ahead log asks of a disk; tests put one in its place that fails. */
export interface Disk {
  write: Write;
  /** As fs.fdatasync. */
  sync: (file: number, done: (error: Error | null) => void) => void;
}
export const systemDisk: Disk = { write: writeSync, sync: fdatasync };

export interface WalOptions {
  directory: string;
  keys: Keys;
  /** Number of the first segment; it must not exist. */
  first: number;
  /** Counts the frames that are durable, for the thread that reads them. */
  durable: Int32Array;
  disk: Disk;
  /** A segment that has grown to this is followed by the next. */
  segmentBytes: number;
}

const syncAll = promisify(fsync);

/**
 * The write-ahead log, the one part of the recorder on the request's way. Appends gather while an fdatasync is under way and
 * share the next one. Once a write or fdatasync has failed nothing more is written: what the kernel dropped then cannot be
 * known, and a second fdatasync on the same file would say that all is well.
 */
export class Wal {
  readonly #options: WalOptions;
  /** The frame that gathers: its entries so far. Written synchronously, so one is enough. */
  readonly #frame = new ByteWriter();
  readonly #events = new ByteWriter(4_096);
  /** In clear, in memory only. */
  readonly #payload = new ByteWriter();
  #waiting = Promise.withResolvers<void>();
  #appends = 0;
  #rotation: PromiseWithResolvers<void> | undefined;
  #working = false;
  #failure: WritError | undefined;
  #number: number;
  #file = -1;
  #written = 0;
  #cipher: Cipheriv | undefined;

  private constructor(options: WalOptions) {
    this.#options = options;
    this.#number = options.first;
    this.#beginGroup();
  }

  /** Starts a segment. Throws WRIT_AUDIT_UNAVAILABLE. */
  static async open(options: WalOptions): Promise<Wal> {
    const wal = new Wal(options);
    try {
      await wal.#startSegment();
    } catch (cause) {
      throw asWritError(cause, 'WRIT_AUDIT_UNAVAILABLE', 'The write-ahead log cannot be started.');
    }
    return wal;
  }

  /** Set once appends are refused for good. */
  get failure(): WritError | undefined {
    return this.#failure;
  }

  /** Appends encoded entries, events and openings as one. Resolves when they are durable. */
  append(entries: readonly string[], events: readonly CallEvent[], payload?: CallPayload): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    // Whatever can throw comes first: a group is never left with half an append in it.
    const size = payload === undefined ? 0 : recordSize(payload);
    for (const entry of entries) {
      this.#frame.u16(entry.length);
      this.#frame.ascii(entry);
    }
    for (const event of events) writeEvent(this.#events, event);
    if (payload !== undefined) writeRecord(this.#payload, payload, size);
    this.#appends++;
    this.#work();
    return this.#waiting.promise;
  }

  /** Ends the current segment, once what was appended before is in it, and starts the next. */
  rotate(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    this.#rotation ??= Promise.withResolvers();
    this.#work();
    return this.#rotation.promise;
  }

  /** Refuses every append from now on, those not yet durable included. */
  fail(cause: unknown): void {
    if (this.#failure !== undefined) return;
    this.#failure = new WritError('WRIT_AUDIT_UNAVAILABLE', undefined, { cause });
    this.#rotation?.reject(this.#failure);
    this.#waiting.promise.catch(() => {});
    this.#waiting.reject(this.#failure);
  }

  close(): void {
    this.fail(new WritError('WRIT_AUDIT_UNAVAILABLE', 'The log is closed.'));
    closeSync(this.#file);
  }

  #work(): void {
    if (this.#working) return;
    this.#working = true;
    void this.#writeGroups();
  }

  async #writeGroups(): Promise<void> {
    try {
      while (this.#appends > 0 || this.#rotation !== undefined) {
        // The rest of this turn of the event loop may bring more appends for the same fdatasync.
        await setImmediate();
        if (this.#failure !== undefined) break;
        if (this.#appends > 0) await this.#writeGroup();
        if (this.#rotation !== undefined || this.#written >= this.#options.segmentBytes) await this.#startSegment();
      }
    } catch (cause) {
      this.fail(cause);
    }
    this.#working = false;
  }

  async #writeGroup(): Promise<void> {
    const { disk, durable } = this.#options;
    const group = this.#waiting;
    this.#waiting = Promise.withResolvers();
    this.#appends = 0;
    let length = 0;
    try {
      const sealed = this.#cipher?.update(this.#payload.view()) ?? Buffer.alloc(0);
      const frame = endFrame(this.#frame, this.#events.view(), sealed);
      length = frame.length;
      writeAll(this.#file, frame, disk.write);
      this.#beginGroup();
      await synced(disk, this.#file);
    } catch (cause) {
      this.fail(cause);
      group.reject(this.#failure);
      return;
    }
    this.#written += length;
    Atomics.add(durable, 0, 1);
    group.resolve();
  }

  #beginGroup(): void {
    beginFrame(this.#frame);
    this.#events.reset();
    this.#payload.reset();
  }

  async #startSegment(): Promise<void> {
    const { directory, keys, disk } = this.#options;
    const path = segmentPath(directory, this.#number);
    const key = randomBytes(32);
    const file = openSync(path, 'wx', 0o600);
    writeAll(file, segmentHeader(this.#number, key, keys), disk.write);
    await synced(disk, file);
    const parent = openSync(dirname(path), 'r');
    await syncAll(parent).finally(() => closeSync(parent));
    if (this.#file !== -1) closeSync(this.#file);
    this.#file = file;
    this.#number++;
    this.#written = 0;
    this.#cipher = payloadCipher(key);
    this.#rotation?.resolve();
    this.#rotation = undefined;
  }
}

function synced(disk: Disk, file: number): Promise<void> {
  return new Promise((resolve, reject) => {
    disk.sync(file, (error) => (error === null ? resolve() : reject(error)));
  });
}
