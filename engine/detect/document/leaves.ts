import type { Places } from './places.ts';

/** An object of the document, a row of a table or a block of lines: what stands together. */
export interface Group {
  /** The name above it, and those above that, the outermost first; only the last few are kept. */
  readonly path: readonly string[];
  /** The names and short texts of its members, as they come. */
  readonly members: Member[];
  /** Names of columns, where rows below are arrays. */
  columns: readonly string[] | undefined;
  /** What is found out about it when all of it is known. */
  facts: Facts | undefined;
}

export interface Member {
  readonly name: string;
  /** The text of a leaf; undefined for what holds more. */
  readonly text: string | undefined;
}

export interface Facts {
  /** Something beside it says that this is a person. */
  readonly isPerson: boolean;
  /** It has a street, so a town beside it is part of an address. */
  readonly hasStreet: boolean;
  /** A given or family name is beside it. */
  readonly hasName: boolean;
  /** The country that a member names, ISO 3166-1 alpha-2. */
  readonly country: string | undefined;
  /** In `{label, value}`: the label. */
  readonly label: string | undefined;
}

/** A text to look at: a string, a number, or a key that is a value itself. */
export interface TextLeaf {
  readonly text: string;
  readonly kind: 'string' | 'number' | 'key';
  readonly field: string | undefined;
  readonly group: Group;
  /** Its place in a row that is an array; -1 elsewhere. */
  readonly column: number;
}

/** One that was read from the text of a document. */
export interface Leaf extends TextLeaf {
  readonly places: Places;
}

/** Names above that are kept: more tell nothing, and a deep document would make long lists of them. */
const kept = 4;

export function groupAt(above: Group | undefined, name: string | undefined): Group {
  const path = above?.path ?? [];
  return {
    path: name === undefined ? path : [...path.slice(-(kept - 1)), name],
    members: [],
    columns: undefined,
    facts: undefined,
  };
}
