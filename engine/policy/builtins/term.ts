/**
 * A Rego value as builtins of the host see it: a string, boolean or null as in JavaScript, an Array, a Set, and a Map for an
 * object, whose keys may be of any kind. A number is a `number` where `String` of it is exactly how the policy wrote it,
 * a `bigint` for other integers, and a NumberText for what neither can say (`1.0`, `1e400`). Members of sets and keys of
 * maps are told apart by what they are, not by what they say, so use `compare` where composite ones may come.
 */
export type Term = null | boolean | string | RegoNumber | readonly Term[] | ReadonlySet<Term> | TermMap;
export type TermMap = ReadonlyMap<Term, Term>;
export type RegoNumber = number | bigint | NumberText;

/** A number by its JSON text. */
export class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Work of a builtin beyond a unit for each character in and out. Throws WRIT_POLICY_BUDGET when it is too much. */
export type Charge = (units: number) => void;

/**
 * A builtin: a pure function of its arguments, with OPA's meaning. Undefined, or any throw but a WritError, is no answer:
 * what OPA calls a builtin error. What takes more than a few steps for each character that goes in or out is charged
 * before it is done.
 */
export type Builtin = (args: readonly Term[], charge: Charge) => Term | undefined;

/** Builtins by OPA's name of them. */
export type Builtins = Readonly<Record<string, Builtin>>;

export const isArray = (term: Term | undefined): term is readonly Term[] => Array.isArray(term);
export const isSet = (term: Term | undefined): term is ReadonlySet<Term> => term instanceof Set;
export const isMap = (term: Term | undefined): term is TermMap => term instanceof Map;
export const isNumber = (term: Term | undefined): term is RegoNumber =>
  typeof term === 'number' || typeof term === 'bigint' || term instanceof NumberText;

/** The text OPA has for a number. */
export const numberText = (number: RegoNumber): string => (number instanceof NumberText ? number.text : `${number}`);
