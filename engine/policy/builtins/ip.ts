import { NoAnswer } from './operands.ts';

/** Bytes of an address, four or sixteen; as in Go's package net, an IPv4 one may have either length. */
export type Address = readonly number[];

/** A network: its first address, and how many of how many bits are its own. */
export interface Network {
  readonly address: Address;
  readonly ones: number;
  readonly bits: number;
}

const mappedPrefix: Address = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/** An address without a zone: four bytes where IPv4 is written, else sixteen. Undefined for anything else. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseIPv6(text) : parseIPv4(text);
}

function parseIPv4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** RFC 4291, 2.2: eight groups, of which `::` stands for one or more, and the last two may be written as IPv4. */
function parseIPv6(text: string): Address | undefined {
  const sides = text.split('::');
  if (sides.length > 2) return undefined;
  const [head, tail] = sides.map((side, at) => groups(side, at === sides.length - 1));
  if (head === undefined || (sides.length === 2 && tail === undefined)) return undefined;
  const given = head.length + (tail?.length ?? 0);
  if (sides.length === 1) return given === 16 ? head : undefined;
  return given > 14 ? undefined : [...head, ...new Array<number>(16 - given).fill(0), ...(tail ?? [])];
}

function groups(text: string, last: boolean): number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    if (part.includes('.')) {
      const embedded = last && at === parts.length - 1 ? parseIPv4(part) : undefined;
      if (embedded === undefined) return undefined;
      bytes.push(...embedded);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 0xff);
    }
  }
  return bytes;
}

/** Go's `net.ParseCIDR`, as far as the network goes. Throws NoAnswer. */
export function parseNetwork(text: string): Network {
  const slash = text.indexOf('/');
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash));
  const length = text.slice(slash + 1);
  const ones = /^[0-9]+$/.test(length) ? Number(length) : Number.NaN;
  const bits = (address?.length ?? 0) * 8;
  if (address === undefined || !(ones <= bits)) throw new NoAnswer();
  return { address: maskAddress(address, ones), ones, bits };
}

export function maskAddress(address: Address, ones: number): Address {
  return address.map((byte, at) => byte & maskByte(ones, at));
}

/** One byte of the mask that has so many ones in front. */
export function maskByte(ones: number, at: number): number {
  const own = Math.min(Math.max(ones - at * 8, 0), 8);
  return (0xff << (8 - own)) & 0xff;
}

/** Four bytes where the address is an IPv4 one, however long it is. */
export function toIPv4(address: Address): Address | undefined {
  if (address.length === 4) return address;
  const mapped = address.length === 16 && mappedPrefix.every((byte, at) => address[at] === byte);
  return mapped ? address.slice(12) : undefined;
}

/** Sixteen bytes. */
export function toIPv6(address: Address): Address {
  return address.length === 4 ? [...mappedPrefix, ...address] : address;
}

/** The network with four bytes where it is one of IPv4. */
export function plainNetwork(network: Network): Network {
  const address = toIPv4(network.address);
  if (address === undefined) return network;
  const ones = network.bits === 128 ? Math.max(network.ones - 96, 0) : network.ones;
  return { address, ones, bits: 32 };
}

/** Go's `IPNet.Contains`. */
export function contains(network: Network, address: Address): boolean {
  const { address: first, ones, bits } = plainNetwork(network);
  const bytes = toIPv4(address) ?? address;
  if (bytes.length !== first.length || bits !== bytes.length * 8) return false;
  return bytes.every((byte, at) => ((byte ^ (first[at] ?? 0)) & maskByte(ones, at)) === 0);
}

/** RFC 5952 for IPv6, and dotted decimals for an IPv4 address of either length. */
export function formatAddress(address: Address): string {
  const bytes = toIPv4(address) ?? address;
  if (bytes.length === 4) return bytes.join('.');
  const written = Array.from({ length: 8 }, (_, at) =>
    (((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  const longest = longestZeros(written);
  if (longest.length < 2) return written.join(':');
  return `${written.slice(0, longest.at).join(':')}::${written.slice(longest.at + longest.length).join(':')}`;
}

function longestZeros(written: readonly string[]): { at: number; length: number } {
  let longest = { at: 0, length: 0 };
  for (let at = 0; at < written.length; at++) {
    let end = at;
    while (written[end] === '0') end++;
    if (end - at > longest.length) longest = { at, length: end - at };
  }
  return longest;
}

export function formatNetwork(network: Network): string {
  const { address, ones } = plainNetwork(network);
  return `${formatAddress(address)}/${ones}`;
}
