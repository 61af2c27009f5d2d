import type { Container } from '../../json/path.ts';
import type { Json, JsonObject } from '../../json/types.ts';
import { type Group, groupAt, type TextLeaf } from './leaves.ts';

export type Key = string | number;

/** What is done with the leaves of parsed JSON. A leaf is known by what holds it. */
export interface LeafVisitor {
  leaf(leaf: TextLeaf, holder: Container, key: Key): void;
  /** The text of a number as it was sent. */
  textOf(holder: Container, key: Key, value: number): string;
  /** The document that a string is, within an array of its own, and who visits that; undefined where it is a text. */
  inner(text: string, holder: Container, key: Key, depth: number): Inner | undefined;
}

interface Inner {
  readonly root: [Json];
  readonly visitor: LeafVisitor;
}

/** A list or an object that is open. */
interface Frame {
  readonly isObject: boolean;
  readonly group: Group;
  /** The name its items are of, if it is a list; of the member that comes, if it is an object. */
  field: string | undefined;
  index: number;
  /** Whether it is a list right within a list: a row, as its items are columns. */
  readonly isRow: boolean;
  /** Strings of a list that may name columns. */
  strings: string[] | undefined;
  /** How many strings of JSON it is within. */
  readonly depth: number;
}

/** Visits the leaves of a document, keys among them, and of JSON in its strings, each with the names around it. */
export function walkLeaves(root: [Json], visitor: LeafVisitor): void {
  new Walker(visitor).document(root, undefined, undefined, 0);
}

/** `columns` beside `rows`. */
const columnNames = /^(?:columns?|fields?|headers?|head|keys|columnNames|column_names|fieldNames|header_row)$/i;

class Walker {
  readonly #visitor: LeafVisitor;

  constructor(visitor: LeafVisitor) {
    this.#visitor = visitor;
  }

  document(root: [Json], above: Group | undefined, field: string | undefined, depth: number): void {
    const group = groupAt(above, undefined);
    const frame = { isObject: false, group, field, index: 0, isRow: false, strings: undefined, depth };
    this.#value(root[0], root, 0, frame, true);
  }

  #value(value: Json, holder: Container, key: Key, frame: Frame, isRoot: boolean): void {
    if (typeof value === 'string') this.#string(value, holder, key, frame);
    else if (typeof value === 'number')
      this.#add(this.#visitor.textOf(holder, key, value), 'number', holder, key, frame);
    else if (Array.isArray(value)) this.#list(value, frame, !frame.isObject && !isRoot);
    else if (typeof value === 'object' && value !== null) this.#object(value, frame);
  }

  #object(object: JsonObject, outer: Frame): void {
    if (outer.isObject && outer.field !== undefined) outer.group.members.push({ name: outer.field, text: undefined });
    const group = groupAt(outer.group, outer.field);
    const { depth } = outer;
    const frame: Frame = { isObject: true, group, field: undefined, index: 0, isRow: false, strings: undefined, depth };
    for (const key of Object.keys(object)) {
      frame.field = key;
      this.#visitor.leaf({ text: key, kind: 'key', field: undefined, group, column: -1 }, object, key);
      this.#value(object[key] as Json, object, key, frame, false);
      frame.index++;
    }
  }

  #list(list: Json[], outer: Frame, isRow: boolean): void {
    const { group, field, depth } = outer;
    const frame: Frame = { isObject: false, group, field, index: 0, isRow, strings: undefined, depth };
    for (; frame.index < list.length; frame.index++) {
      this.#value(list[frame.index] as Json, list, frame.index, frame, false);
    }
    const { strings } = frame;
    if (strings === undefined || strings.length < 2 || strings.length !== list.length) return;
    // Names of columns, or the first of the rows.
    if (isRow ? outer.index === 0 : columnNames.test(field ?? '')) group.columns ??= strings;
  }

  #string(text: string, holder: Container, key: Key, frame: Frame): void {
    if (!frame.isObject && (frame.strings !== undefined || frame.index === 0) && text.length <= 80) {
      frame.strings ??= [];
      frame.strings.push(text);
    }
    const inner = this.#visitor.inner(text, holder, key, frame.depth);
    if (inner === undefined) this.#add(text, 'string', holder, key, frame);
    else new Walker(inner.visitor).document(inner.root, frame.group, frame.field, frame.depth + 1);
  }

  #add(
    text: string,
    kind: TextLeaf['kind'],
    holder: Container,
    key: Key,
    { isObject, group, field, isRow, index }: Frame,
  ) {
    if (isObject && field !== undefined)
      group.members.push({ name: field, text: text.length <= 80 ? text : undefined });
    this.#visitor.leaf({ text, kind, field, group, column: isRow ? index : -1 }, holder, key);
  }
}
