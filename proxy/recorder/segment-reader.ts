import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Keys } from './keys.ts';
import { type Frame, frameEnd, readFrame, readSegmentHeader, SEGMENT_HEADER_BYTES, segmentPath } from './wal-format.ts';

const WINDOW = 1 << 19;

/** Reads the frames of one write-ahead segment in order, a window of the file at a time. */
export class SegmentReader {
  readonly number: number;
  /** Undefined where the segment's header was not written whole: it then holds no frame. */
  readonly key: Buffer | undefined;
  readonly #file: number;
  #memory = Buffer.allocUnsafeSlow(WINDOW);
  #window = Buffer.alloc(0);
  /** Where in the file the window begins, and where in the window the next frame. */
  #start: number;
  #at = 0;

  constructor(directory: string, number: number, offset: number, keys: Keys) {
    this.number = number;
    this.#file = openSync(segmentPath(directory, number), 'r');
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const read = readSync(this.#file, header, 0, SEGMENT_HEADER_BYTES, 0);
    this.key = readSegmentHeader(header.subarray(0, read), number, keys);
    this.#start = Math.max(offset, SEGMENT_HEADER_BYTES);
  }

  /** Where in the file the next frame begins. */
  get position(): number {
    return this.#start + this.#at;
  }

  /** The next frame, lent until the call after; undefined where no whole and sound frame follows. */
  next(): Frame | undefined {
    let frame = readFrame(this.#window, this.#at);
    if (frame === undefined) {
      this.#refill(WINDOW);
      const end = frameEnd(this.#window, 0) ?? 0;
      if (end > this.#window.length) this.#refill(end);
      frame = readFrame(this.#window, 0);
    }
    if (frame !== undefined) this.#at = frame.end;
    return frame;
  }

  /** Everything from the next frame on. */
  rest(): Buffer {
    this.#refill(Number.POSITIVE_INFINITY);
    return this.#window;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Has the window begin at the next frame and hold `bytes` of the file, or what there is. */
  #refill(bytes: number): void {
    this.#start += this.#at;
    this.#at = 0;
    // A torn length may claim anything; no more is read than the file has.
    const length = Math.max(0, Math.min(bytes, fstatSync(this.#file).size - this.#start));
    if (this.#memory.length < length) this.#memory = Buffer.allocUnsafeSlow(length);
    else if (length <= WINDOW && this.#memory.length > WINDOW) this.#memory = Buffer.allocUnsafeSlow(WINDOW);
    this.#window = this.#memory.subarray(0, readSync(this.#file, this.#memory, 0, length, this.#start));
  }
}
