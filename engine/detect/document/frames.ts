import { type Group, groupAt } from './leaves.ts';

/** JSON within strings within JSON is looked into so far; deeper, it is text. */
export const deepest = 12;

/** A list or an object that is open while a document is read, as its text or parsed. */
export interface Frame {
  readonly isObject: boolean;
  readonly group: Group;
  /** The name its items are of, if it is a list; of the member that comes, if it is an object. */
  field: string | undefined;
  index: number;
  /** Whether it is a list right within a list: a row, as its items are columns. */
  readonly isRow: boolean;
  /** Strings of a list that may name columns. */
  strings: string[] | undefined;
}

/** What holds a document: a list of one. */
export function rootFrame(above: Group | undefined, field: string | undefined): Frame {
  return { isObject: false, group: groupAt(above, undefined), field, index: 0, isRow: false, strings: undefined };
}

export function objectIn(outer: Frame): Frame {
  if (outer.isObject && outer.field !== undefined) outer.group.members.push({ name: outer.field, text: undefined });
  const group = groupAt(outer.group, outer.field);
  return { isObject: true, group, field: undefined, index: 0, isRow: false, strings: undefined };
}

export function listIn({ group, field }: Frame, isRow: boolean): Frame {
  return { isObject: false, group, field, index: 0, isRow, strings: undefined };
}

/** A string of it, which may be the name of a column. */
export function noteString(frame: Frame, text: string): void {
  if (frame.isObject || (frame.strings === undefined && frame.index > 0) || text.length > 80) return;
  frame.strings ??= [];
  frame.strings.push(text);
}

/** A leaf that is the value of a member. */
export function noteMember({ isObject, field, group }: Frame, text: string): void {
  if (isObject && field !== undefined) group.members.push({ name: field, text: text.length <= 80 ? text : undefined });
}

/** A list of so many items has ended. All of them strings, they may name columns: of `columns` beside `rows`, or the first of the rows. */
export function closeList({ strings, isRow, field, group }: Frame, outer: Frame, items: number): void {
  if (strings === undefined || strings.length !== items || items < 2) return;
  if (isRow ? outer.index === 0 : columnNames.test(field ?? '')) group.columns ??= strings;
}

const columnNames = /^(?:columns?|fields?|headers?|head|keys|columnNames|column_names|fieldNames|header_row)$/i;
