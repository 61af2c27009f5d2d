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
    'prints to a great width': ['sprintf', '"%10000000d", [1]'],
    'prints to many widths': ['sprintf', `"${'%1000[1]d'.repeat(2000)}", [1]`],
    'prints with a great precision': ['sprintf', '"%.10000000f", [0.1]'],
    'asks for a width': ['sprintf', `"${'%[1]*[1]d'.repeat(10)}", [1000000]`],
    'prints one text often': ['sprintf', `"${'%[1]v'.repeat(1000)}", ["${'x'.repeat(10_000)}"]`],
    'prints doubles often': ['sprintf', `"${'%[1]f'.repeat(2000)}", [1e308]`],
    'prints a long number often': ['sprintf', `"${'%[1]b'.repeat(1000)}", [${'9'.repeat(10_000)}]`],
    'writes a short pattern of a million instructions': ['regex.find_n', '"((a{100}){100}){100}", "a", 1'],
    'writes a pattern of Unicode classes': ['regex.split', '"(?i)[^\\\\pL]{1000}", "a"'],
    'writes a pattern for which each match looks at the rest': [
      'regex.find_n',
      `"(?:a.*b|a)", "${'a'.repeat(20_000)}", -1`,
    ],
    'writes a pattern that backtracks elsewhere': ['regex.replace', `"${'a'.repeat(50_000)}!", "(a+)+$", ""`],
    'replaces by much': ['regex.replace', `"${'a'.repeat(5000)}", "a", "${'x'.repeat(5000)}"`],
    'writes a template of many patterns': ['regex.template_match', `"${'<a>'.repeat(5000)}", "a", "<", ">"`],
    'writes a long layout': ['time.format', `[0, "UTC", "${'5'.repeat(10_000)}"]`],
    'parses by a long layout': ['time.parse_ns', `"${'5'.repeat(10_000)}", "${'5'.repeat(10_000)}"`],
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
