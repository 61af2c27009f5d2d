import { Buffer } from 'node:buffer';
import { MatcherInput, RE2JS } from 're2js';
import { NoAnswer } from './operands.ts';
import { programSize } from './regex-size.ts';
import type { Charge } from './term.ts';

/** Where a match and its groups begin and end, in bytes; -1 for a group that took no part. */
export type Match = readonly (readonly [from: number, to: number])[];

/** Reading a byte may take a step of each instruction; a unit stands for about two of them. */
const costOf = (instructions: number) => 8 + instructions / 2;

/**
 * A pattern of RE2, which takes time in proportion to pattern and text and no more. Compiled for each call, as what is
 * kept from one text makes the next cheaper, and the same call must cost the same.
 *
 * @throws NoAnswer where it is not valid
 */
export function compilePattern(pattern: string, charge: Charge): RE2JS {
  charge(500 + 40 * programSize(pattern));
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw new NoAnswer(undefined, { cause });
  }
}

/** Whether there is a match anywhere. */
export function matchesAnywhere(pattern: RE2JS, text: string, charge: Charge): boolean {
  return metered(Buffer.from(text, 'utf8'), pattern, charge, (bytes) =>
    pattern.matcher(MatcherInput.utf8(bytes)).find(),
  );
}

/** At most `limit` matches, none of which overlap, as Go's FindAll gives them: none is empty right after another. */
export function findAll(pattern: RE2JS, text: Buffer, limit: number, charge: Charge): Match[] {
  return metered(text, pattern, charge, (bytes, charged) => {
    const matcher = pattern.matcher(MatcherInput.utf8(bytes));
    const groups = pattern.groupCount();
    const matches: Match[] = [];
    let from = 0;
    let before = -1;
    while (matches.length < limit && from <= text.length) {
      charged(20 + groups);
      if (!matcher.find(from)) break;
      const [start, end] = [matcher.start(), matcher.end()];
      if (end > from || start !== before)
        matches.push(Array.from({ length: groups + 1 }, (_, group) => [matcher.start(group), matcher.end(group)]));
      from = end > from ? end : from + widthOf(text[from]);
      before = end;
    }
    return matches;
  });
}

/** Bytes of the character that begins with this one. */
function widthOf(first = 0): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/**
 * Has `work` read the text byte by byte through a counter: how much of it is read again for the next match depends on the
 * pattern, and is known to nobody else.
 */
function metered<Result>(
  text: Buffer,
  pattern: RE2JS,
  charge: Charge,
  work: (bytes: number[], charged: Charge) => Result,
): Result {
  const cost = costOf(pattern.programSize());
  let pending = cost;
  const charged: Charge = (units) => {
    pending += units;
    if (pending < 4096) return;
    charge(pending);
    pending = 0;
  };
  const bytes = new Proxy([...text], {
    get(target, key) {
      if (key === 'length') return target.length;
      if (typeof key !== 'string' || key === 'indexOf') return undefined;
      charged(cost);
      return target[Number(key)];
    },
  });
  const result = work(bytes, charged);
  charge(pending);
  return result;
}
