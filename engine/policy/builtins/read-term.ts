import { WritError } from '../../errors.ts';
import { NumberText, type RegoNumber, type Term } from './term.ts';

/** Levels of a value given to a builtin; a call's own arguments have 64 at most. */
const deepest = 256;

/** The value OPA's `opa_value_dump` wrote: JSON, with sets as `{1, 2}` and `set()`, and keys of any kind. */
export function readTerm(text: string): Term {
  return new Reader(text).read(0);
}

const literals: Readonly<Record<string, null | boolean>> = { n: null, t: true, f: false };
const literalLengths: Readonly<Record<string, number>> = { n: 4, t: 4, f: 5 };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(depth: number): Term {
    if (depth > deepest) throw new WritError('WRIT_POLICY_BUDGET', 'It nested too deeply.');
    const first = this.#next();
    switch (first) {
      case '"':
        return this.#string();
      case '[':
        this.#at++;
        return this.#array(depth + 1);
      case '{':
        this.#at++;
        return this.#objectOrSet(depth + 1);
      case 's': // set()
        this.#at += 5;
        return new Set();
      case 'n':
      case 't':
      case 'f':
        this.#at += literalLengths[first] ?? 0;
        return literals[first] ?? null;
      default:
        return this.#number();
    }
  }

  #array(depth: number): Term[] {
    const items: Term[] = [];
    while (this.#next() !== ']') {
      items.push(this.read(depth));
      this.#comma();
    }
    this.#at++;
    return items;
  }

  #objectOrSet(depth: number): Term {
    const map = new Map<Term, Term>();
    if (this.#next() === '}') {
      this.#at++;
      return map;
    }
    const first = this.read(depth);
    if (this.#next() !== ':') return this.#set(first, depth);
    this.#at++;
    map.set(first, this.read(depth));
    this.#comma();
    while (this.#next() !== '}') {
      const key = this.read(depth);
      if (this.#next() !== ':') throw new SyntaxError('an object without a value');
      this.#at++;
      map.set(key, this.read(depth));
      this.#comma();
    }
    this.#at++;
    return map;
  }

  #set(first: Term, depth: number): Set<Term> {
    const set = new Set([first]);
    this.#comma();
    while (this.#next() !== '}') {
      set.add(this.read(depth));
      this.#comma();
    }
    this.#at++;
    return set;
  }

  #comma(): void {
    if (this.#next() === ',') this.#at++;
  }

  #string(): string {
    const text = this.#text;
    let end = this.#at + 1;
    for (let code = text.charCodeAt(end); code !== 34; code = text.charCodeAt(end)) {
      if (Number.isNaN(code)) throw new SyntaxError('a string without an end');
      end += code === 92 ? 2 : 1;
    }
    const quoted = text.slice(this.#at, end + 1);
    this.#at = end + 1;
    return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  }

  #number(): RegoNumber {
    numberForm.lastIndex = this.#at;
    const text = numberForm.exec(this.#text)?.[0];
    if (text === undefined) throw new SyntaxError('no value');
    this.#at += text.length;
    return readNumber(text);
  }

  #next(): string | undefined {
    while (this.#text[this.#at] === ' ') this.#at++;
    return this.#text[this.#at];
  }
}

const numberForm = /-?[\d.]+(?:[eE][+-]?\d+)?/y;

/** A number by its JSON text, such that `numberText` gives the same text again. */
export function readNumber(text: string): RegoNumber {
  const double = Number(text);
  if (String(double) === text) return double;
  return /^-?[1-9]\d{0,399}$/.test(text) ? BigInt(text) : new NumberText(text);
}
