import { WritError } from '../errors.ts';

/**
 * Just enough of the WebAssembly binary format (https://webassembly.github.io/spec/core/binary/) to walk a module that
 * the engine has already found valid. What it does not know it refuses: a feature nobody here has thought about is a
 * feature whose cost nobody has metered.
 */

export const section = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
} as const;

export const external = { function: 0, table: 1, memory: 2, global: 3 } as const;

export const i32 = 0x7f;
const f64 = 0x7c;

export function refuse(what: string): never {
  throw new WritError('WRIT_BUNDLE_INVALID', `policy.wasm ${what}.`);
}

/** A cursor that never leaves its bytes. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  byte(): number {
    const value = this.at < this.end ? this.bytes[this.at] : undefined;
    if (value === undefined) refuse('ends in the middle');
    this.at++;
    return value;
  }

  /** Unsigned LEB128 of at most 32 bits. */
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    return refuse('holds a number of more than 32 bits');
  }

  /** Passes over a LEB128 of at most `bits` bits, signed or not. */
  skipLeb(bits: 32 | 33 | 64): void {
    for (let size = Math.ceil(bits / 7); size > 0; size--) if (this.byte() < 0x80) return;
    refuse(`holds a number of more than ${bits} bits`);
  }

  skip(length: number): void {
    if (length > this.end - this.at) refuse('ends in the middle');
    this.at += length;
  }

  /** The next `u32` bytes, as a cursor of their own. */
  block(): Reader {
    const length = this.u32();
    const start = this.at;
    this.skip(length);
    return new Reader(this.bytes, start, this.at);
  }

  name(): string {
    const { at, end } = this.block();
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + at, end - at).toString('utf8');
  }

  slice(from: number, to: number): Uint8Array {
    return this.bytes.subarray(from, to);
  }

  rest(): Uint8Array {
    return this.slice(this.at, this.end);
  }

  /** A number type: no vectors, no references, so nothing in a module can hold what the host gave it. */
  numberType(): void {
    const type = this.byte();
    if (type < f64 || type > i32) refuse(`uses value type 0x${type.toString(16)}`);
  }
}

export function leb(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  do {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    out.push(rest > 0 ? byte | 0x80 : byte);
  } while (rest > 0);
  return out;
}

/** What an instruction means to the meter: the body of a loop follows, or its cost grows with the length on the stack. */
type Kind = 'plain' | 'loop' | 'bulk';

/** Passes over one instruction: its opcode and everything that belongs to it. */
export function skipInstruction(code: Reader): Kind {
  const op = code.byte();
  // Comparison, arithmetic, conversion, sign extension.
  if (op >= 0x45 && op <= 0xc4) return 'plain';
  // Loads and stores. Flags above the alignment would name another memory.
  if (op >= 0x28 && op <= 0x3e) {
    if (code.byte() > 3) refuse('addresses memory in an unknown way');
    code.skipLeb(32);
    return 'plain';
  }
  switch (op) {
    case 0x00: // unreachable
    case 0x01: // nop
    case 0x05: // else
    case 0x0b: // end
    case 0x0f: // return
    case 0x1a: // drop
    case 0x1b: // select
      return 'plain';
    case 0x02: // block
    case 0x04: // if
      skipBlockType(code);
      return 'plain';
    case 0x03: // loop
      skipBlockType(code);
      return 'loop';
    case 0x0c: // br
    case 0x0d: // br_if
    case 0x10: // call
    case 0x20: // local.get
    case 0x21: // local.set
    case 0x22: // local.tee
    case 0x23: // global.get
    case 0x24: // global.set
    case 0x41: // i32.const
      code.skipLeb(32);
      return 'plain';
    case 0x42: // i64.const
      code.skipLeb(64);
      return 'plain';
    case 0x43: // f32.const
      code.skip(4);
      return 'plain';
    case 0x44: // f64.const
      code.skip(8);
      return 'plain';
    case 0x0e: // br_table: a vector of labels, then the default
      for (let labels = code.u32() + 1; labels > 0; labels--) code.skipLeb(32);
      return 'plain';
    case 0x11: // call_indirect: type, table
      code.skipLeb(32);
      code.skipLeb(32);
      return 'plain';
    case 0x1c: // select with a type
      if (code.byte() !== 1) refuse('selects more than one value');
      code.numberType();
      return 'plain';
    case 0x3f: // memory.size
    case 0x40: // memory.grow
      skipMemoryIndex(code);
      return 'plain';
    case 0xfc:
      return skipPrefixed(code);
    default:
      return refuse(`uses opcode 0x${op.toString(16)}`);
  }
}

/** Empty, one number type, or the index of a function type. */
function skipBlockType(code: Reader): void {
  const first = code.bytes[code.at] ?? 0;
  if (first === 0x40) code.byte();
  else if (first >= f64 && first <= i32) code.byte();
  else if (first >= 0x40 && first < 0x80) refuse(`uses block type 0x${first.toString(16)}`);
  else code.skipLeb(33);
}

function skipPrefixed(code: Reader): Kind {
  const op = code.u32();
  if (op <= 7) return 'plain'; // saturating truncation
  if (op !== 10 && op !== 11) refuse(`uses opcode 0xfc ${op}`);
  skipMemoryIndex(code); // memory.fill
  if (op === 10) skipMemoryIndex(code); // memory.copy: from and to
  return 'bulk';
}

function skipMemoryIndex(code: Reader): void {
  if (code.byte() !== 0) refuse('addresses memory in an unknown way');
}
