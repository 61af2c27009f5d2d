import { Buffer } from 'node:buffer';
import { type Address, maskAddress, maskByte, type Network, toIPv4, toIPv6 } from './ip.ts';
import { NoAnswer } from './operands.ts';
import type { Charge } from './term.ts';

/**
 * The fewest networks that hold what these hold, as OPA finds them (its internal/cidr/merge). Its arithmetic is followed
 * byte by byte, because where it meets IPv4-mapped networks of IPv6, or ones that begin with zeros, its answers are its
 * own; where it would crash, there is no answer.
 */
export function mergeNetworks(networks: readonly Network[], charge: Charge): Network[] {
  const ranges: Range[] = networks.map((network) => ({ ...rangeOf(network), network }));
  charge(ranges.length * Math.ceil(Math.log2(ranges.length + 1)) * 10);
  ranges.sort((left, right) => compareBytes(left.last, right.last) || compareBytes(left.first, right.first));
  const merged: Range[] = [];
  // From the end, each is joined with what follows it if nothing lies between.
  for (const range of ranges.toReversed()) {
    const after = merged.at(-1);
    if (after === undefined || compareBytes(previous(after.first), range.last) > 0) merged.push(range);
    else merged[merged.length - 1] = { first: lower(range.first, after.first), last: after.last };
  }
  return merged.flatMap(({ first, last, network }) => {
    if (network !== undefined) return [network];
    charge(partitionCost);
    return networksOf(first, last);
  });
}

/** Units for splitting a range, with a few additions of long integers for each bit. */
const partitionCost = 4000;

/** From the first address to the last, of the network if it is still one that was given. */
interface Range {
  readonly first: Address;
  readonly last: Address;
  readonly network?: Network;
}

function compareBytes(left: Address, right: Address): number {
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = (left[at] ?? 0) - (right[at] ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function lower(left: Address, right: Address): Address {
  return compareBytes(left, right) < 0 ? left : right;
}

function rangeOf(network: Network): Range {
  const first = mask(network);
  // An address of sixteen bytes grows to 28 here if it is an IPv4-mapped one.
  const start = toIPv4(first) === undefined ? first : [...toIPv6([0, 0, 0, 0]).slice(0, 12), ...first];
  const last = [...start];
  const length = network.bits / 8;
  for (let at = 0; at < length; at++) {
    const index = 16 - length + at;
    last[index] = (last[index] ?? 0) | (0xff ^ maskByte(network.ones, at));
  }
  return { first: start, last };
}

/** Go's `IP.Mask`, which takes a mask for IPv6 for an address of four bytes, and the other way round. */
function mask({ address, ones, bits }: Network): Address {
  if (address.length * 8 === bits) return maskAddress(address, ones);
  const bytes = toIPv4(address);
  if (bytes === undefined || (bits === 128 && ones < 96)) throw new NoAnswer();
  return maskAddress(bytes, bits === 128 ? ones - 96 : ones);
}

const firstIPv4 = toIPv6([0, 0, 0, 0]);
const lastIPv4 = toIPv6([255, 255, 255, 255]);

function previous(address: Address): Address {
  if (compareBytes(address, firstIPv4) === 0 || address.every((byte) => byte === 0)) return address;
  const bytes = [...address];
  const lowest = toIPv4(address) === undefined ? 0 : 12;
  for (let at = bytes.length - 1; at >= lowest; at--) {
    const byte = bytes[at] ?? 0;
    bytes[at] = (byte + 0xff) & 0xff;
    if (byte !== 0) break;
  }
  return bytes;
}

function next(address: Address): Address {
  if (compareBytes(address, lastIPv4) === 0 || address.every((byte) => byte === 0xff)) return address;
  return padded(integerOf(address) + 1n);
}

function networksOf(first: Address, last: Address): Network[] {
  const found: Network[] = [];
  let whole = spanning(first, last);
  const range = rangeOf(whole);
  if (compareBytes(range.first, first) < 0) {
    const [head, ...rest] = partition(whole, single(previous(first))).right;
    if (head === undefined) throw new NoAnswer();
    whole = head;
    found.push(...rest);
  }
  if (compareBytes(range.last, last) > 0) found.push(...partition(whole, single(next(last))).left);
  else found.push(whole);
  return found;
}

function single(address: Address): Network {
  const bits = toIPv4(address) === undefined ? 128 : 32;
  return { address, ones: bits, bits };
}

/** The smallest network that holds both. */
function spanning(first: Address, last: Address): Network {
  const bits = toIPv4(first) === undefined ? 128 : 32;
  const lowest = integerOf(first);
  let highest = integerOf(last);
  let ones = bits;
  while (ones > 0 && lowest < highest) {
    ones--;
    highest &= -(1n << BigInt(bits - ones));
  }
  const bytes = bytesOf(highest);
  if (bits === 32) return { address: [...new Array<number>(10).fill(0), ...bytes], ones, bits };
  return { address: bytes.length === 0 ? new Array<number>(16).fill(0) : bytes, ones, bits };
}

/** What is left of a network before and behind another in it. */
function partition(target: Network, excluded: Network): { left: Network[]; right: Network[] } {
  const whole = rangeOf(target);
  const hole = rangeOf(excluded);
  if (compareBytes(hole.last, whole.first) < 0) return { left: [], right: [target] };
  if (compareBytes(whole.last, hole.first) < 0) return { left: [target], right: [] };
  const isIPv4 = toIPv4(target.address) !== undefined;
  const bits = isIPv4 ? 32 : 128;
  const write = (value: bigint) => (isIPv4 ? [...new Array<number>(10).fill(0), ...bytesOf(value)] : padded(value));
  const left: Network[] = [];
  const right: Network[] = [];
  let lowerHalf = integerOf(whole.first);
  for (let ones = target.ones + 1; ones <= Math.min(excluded.ones, bits); ones++) {
    const upperHalf = lowerHalf + (1n << BigInt(bits - ones));
    if (compareBytes(hole.first, write(upperHalf)) >= 0) {
      left.push({ address: write(lowerHalf), ones, bits });
      lowerHalf = upperHalf;
    } else {
      right.push({ address: write(upperHalf), ones, bits });
    }
  }
  return { left, right };
}

function integerOf(address: Address): bigint {
  return address.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Without zeros in front. */
function bytesOf(value: bigint): number[] {
  const hex = value === 0n ? '' : value.toString(16);
  return [...Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')];
}

function padded(value: bigint): Address {
  const bytes = bytesOf(value);
  if (bytes.length > 16) throw new NoAnswer();
  return [...new Array<number>(16 - bytes.length).fill(0), ...bytes];
}
