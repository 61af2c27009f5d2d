import { NoAnswer } from './operands.ts';

/**
 * The pattern that a template stands for: what is between the delimiters is a pattern, the rest is what it says.
 * `inner` is told each pattern in it, as each must be valid by itself. Throws NoAnswer where delimiters have no partner.
 */
export function templatePattern(template: string, open: string, close: string, inner: (part: string) => void): string {
  let pattern = '^';
  let [level, from, begin] = [0, 0, 0];
  for (let at = 0; at < template.length; at++) {
    if (template[at] === open) {
      if (++level === 1) begin = at;
    } else if (template[at] === close) {
      if (--level < 0) throw new NoAnswer();
      if (level > 0) continue;
      const part = template.slice(begin + 1, at);
      inner(part);
      pattern += `${quoteMeta(template.slice(from, begin))}(${part})`;
      from = at + 1;
    }
  }
  if (level !== 0) throw new NoAnswer();
  return `${pattern}${quoteMeta(template.slice(from))}$`;
}

function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

/** A part of a replacement: text, or the number or name of a group. */
export type Piece = string | { readonly group: number | string };

/** Go's syntax for replacements: `$1`, `$name` with the longest name there is, `${name}`, and `$$` for a dollar. */
export function readReplacement(replacement: string): Piece[] {
  const pieces: Piece[] = [];
  const reference = /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;
  let from = 0;
  for (const found of replacement.matchAll(reference)) {
    pieces.push(replacement.slice(from, found.index));
    from = found.index + found[0].length;
    const name = found[1] ?? found[2];
    if (name === undefined) pieces.push('$');
    else pieces.push({ group: /^(?:0|[1-9]\d{0,8})$/.test(name) ? Number(name) : name });
  }
  return [...pieces, replacement.slice(from)];
}
