import { replaced, type View } from './view.ts';

/** Labels of internationalised names as they are shown (RFC 5891). */
export function shownHosts(view: View): View | undefined {
  return /xn--/i.test(view.text) ? replaced(view, labels, ([, digits = '']) => decoded(digits), 'punycode') : undefined;
}

const labels = /xn--([a-z0-9-]{1,59})/gi;

/** Punycode (RFC 3492 section 6.2); undefined where it is none. */
function decoded(label: string): string | undefined {
  const delimiter = label.lastIndexOf('-');
  const output = [...label.slice(0, Math.max(0, delimiter))].map((each) => each.charCodeAt(0));
  let [code, index, bias] = [128, 0, 72];
  for (let at = delimiter + 1; at < label.length; ) {
    const before = index;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = Number.parseInt(label[at++] ?? '', 36);
      if (Number.isNaN(digit)) return undefined;
      // Digits follow letters there: a-z are 0 to 25.
      const value = digit < 10 ? digit + 26 : digit - 10;
      index += value * weight;
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (value < threshold) break;
      weight *= 36 - threshold;
      if (weight > 0x7fffffff) return undefined;
    }
    const length = output.length + 1;
    bias = adapted(index - before, length, before === 0);
    code += Math.floor(index / length);
    index %= length;
    if (code > 0x10ffff) return undefined;
    output.splice(index++, 0, code);
  }
  return String.fromCodePoint(...output);
}

function adapted(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [labels];
