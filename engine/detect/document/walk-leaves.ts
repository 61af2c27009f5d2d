import type { Container } from '../../json/path.ts';
import type { Json, JsonObject } from '../../json/types.ts';
import { closeList, type Frame, listIn, noteMember, noteString, objectIn, rootFrame } from './frames.ts';
import type { Group, TextLeaf } from './leaves.ts';

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

/** Visits the leaves of a document, keys among them, and of JSON in its strings, each with the names around it. */
export function walkLeaves(root: [Json], visitor: LeafVisitor): void {
  new Walker(visitor, 0).document(root, undefined, undefined);
}

class Walker {
  readonly #visitor: LeafVisitor;
  /** How many strings of JSON the document is within. */
  readonly #depth: number;

  constructor(visitor: LeafVisitor, depth: number) {
    this.#visitor = visitor;
    this.#depth = depth;
  }

  document(root: [Json], above: Group | undefined, field: string | undefined): void {
    this.#value(root[0], root, 0, rootFrame(above, field), true);
  }

  #value(value: Json, holder: Container, key: Key, frame: Frame, isRoot: boolean): void {
    if (typeof value === 'string') this.#string(value, holder, key, frame);
    else if (typeof value === 'number')
      this.#add(this.#visitor.textOf(holder, key, value), 'number', holder, key, frame);
    else if (Array.isArray(value)) this.#list(value, frame, !frame.isObject && !isRoot);
    else if (typeof value === 'object' && value !== null) this.#object(value, frame);
  }

  #object(object: JsonObject, outer: Frame): void {
    const frame = objectIn(outer);
    const { group } = frame;
    for (const key of Object.keys(object)) {
      frame.field = key;
      this.#visitor.leaf({ text: key, kind: 'key', field: undefined, group, column: -1 }, object, key);
      this.#value(object[key] as Json, object, key, frame, false);
      frame.index++;
    }
  }

  #list(list: Json[], outer: Frame, isRow: boolean): void {
    const frame = listIn(outer, isRow);
    for (; frame.index < list.length; frame.index++) {
      this.#value(list[frame.index] as Json, list, frame.index, frame, false);
    }
    closeList(frame, outer, list.length);
  }

  #string(text: string, holder: Container, key: Key, frame: Frame): void {
    noteString(frame, text);
    const inner = this.#visitor.inner(text, holder, key, this.#depth);
    if (inner === undefined) this.#add(text, 'string', holder, key, frame);
    else new Walker(inner.visitor, this.#depth + 1).document(inner.root, frame.group, frame.field);
  }

  #add(text: string, kind: TextLeaf['kind'], holder: Container, key: Key, frame: Frame): void {
    noteMember(frame, text);
    const { group, field, isRow, index } = frame;
    this.#visitor.leaf({ text, kind, field, group, column: isRow ? index : -1 }, holder, key);
  }
}
