import { WritError } from '../../engine/errors.ts';

/** Reads what ByteWriter wrote. Throws WRIT_AUDIT_CORRUPT at the end of the bytes. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get position(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#step(1));
  }

  u16(): number {
    return this.#bytes.readUInt16BE(this.#step(2));
  }

  u32(): number {
    return this.#bytes.readUInt32BE(this.#step(4));
  }

  u48(): number {
    return this.#bytes.readUIntBE(this.#step(6), 6);
  }

  /** A view, not a copy. */
  bytes(count: number): Buffer {
    const start = this.#step(count);
    return this.#bytes.subarray(start, start + count);
  }

  rest(): Buffer {
    return this.bytes(this.#bytes.length - this.#at);
  }

  name(): string {
    const length = this.u8();
    const start = this.#step(length);
    return this.#bytes.toString('latin1', start, start + length);
  }

  #step(count: number): number {
    const start = this.#at;
    if (start + count > this.#bytes.length) throw new WritError('WRIT_AUDIT_CORRUPT', 'A record is cut short.');
    this.#at = start + count;
    return start;
  }
}
