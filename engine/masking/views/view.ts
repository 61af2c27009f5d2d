import { matchesOf } from '../../detect/matches.ts';
import { firstIndex } from '../../first-index.ts';
/** Another way a reader (a model, a browser, a program) would read a text. */
export interface View {
  readonly text: string;
  /** What was read through, innermost last, each as its reader calls it: `base64 or hex, escapes`. Holds nothing of the text. */
  readonly how: string;
  /** Of the original text, from where to where it was read otherwise, by one reader after the other. */
  readonly changes: readonly Change[];
  /** Whether other readings of it keep all of it: a next reader may read what is far from where one did. */
  readonly whole?: boolean;
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
    if (this.#of.whole || to - from <= 2 * NEAR) {
      this.#keep(from, to);
      return;
    }
    // Before the first change nothing needs to stay but what is near it.
    if (from > 0) this.#keep(from, from + NEAR);
    this.leave(to - NEAR);
    this.#keep(to - NEAR, to);
  }

  /** Nothing of the text up to `to`: what is on either side is not next to each other. */
  leave(to: number): void {
    this.#add(GAP, this.#read, to, false);
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
    const { length } = of.text;
    this.#keep(this.#read, of.whole ? length : Math.min(length, this.#read + 2 * NEAR));
    return this.#view(of.how === '' ? how : `${of.how}, ${how}`);
  }

  /** As it is, whether or not something reads otherwise. */
  cut(): View {
    return this.#view(this.#of.how);
  }

  #view(how: string): View {
    const of = this.#of;
    const [at, from, to, alike] = [this.#at, this.#from, this.#to, this.#alike];
    const segment = (place: number) => Math.max(0, firstIndex(at.length, (index) => (at[index] ?? 0) > place) - 1);
    return {
      text: this.#text,
      how,
      changes: this.#changes.length === 0 ? of.changes : of.changes.concat(this.#changes),
      ...(of.whole && { whole: true }),
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

const BLOCK = 64;

/** Of a view what is near to these stretches of the original text, to be read on as a `whole`. */
export function nearTo(view: View, changes: readonly Change[]): View {
  const { length } = view.text;
  if (length <= 4 * NEAR) return { ...view, whole: true };
  const places = changes.toSorted(([start], [other]) => start - other);
  const ends: number[] = [];
  for (const [, end] of places) ends.push(Math.max(end, ends.at(-1) ?? 0));
  const isNear = (from: number, to: number) => {
    const [start, end] = view.place(from, to);
    const at = firstIndex(ends.length, (index) => (ends[index] ?? 0) >= start - NEAR);
    return (places[at]?.[0] ?? Number.POSITIVE_INFINITY) <= end + NEAR;
  };
  const draft = new Draft({ ...view, whole: true });
  for (let at = 0; at < length; ) {
    const near = isNear(at, Math.min(length, at + BLOCK));
    let to = at + BLOCK;
    while (to < length && isNear(to, Math.min(length, to + BLOCK)) === near) to += BLOCK;
    at = Math.min(length, to);
    if (near) draft.keep(at);
    else draft.leave(at);
  }
  return draft.cut();
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
