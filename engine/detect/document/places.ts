import { firstIndex } from '../../first-index.ts';

/**
 * Where the characters of a text stand in the document that it was read from. Escapes make a text shorter than what it
 * is written as, and a text within a text is written with escapes of both.
 */
export class Places {
  readonly #base: number;
  readonly #parent: Places | undefined;
  /** Pairs: from this place of the text on, places are this much further in what is around it. */
  readonly #breaks: readonly number[];

  /** `base` is where the text begins in the text around it, of which `parent` knows the places. */
  constructor(base: number, parent?: Places, breaks: readonly number[] = []) {
    this.#base = base;
    this.#parent = parent;
    this.#breaks = breaks;
  }

  /** The place in the document of a place in the text; that of its end is right behind its last character. */
  at(place: number): number {
    const outer = this.#base + place + this.#shift(place);
    return this.#parent === undefined ? outer : this.#parent.at(outer);
  }

  #shift(place: number): number {
    const breaks = this.#breaks;
    const behind = firstIndex(breaks.length / 2, (index) => (breaks[index * 2] ?? 0) > place);
    return behind === 0 ? 0 : (breaks[behind * 2 - 1] ?? 0);
  }
}
