import { Buffer } from 'node:buffer';
import type { RE2JS } from 're2js';
import { int64 } from './integers.ts';
import { NoAnswer, text } from './operands.ts';
import { compilePattern, findAll, type Match, matchesAnywhere } from './regex-search.ts';
import { type Piece, readReplacement, templatePattern } from './regex-template.ts';
import type { Builtins, Charge } from './term.ts';

/** Regular expressions with RE2's syntax and meaning: https://github.com/google/re2/wiki/Syntax. */
export const regex: Builtins = {
  'regex.find_n': ([operand, value, count], charge) => {
    const [source, bytes, most] = [text(operand), Buffer.from(text(value), 'utf8'), Number(int64(count))];
    const pattern = compilePattern(source, charge);
    const matches = findAll(pattern, bytes, most < 0 ? Number.POSITIVE_INFINITY : most, charge);
    return matches.map((match) => slice(bytes, match, 0));
  },
  'regex.replace': ([value, operand, replacement], charge) => {
    const [bytes, source, pieces] = [
      Buffer.from(text(value), 'utf8'),
      text(operand),
      readReplacement(text(replacement)),
    ];
    const pattern = compilePattern(source, charge);
    return replaced(bytes, pattern, pieces, charge);
  },
  'regex.split': ([operand, value], charge) => {
    const [source, bytes] = [text(operand), Buffer.from(text(value), 'utf8')];
    const pattern = compilePattern(source, charge);
    if (source !== '' && bytes.length === 0) return [''];
    const parts: string[] = [];
    let [from, to] = [0, 0];
    for (const [[start, end] = [0, 0]] of findAll(pattern, bytes, Number.POSITIVE_INFINITY, charge)) {
      to = start;
      if (end !== 0) parts.push(bytes.toString('utf8', from, to));
      from = end;
    }
    if (to !== bytes.length) parts.push(bytes.toString('utf8', from));
    return parts;
  },
  'regex.template_match': ([template, value, start, end], charge) => {
    const [source, subject, open, close] = [text(template), text(value), text(start), text(end)];
    // One byte each, which OPA calls a character.
    if (!/^[\0-\x7f]$/.test(open) || !/^[\0-\x7f]$/.test(close)) throw new NoAnswer();
    const pattern = templatePattern(source, open, close, (part) => compilePattern(`^${part}$`, charge));
    return matchesAnywhere(compilePattern(pattern, charge), subject, charge);
  },
};

function slice(bytes: Buffer, match: Match, group: number): string {
  const [from, to] = match[group] ?? [-1, -1];
  return from < 0 ? '' : bytes.toString('utf8', from, to);
}

function replaced(bytes: Buffer, pattern: RE2JS, pieces: readonly Piece[], charge: Charge): string {
  const groups = new Map(Object.entries(pattern.namedGroups()));
  const numbered = pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    return typeof piece.group === 'number' ? piece.group : groups.get(piece.group);
  });
  const parts: string[] = [];
  const add = (part: string) => {
    charge(part.length + 1);
    parts.push(part);
  };
  let from = 0;
  for (const match of findAll(pattern, bytes, Number.POSITIVE_INFINITY, charge)) {
    const [start, end] = match[0] ?? [0, 0];
    add(bytes.toString('utf8', from, start));
    for (const piece of numbered) add(typeof piece === 'string' ? piece : slice(bytes, match, piece ?? -1));
    from = end;
  }
  add(bytes.toString('utf8', from));
  return parts.join('');
}
