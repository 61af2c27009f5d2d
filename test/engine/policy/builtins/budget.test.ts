import { describe, test } from 'node:test';
import { isTooMuch } from './ask.ts';

/** Short questions with answers that nobody could hold, or long to find. */
describe('a builtin that a caller makes work', () => {
  const attacks: Record<string, readonly [name: string, args: string]> = {
    'expands all of IPv6': ['net.cidr_expand', '"::/0"'],
    'expands all of IPv4': ['net.cidr_expand', '"0.0.0.0/0"'],
    'matches long lists of networks': ['net.cidr_contains_matches', `${networks(1000)}, ${networks(1000)}`],
    'merges what splits into many networks': ['net.cidr_merge', networks(2000, 2)],
    'counts without end': ['numbers.range_step', '0, 1e300, 1'],
    'counts over a number of a million digits': ['numbers.range_step', '0, 1e999999, 1e999998'],
    'counts backwards without end': ['numbers.range_step', '9223372036854775807, -9223372036854775808, 1'],
    'walks every way through a graph': ['graph.reachable_paths', `${complete(30)}, ["n0"]`],
    'walks every way through a graph of circles': ['graph.reachable_paths', `${complete(30, true)}, ["n0"]`],
    'copies a document into itself': ['json.patch', `{"a": "${'x'.repeat(100)}"}, [${copies(40)}]`],
    'patches a long array often': [
      'json.patch',
      `[${new Array(2000).fill('1').join()}], [${new Array(2000).fill('{"op": "add", "path": "/0", "value": 1}').join()}]`,
    ],
    'indents deeply': [
      'json.marshal_with_options',
      `${'['.repeat(200)}${new Array(1000).fill('1').join()}${']'.repeat(200)}, {"indent": "${' '.repeat(1000)}"}`,
    ],
    'parses a number with a long exponent': ['units.parse', '"1e999999"'],
    'parses a number with a long negative exponent': ['units.parse', '"1e-999999"'],
    'parses bytes with a long exponent': ['units.parse_bytes', '"1e999999"'],
    'parses a long number': ['units.parse', `"${'9'.repeat(100_000)}"`],
  };
  for (const [what, [name, args]] of Object.entries(attacks)) {
    test(`${what}: ${name} ends in the budget error`, () => isTooMuch(name, args));
  }

  function networks(count: number, apart = 1): string {
    const written = Array.from({ length: count }, (_, at) => {
      const address = Math.floor(at / 2) * 8 * apart + (at % 2);
      return `"10.0.${address >> 8}.${address & 255}/32"`;
    });
    return `[${written.join()}]`;
  }

  function complete(nodes: number, circles = false): string {
    const names = Array.from({ length: nodes }, (_, at) => `"n${at}"`);
    return `{${names.map((name, at) => `${name}: [${names.slice(circles ? 0 : at + 1).join()}]`).join()}}`;
  }

  function copies(count: number): string {
    return Array.from({ length: count }, (_, at) => `{"op": "copy", "from": "", "path": "/${at}"}`).join();
  }
});
