import { matchesOf } from '../../detect/matches.ts';
import { Draft, replaced, type View } from './view.ts';

/**
 * Letters with something between each: `a n a @ e x`, `a-n-a`, `a -> n -> a`. Where it is the same between all of them, that goes;
 * elsewhere a wider space is one between words.
 */
export function spreadLetters(view: View): View | undefined {
  if (!signOfSpread.test(view.text)) return undefined;
  const { text } = view;
  const draft = new Draft(view);
  let gaps: Gap[] = [];
  const close = () => {
    const between = gaps.length < LEAST ? [] : gaps.map(([from, to]) => text.slice(from, to));
    const isEven = between.every((gap) => gap === between[0]);
    if (isEven || between.every((gap) => usual.test(gap)))
      for (const gap of between.length === 0 ? [] : gaps) join(draft, text, gap, isEven);
    gaps = [];
  };
  let end = -1;
  for (const { 0: letter, index } of matchesOf(single, text)) {
    if (end >= 0 && index - end <= 8 && any.test(text.slice(end, index))) gaps.push([end, index]);
    else close();
    end = index + letter.length;
  }
  close();
  return draft.done('spread letters');
}

type Gap = readonly [from: number, to: number];

/** Takes away what is between two letters; a wider gap parts words. */
function join(draft: Draft, text: string, [from, to]: Gap, isEven: boolean): void {
  draft.keep(from);
  draft.put(!isEven && to - from > 1 && /\s{2}|\s[^\s]\s/.test(text.slice(from, to)) ? ' ' : '', to);
}

const LEAST = 4;
const signOfSpread = /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}@][^\p{L}\p{N}@]{1,8}){4}[\p{L}\p{N}@](?![\p{L}\p{N}])/u;
const single = /(?<![\p{L}\p{N}])[\p{L}\p{N}@.+_](?![\p{L}\p{N}])/gu;
const any = /^[^\p{L}\p{N}]{1,8}$/u;
const usual = /^[ \t\n.,;|/_*-]{1,5}$/;

/** Values that go on in the next line: after a hyphen or a backslash, within an address, within letters or digits. */
export function joinedLines(view: View): View | undefined {
  if (!/[\r\n]/.test(view.text)) return undefined;
  const joined = withoutBreaks(view);
  const text = (joined ?? view).text;
  // A column of numbers is of more lines than any one value.
  if (matchesOf(digits, text).length > MOST) return joined;
  return replaced(joined ?? view, digits, () => ' ', 'lines joined') ?? joined;
}

const MOST = 8;
const digits = /(?<=[0-9][0-9A-Z])[ \t]?\r?\n[ \t>]{0,16}(?=[0-9]{2})/g;
/** Looked for by the lines' ends, which are few: an expression of all that may stand around them is tried at each character. */
function withoutBreaks(view: View): View | undefined {
  const { text } = view;
  let draft: Draft | undefined;
  let last = 0;
  for (const { 0: whole, index } of matchesOf(newLine, text)) {
    const end = index + whole.length;
    const before = text.slice(Math.max(last, index - 80), index);
    last = end;
    const [found = '', sign = ''] = ending.exec(before) ?? [];
    if (!isWithin(before, found, sign, text.slice(end, end + 66))) continue;
    draft ??= new Draft(view);
    draft.keep(index - found.length);
    draft.put('', end);
  }
  return draft?.done('lines joined');
}

/** Whether a break is within a word that a hyphen or backslash ends, next to an `@`, or in the middle of what one stands in. */
function isWithin(before: string, found: string, sign: string, after: string): boolean {
  const word = before.slice(0, before.length - found.length);
  if (/[\p{L}\p{N}@]$/u.test(word) && beforeAt.test(after)) return true;
  if (sign !== '\u00ad' && afterAt.test(word) && /^[\p{L}\p{N}._-]/u.test(after)) return true;
  return /^[-\\]$/.test(found) && /[\p{L}\p{N}]$/u.test(word) && /^[\p{L}\p{N}]/u.test(after);
}

const newLine = /\r?\n[ \t>]{0,16}/g;
const ending = /([-\\=\u00ad]?)[ \t]{0,8}$/;
const beforeAt = /^[\p{L}\p{N}._-]{0,64}@/u;
const afterAt = /@[\p{L}\p{N}._-]{0,64}$/u;

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [signOfSpread, single, any, usual, digits, newLine, ending, beforeAt, afterAt];
