/**
 * No fewer instructions than RE2 makes of a pattern, without making them: `((a{1000}){1000})` is short and a million.
 * What it counts in a pattern that is not valid does not matter.
 */
export function programSize(pattern: string): number {
  const enclosing: { size: number; last: number }[] = [];
  let size = 2;
  let last = 0; // what a repetition repeats, which is part of `size`
  const token =
    /\\Q[\s\S]*?(?:\\E|$)|\\[pP](?:\{[^}]*\}|.)?|\\[\s\S]?|\[\^?\]?(?:\\[\s\S]|\[:\^?\w*:\]|[^\]\\])*\]?|\{(\d+)(,?)(\d*)\}|[\s\S]/gu;
  for (const [text, low, , high] of pattern.matchAll(token)) {
    if (text === '(') {
      enclosing.push({ size, last });
      size = 2;
      last = 0;
    } else if (text === ')') {
      const outer = enclosing.pop() ?? { size: 2, last: 0 };
      last = size;
      size += outer.size;
    } else if (low !== undefined) {
      const times = Math.max(Number(low), Number(high), 1) + 1;
      size += (last + 1) * times;
      last += (last + 1) * times;
    } else if (text === '*' || text === '+' || text === '?') {
      size += 2;
      last += 2;
    } else if (text === '|') {
      size += 2;
      last = 0;
    } else {
      // A class costs by what is written in it, and a Unicode class by its table.
      last = /^(?:\[|\\[pPQ])/.test(text) ? text.length + 50 * (text.match(/\\[pP]/g)?.length ?? 0) : 1;
      size += last;
    }
  }
  return size;
}
