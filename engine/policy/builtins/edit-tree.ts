import { identity } from './compare.ts';
import { EditArray } from './edit-array.ts';
import { NoAnswer } from './operands.ts';
import { type Charge, isArray, isMap, isSet, type Term, type TermMap } from './term.ts';

/** A value that is being changed. What is not there, or cannot be, is a NoAnswer. */
export interface Tree {
  /** What stands under a key, to be changed in its turn. */
  child(key: Term): Tree;
  insert(key: Term, value: Term): void;
  remove(key: Term): void;
  render(): Term;
}

/** A tree for a value, with a node only for what is looked at; taking part of it in hand is charged by its members. */
export function plant(value: Term, charge: Charge): Tree {
  if (isMap(value)) return new EditObject(value, charge);
  if (isSet(value)) return new EditSet(value, charge);
  if (isArray(value)) return new EditArray(value, (item) => plant(item, charge), charge);
  return new Leaf(value);
}

class Leaf implements Tree {
  readonly #value: Term;

  constructor(value: Term) {
    this.#value = value;
  }

  child(): never {
    throw new NoAnswer();
  }

  insert(): never {
    throw new NoAnswer();
  }

  remove(): never {
    throw new NoAnswer();
  }

  render(): Term {
    return this.#value;
  }
}

class EditObject implements Tree {
  /** Trees in the place of values that were looked at. */
  readonly #members = new Map<string, { readonly key: Term; value: Term | Tree }>();
  readonly #charge: Charge;

  constructor(value: TermMap, charge: Charge) {
    charge(value.size);
    this.#charge = charge;
    for (const [key, member] of value) this.#members.set(identity(key), { key, value: member });
  }

  child(key: Term): Tree {
    const member = this.#members.get(identity(key));
    if (member === undefined) throw new NoAnswer();
    if (!isTree(member.value)) member.value = plant(member.value, this.#charge);
    return member.value;
  }

  insert(key: Term, value: Term): void {
    this.#members.set(identity(key), { key, value });
  }

  remove(key: Term): void {
    if (!this.#members.delete(identity(key))) throw new NoAnswer();
  }

  render(): Term {
    this.#charge(this.#members.size);
    return new Map([...this.#members.values()].map(({ key, value }) => [key, isTree(value) ? value.render() : value]));
  }
}

/** Its members are their own keys, and stay so when they change. */
class EditSet implements Tree {
  #members: Map<string, Term | Tree>;
  readonly #charge: Charge;

  constructor(value: ReadonlySet<Term>, charge: Charge) {
    charge(value.size);
    this.#charge = charge;
    this.#members = byIdentity(value);
  }

  child(key: Term): Tree {
    this.#settle();
    const member = this.#members.get(identity(key));
    if (member === undefined) throw new NoAnswer();
    const tree = isTree(member) ? member : plant(member, this.#charge);
    this.#members.set(identity(key), tree);
    return tree;
  }

  insert(key: Term, value: Term): void {
    if (identity(key) !== identity(value)) throw new NoAnswer();
    this.#settle();
    this.#members.set(identity(value), value);
  }

  remove(key: Term): void {
    this.#settle();
    if (!this.#members.delete(identity(key))) throw new NoAnswer();
  }

  render(): Term {
    this.#settle();
    return new Set([...this.#members.values()].filter((member): member is Term => !isTree(member)));
  }

  /** Files what was changed under what it has become. */
  #settle(): void {
    const members = [...this.#members.values()];
    if (!members.some(isTree)) return;
    this.#charge(members.length);
    this.#members = byIdentity(members.map((member) => (isTree(member) ? member.render() : member)));
  }
}

function byIdentity(values: Iterable<Term>): Map<string, Term> {
  return new Map([...values].map((value) => [identity(value), value]));
}

function isTree(value: Term | Tree): value is Tree {
  return typeof value === 'object' && value !== null && 'render' in value;
}
