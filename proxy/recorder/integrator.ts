import type { Decipheriv } from 'node:crypto';
import { closeSync, existsSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { TILE_WIDTH } from '../../engine/audit/tiles.ts';
import { Tree } from '../../engine/audit/tree.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Integrated, writeIntegrated } from './integrated.ts';
import type { Keys } from './keys.ts';
import { type RawRecord, readRecords } from './payload-record.ts';
import { PayloadStore } from './payload-store.ts';
import { SegmentReader } from './segment-reader.ts';
import { TileStore } from './tile-store.ts';
import {
  entryTime,
  type Frame,
  followCalls,
  payloadDecipher,
  SEGMENT_HEADER_BYTES,
  segmentPath,
} from './wal-format.ts';

/** Payload taken in one step, which is held in memory. */
const STEP_BYTES = 1 << 20;

/**
 * Turns durable frames of the write-ahead log into tiles, entry bundles and payload records. All of it blocks its thread and
 * none of it is urgent: until `publish` returns, the write-ahead log still has everything.
 */
export class Integrator {
  readonly #directory: string;
  readonly #keys: Keys;
  readonly #tiles: TileStore;
  readonly #payload: PayloadStore;
  readonly #tree: Tree;
  /** The entry bundle that is not full yet. */
  readonly #bundle = new ByteWriter();
  readonly #open: Set<string>;
  #state: Integrated;
  #segment: SegmentReader;
  #decipher: Decipheriv | undefined;
  #payloadBytes: number;
  /** Segments of which every frame was taken. */
  readonly #finished: number[] = [];
  #last: Buffer | undefined;

  /** Goes on from `state`. Throws WRIT_AUDIT_CORRUPT where tiles on disk do not give its root. */
  constructor(directory: string, keys: Keys, state: Integrated) {
    this.#directory = directory;
    this.#keys = keys;
    this.#state = state;
    this.#tiles = new TileStore(directory);
    const { size } = state;
    this.#tree = Tree.restore(
      size,
      ({ level, index, width }) => this.#tiles.read(level, index, width),
      (level, index, hashes) => this.#tiles.write(level, index, TILE_WIDTH, hashes),
    );
    if (this.#tree.root().toString('base64') !== state.root) {
      throw new WritError('WRIT_AUDIT_CORRUPT', 'The tiles on disk do not give the root that was signed.');
    }
    if (size % TILE_WIDTH > 0) {
      this.#bundle.bytes(this.#tiles.read('entries', Math.floor(size / TILE_WIDTH), size % TILE_WIDTH));
    }
    this.#open = new Set(state.open);
    this.#payload = new PayloadStore(directory, keys, state.payload);
    this.#payloadBytes = state.wal.payload;
    this.#segment = this.#openSegment(state.wal.segment, state.wal.offset);
  }

  get size(): number {
    return this.#tree.size;
  }

  /** Takes at most `frames` frames, all of which must be durable, and returns how many it took: at least one of them. */
  take(frames: number): number {
    const from = this.#tree.size;
    const records: RawRecord[] = [];
    let taken = 0;
    for (let bytes = 0; taken < frames && bytes < STEP_BYTES; taken++) {
      const frame = this.#nextFrame();
      this.#takeEntries(frame.entries);
      followCalls(frame.events, this.#open);
      if (frame.payload.length > 0 && this.#decipher !== undefined) {
        records.push(...readRecords(this.#decipher.update(frame.payload)));
        this.#payloadBytes += frame.payload.length;
        bytes += frame.payload.length;
      }
      bytes += frame.entries.length;
    }
    if (records.length > 0) this.#payload.put(records, from);
    return taken;
  }

  /**
   * Makes everything taken so far durable in its final place, and only then drops the write-ahead segments that held it.
   * With `last` the current segment is dropped too; none of its frames may be left to take.
   */
  publish(last = false): { size: number; root: Uint8Array } {
    this.#payload.sync();
    const size = this.#tree.size;
    for (const { level, index, width, hashes } of this.#tree.edge()) this.#tiles.write(level, index, width, hashes);
    if (this.#bundle.length > 0) {
      this.#tiles.write('entries', Math.floor(size / TILE_WIDTH), size % TILE_WIDTH, this.#bundle.view());
    }
    this.#tiles.sync();
    if (last) this.#finished.push(this.#segment.number);
    const root = this.#tree.root();
    this.#state = {
      v: 1,
      size,
      root: root.toString('base64'),
      time: this.#last === undefined ? this.#state.time : entryTime(this.#last),
      open: [...this.#open],
      wal: last
        ? { segment: this.#segment.number + 1, offset: SEGMENT_HEADER_BYTES, payload: 0 }
        : { segment: this.#segment.number, offset: this.#segment.position, payload: this.#payloadBytes },
      payload: this.#payload.position,
    };
    writeIntegrated(this.#directory, this.#state);
    this.#tiles.dropObsolete();
    for (const segment of this.#finished.splice(0)) dropSegment(segmentPath(this.#directory, segment));
    return { size, root };
  }

  destroyCallKey(call: string): number {
    return this.#payload.destroy(call);
  }

  #nextFrame(): Frame {
    for (;;) {
      const frame = this.#segment.next();
      if (frame !== undefined) return frame;
      // The caller knows of one more durable frame, so it must begin the next segment.
      const { number } = this.#segment;
      this.#segment.close();
      this.#finished.push(number);
      this.#payloadBytes = 0;
      this.#segment = this.#openSegment(number + 1, SEGMENT_HEADER_BYTES);
    }
  }

  #openSegment(number: number, offset: number): SegmentReader {
    let segment: SegmentReader;
    try {
      segment = new SegmentReader(this.#directory, number, offset, this.#keys);
    } catch (cause) {
      throw asWritError(cause, 'WRIT_AUDIT_CORRUPT', 'A write-ahead segment is missing.');
    }
    this.#decipher = segment.key && payloadDecipher(segment.key, this.#payloadBytes);
    return segment;
  }

  #takeEntries(entries: Buffer): void {
    for (let at = 0; at < entries.length; ) {
      const end = at + 2 + entries.readUInt16BE(at);
      const entry = entries.subarray(at + 2, end);
      this.#bundle.bytes(entries.subarray(at, end));
      this.#tree.append(entry);
      if (this.#tree.size % TILE_WIDTH === 0) {
        this.#tiles.write('entries', this.#tree.size / TILE_WIDTH - 1, TILE_WIDTH, this.#bundle.view());
        this.#bundle.reset();
      }
      at = end;
      if (at === entries.length) this.#last = Buffer.from(entry);
    }
  }
}

/** What was encrypted under the segment's key cannot be read from then on, wherever the disk still has it. */
function dropSegment(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  try {
    writeSync(file, Buffer.alloc(SEGMENT_HEADER_BYTES), 0, SEGMENT_HEADER_BYTES, 0);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(path);
}
