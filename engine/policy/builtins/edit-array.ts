import type { Tree } from './edit-tree.ts';
import { parseInt64 } from './integers.ts';
import { NoAnswer } from './operands.ts';
import { type Charge, isNumber, numberText, type Term } from './term.ts';

/**
 * An array that is being changed, in the way of OPA's internal/edittree, which keeps what was inserted apart from the
 * array as it was. It is followed closely because of what follows from that in OPA 1.22: an item that is entered (to be
 * changed in part, copied or tested) is looked up by its present index in the array as it was. After an insertion or
 * removal before it another item is found there, and takes its place.
 */
export class EditArray implements Tree {
  readonly #items: readonly Term[];
  readonly #plant: (item: Term) => Tree;
  readonly #charge: Charge;
  /** For each place whether it has an item of its own, or the next of `#items` that is left. */
  readonly #inserted: boolean[];
  /** Which of `#items` are gone. */
  readonly #gone: boolean[];
  /** OPA keeps items with members apart from those without, and loses some where it moves both. */
  #leaves = new Map<number, Term>();
  #trees = new Map<number, Tree>();

  constructor(items: readonly Term[], plant: (item: Term) => Tree, charge: Charge) {
    charge(items.length / 4);
    this.#items = items;
    this.#plant = plant;
    this.#charge = charge;
    this.#inserted = items.map(() => false);
    this.#gone = items.map(() => false);
  }

  child(key: Term): Tree {
    const at = this.#index(key);
    const leaf = this.#leaves.get(at);
    if (leaf !== undefined) return this.#plant(leaf);
    const tree = this.#trees.get(at);
    if (tree !== undefined) return tree;
    const item = this.#items[at];
    if (item === undefined) throw new NoAnswer();
    this.#removeAt(at);
    return this.#insertAt(at, item);
  }

  insert(key: Term, value: Term): void {
    this.#insertAt(this.#index(key), value);
  }

  remove(key: Term): void {
    this.#removeAt(this.#index(key));
  }

  render(): Term {
    this.#charge(this.#inserted.length);
    const left = this.#items.filter((_, at) => !this.#gone[at]).values();
    return this.#inserted.map((inserted, at) => {
      const own = this.#leaves.has(at) ? this.#leaves.get(at) : this.#trees.get(at)?.render();
      const item = inserted ? own : left.next().value;
      if (item === undefined) throw new NoAnswer();
      return item;
    });
  }

  #index(key: Term): number {
    if (key === '-') return this.#inserted.length;
    const written = isNumber(key) ? numberText(key) : key;
    if (typeof written !== 'string' || (key !== '0' && !isNumber(key) && written.startsWith('0'))) throw new NoAnswer();
    const index = parseInt64(written);
    if (index === undefined) throw new NoAnswer();
    return Number(index);
  }

  #insertAt(at: number, item: Term): Tree {
    if (at < 0 || at > this.#inserted.length) throw new NoAnswer();
    this.#move(at, 1);
    this.#inserted.splice(at, 0, true);
    const tree = this.#plant(item);
    if (typeof item === 'object' && item !== null && !isNumber(item)) this.#trees.set(at, tree);
    else this.#leaves.set(at, item);
    return tree;
  }

  #removeAt(at: number): void {
    if (at < 0 || at >= this.#inserted.length) throw new NoAnswer();
    this.#drop(at);
    this.#move(at + 1, -1);
    if (!this.#inserted[at]) this.#eliminate(at);
    this.#inserted.splice(at, 1);
  }

  /** Moves what was inserted from there on by one place. */
  #move(from: number, by: 1 | -1): void {
    this.#charge(this.#inserted.length / 4);
    const places = Array.from({ length: Math.max(this.#inserted.length - from, 0) }, (_, offset) => from + offset);
    const inserted = places.filter((at) => this.#inserted[at]);
    const leaves = inserted.filter((at) => this.#leaves.has(at));
    const trees = inserted.filter((at) => !this.#leaves.has(at));
    if (trees.some((at) => !this.#trees.has(at))) throw new NoAnswer();
    for (const at of by > 0 ? leaves.reverse() : leaves) this.#shift(this.#leaves, at, by);
    for (const at of by > 0 ? trees.reverse() : trees) this.#shift(this.#trees, at, by);
  }

  #shift<T>(kept: Map<number, T>, at: number, by: 1 | -1): void {
    const item = kept.get(at);
    this.#drop(at);
    if (item !== undefined) kept.set(at + by, item);
  }

  #drop(at: number): void {
    this.#leaves.delete(at);
    this.#trees.delete(at);
  }

  /** Marks the item of the array as it was that stands at a place now. */
  #eliminate(at: number): void {
    let before = this.#inserted.slice(0, at).filter((inserted) => !inserted).length;
    const found = this.#gone.findIndex((gone) => !gone && before-- === 0);
    if (found < 0) throw new NoAnswer();
    this.#gone[found] = true;
  }
}
