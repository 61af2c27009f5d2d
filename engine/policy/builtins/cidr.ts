import { mergeNetworks } from './cidr-merge.ts';
import {
  type Address,
  contains,
  formatAddress,
  formatNetwork,
  maskByte,
  type Network,
  parseAddress,
  parseNetwork,
  toIPv4,
  toIPv6,
} from './ip.ts';
import { collection, NoAnswer, text } from './operands.ts';
import { type Builtins, isArray, isMap, isSet, type Term } from './term.ts';

/** Units for what is done with one address or network. */
const step = 20;

export const cidr: Builtins = {
  'net.cidr_is_valid': ([network]) => typeof network === 'string' && isNetwork(network),

  'net.cidr_expand': ([network], charge) => {
    const { address, ones, bits } = parseNetwork(text(network));
    const count = 2 ** (bits - ones);
    charge(count * step);
    const next = [...address];
    return new Set(
      Array.from({ length: count }, () => {
        const formatted = formatAddress(next);
        increase(next);
        return formatted;
      }),
    );
  },

  'net.cidr_contains_matches': ([wholes = null, parts = null], charge) => {
    const outer = indexed(wholes);
    const inner = outer.length === 0 ? [] : indexed(parts);
    if (inner.length === 0) return new Set();
    const networks = outer.map(([network, index]) => ({ network: parseNetwork(text(network)), index }));
    const tests = inner.map(([part, index]) => ({ isIn: membership(text(part)), index }));
    charge(networks.length * tests.length * step);
    return new Set(
      networks.flatMap(({ network, index }) =>
        tests.filter(({ isIn }) => isIn(network)).map((match) => [index, match.index]),
      ),
    );
  },

  'net.cidr_merge': ([networks], charge) => {
    const read = [...collection(networks)].map((network) => networkOf(text(network)));
    charge(read.length * step);
    return new Set(mergeNetworks(read, charge).map(formatNetwork));
  },
};

function isNetwork(written: string): boolean {
  try {
    parseNetwork(written);
    return true;
  } catch (cause) {
    if (cause instanceof NoAnswer) return false;
    throw cause;
  }
}

function increase(address: number[]): void {
  for (let at = address.length - 1; at >= 0; at--) {
    const byte = ((address[at] ?? 0) + 1) & 0xff;
    address[at] = byte;
    if (byte !== 0) return;
  }
}

/** What is to be looked at, and what stands for it in the answer: an array's index, an object's key, else itself. */
function indexed(operand: Term): [network: Term, index: Term][] {
  if (typeof operand === 'string') return [[operand, operand]];
  if (isArray(operand)) return operand.map((item, at) => [networkIn(item), at]);
  if (isSet(operand)) return [...operand].map((item) => [networkIn(item), item]);
  return isMap(operand) ? [...operand].map(([key, item]) => [networkIn(item), key]) : [];
}

function networkIn(item: Term): Term {
  if (typeof item === 'string') return item;
  const first = isArray(item) ? item[0] : undefined;
  if (first === undefined) throw new NoAnswer();
  return first;
}

/** Tells of an address or network whether another network contains it. */
function membership(written: string): (network: Network) => boolean {
  const address = parseAddress(written);
  if (address !== undefined) return (network) => contains(network, address);
  const part = parseNetwork(written);
  const last = part.address.map((byte, at) => byte | (0xff ^ maskByte(part.ones, at)));
  return (network) => {
    // By prefix, as the last address of such a network may look like one of IPv4.
    if (isPlainIPv6(network) && isPlainIPv6(part))
      return network.ones <= part.ones && startsWith(part.address, network);
    return contains(network, part.address) && contains(network, last);
  };
}

function isPlainIPv6({ address, bits }: Network): boolean {
  return bits === 128 && toIPv4(address) === undefined;
}

function startsWith(address: Address, { address: first, ones }: Network): boolean {
  return first.every((byte, at) => (((address[at] ?? 0) ^ byte) & maskByte(ones, at)) === 0);
}

/** An IPv4 address without a length stands for the network of its class. */
function networkOf(written: string): Network {
  const address = parseAddress(written);
  if (address === undefined) return parseNetwork(written);
  const bytes = toIPv4(address);
  if (bytes === undefined) throw new NoAnswer();
  const [first = 0] = bytes;
  return { address: toIPv6(address), ones: first < 0x80 ? 8 : first < 0xc0 ? 16 : 24, bits: 32 };
}
