import { matchesOf } from '../../detect/matches.ts';
/** Another way a reader (a model, a browser, a program) would read a text. */
export interface View {
  readonly text: string;
  /** What was read through, innermost last, each as its reader calls it: `base64 or hex, escapes`. Holds nothing of the text. */
  readonly how: string;
  /** Of the original text, from where to where it was read otherwise, by one reader after the other. */
  readonly changes: readonly Change[];
  /** What of the original text to cut for [start, end) of the view. */
  place(start: number, end: number): [number, number];
}

export type Change = readonly [start: number, end: number];

/** Reads a text in one other way; undefined where there is nothing to read so. */
export type Reader = (view: View) => View | undefined;

/** The text as it is. */
export function original(text: string): View {
  return { text, how: '', changes: [], place: (start, end) => [start, end] };
}

/** What stays of a long stretch that reads alike, on either side of what does not: detectors look that far around. */
const NEAR = 256;
const GAP = '\n\n';

/** Writes a view: stretches of the text before it that stay, and others that are read otherwise. */
export class Draft {
  readonly #of: View;
  #text = '';
  readonly #changes: Change[] = [];
  #read = 0;
  /** Of each stretch: where it begins in the view, what it stands for in the text before, and whether unit for unit. */
  readonly #at: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  readonly #alike: boolean[] = [];

  constructor(of: View) {
    this.#of = of;
  }

  /** Up to where the text is read. */
  get read(): number {
    return this.#read;
  }

  /** The text up to `to` as it is. */
  keep(to: number): void {
    const from = this.#read;
    if (to <= from) return;
    if (to - from <= 2 * NEAR) {
      this.#keep(from, to);
      return;
    }
    // Before the first change nothing needs to stay but what is near it.
    if (from > 0) this.#keep(from, from + NEAR);
    this.#add(GAP, from > 0 ? from + NEAR : from, to - NEAR, false);
    this.#keep(to - NEAR, to);
  }

  /** `text` for what is up to `to`. */
  put(text: string, to: number): void {
    this.#changes.push(this.#of.place(this.#read, to));
    this.#add(text, this.#read, to, false);
  }

  /** The view, the rest of the text as it is; undefined where nothing reads otherwise. */
  done(how: string): View | undefined {
    if (this.#changes.length === 0) return undefined;
    const of = this.#of;
    this.#keep(this.#read, Math.min(of.text.length, this.#read + 2 * NEAR));
    const [at, from, to, alike] = [this.#at, this.#from, this.#to, this.#alike];
    const segment = (index: number) => {
      let [low, high] = [0, at.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((at[middle] ?? 0) <= index) low = middle;
        else high = middle - 1;
      }
      return low;
    };
    return {
      text: this.#text,
      how: of.how === '' ? how : `${of.how}, ${how}`,
      changes: of.changes.concat(this.#changes),
      place(start, end) {
        const first = segment(start);
        const last = segment(Math.max(start, end - 1));
        const begin = (from[first] ?? 0) + (alike[first] ? start - (at[first] ?? 0) : 0);
        const finish = alike[last]
          ? (from[last] ?? 0) + Math.max(start, end - 1) + 1 - (at[last] ?? 0)
          : (to[last] ?? 0);
        return of.place(begin, finish);
      },
    };
  }

  #keep(from: number, to: number): void {
    this.#add(this.#of.text.slice(from, to), from, to, true);
  }

  #add(text: string, from: number, to: number, alike: boolean): void {
    this.#read = to;
    if (text === '') return;
    this.#at.push(this.#text.length);
    this.#from.push(from);
    this.#to.push(to);
    this.#alike.push(alike);
    this.#text += text;
  }
}

/** A view with what a pattern finds read otherwise. */
export function replaced(
  view: View,
  pattern: RegExp,
  read: (match: RegExpExecArray) => string | undefined,
  how: string,
): View | undefined {
  let draft: Draft | undefined;
  for (const match of matchesOf(pattern, view.text)) {
    const text = read(match);
    if (text === undefined || text === match[0]) continue;
    draft ??= new Draft(view);
    draft.keep(match.index);
    draft.put(text, match.index + match[0].length);
  }
  return draft?.done(how);
}
