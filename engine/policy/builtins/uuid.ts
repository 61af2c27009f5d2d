import { Buffer } from 'node:buffer';
import { toBytes } from './byte-text.ts';
import { NoAnswer, text } from './operands.ts';
import type { Builtins, Term } from './term.ts';

export const uuid: Builtins = {
  'uuid.parse': ([operand]) => describe(parse(toBytes(text(operand)))),
};

/** The forms that differ in length, none of which is looked at more closely than this; as github.com/google/uuid. */
function parse(written: string): Buffer {
  const digits = /^[0-9a-fA-F]{32}$/.exec(written)?.[0] ?? hyphenated(written);
  return Buffer.from(digits, 'hex');
}

function hyphenated(written: string): string {
  const bare = bareForm(written);
  const groups = /^([0-9a-fA-F]{8})-([0-9a-fA-F]{4})-([0-9a-fA-F]{4})-([0-9a-fA-F]{4})-([0-9a-fA-F]{12})/s.exec(bare);
  if (groups === null) throw new NoAnswer();
  return groups.slice(1).join('');
}

function bareForm(written: string): string {
  if (written.length === 36) return written;
  if (written.length === 38) return written.slice(1);
  if (written.length === 45 && /^urn:uuid:/i.test(written)) return written.slice(9);
  throw new NoAnswer();
}

const domains = ['Person', 'Group', 'Org'];

/** RFC 4122, 4.1: the fields of a version 1 UUID, and of a version 2 one as DCE has it. Others have none. */
function describe(bytes: Buffer): Map<Term, Term> {
  const version = bytes.readUInt8(6) >> 4;
  const found = new Map<Term, Term>([
    ['version', version],
    ['variant', variantOf(bytes.readUInt8(8))],
  ]);
  if (version !== 1 && version !== 2) return found;
  const node = bytes.subarray(10);
  found.set('time', unixNanoseconds(bytes));
  found.set('nodeid', [...node].map((byte) => byte.toString(16).padStart(2, '0')).join('-'));
  found.set('macvariables', cast(node.readUInt8(0)));
  found.set('clocksequence', bytes.readUInt16BE(8) & 0x3fff);
  if (version === 1) return found;
  const domain = bytes.readUInt8(9);
  found.set('id', bytes.readUInt32BE(0));
  found.set('domain', domains[domain] ?? `Domain${domain}`);
  return found;
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122';
  if ((byte & 0xe0) === 0xc0) return 'Microsoft';
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved';
}

function cast(byte: number): string {
  return `${(byte & 2) === 0 ? 'global' : 'local'}:${(byte & 1) === 0 ? 'unicast' : 'multicast'}`;
}

/** Ticks of 100 ns from 15 October 1582, when the calendar of these UUIDs begins, to 1970. */
const epoch = 122_192_928_000_000_000n;

/** In 64 bits, which times beyond the year 2262 overflow, as they do in OPA. */
function unixNanoseconds(bytes: Buffer): bigint {
  const [low, middle, high] = [bytes.readUInt32BE(0), bytes.readUInt16BE(4), bytes.readUInt16BE(6) & 0xfff];
  const ticks = BigInt(low) | (BigInt(middle) << 32n) | (BigInt(high) << 48n);
  return BigInt.asIntN(64, (ticks - epoch) * 100n);
}
