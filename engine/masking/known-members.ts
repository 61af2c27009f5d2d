import { plainNumbers } from '../json/numbers.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../json/types.ts';

/** Whether a value is of the kind that MCP gives a member, and so says nothing of anyone. */
export type Kind = (value: Json) => boolean;
/** Members by name. */
export type Kinds = ReadonlyMap<string, Kind>;

export const isText: Kind = (value) => typeof value === 'string';
export const isNumber: Kind = (value) => typeof value === 'number';
export const isBoolean: Kind = (value) => typeof value === 'boolean';
/** Ids of JSON-RPC and progress tokens. */
export const isId: Kind = (value) => isText(value) || isNumber(value);
export const oneOf = (...names: string[]): Kind => {
  const known = new Set<Json>(names);
  return (value) => known.has(value);
};
/** ISO 8601, to the day or closer. */
export const isTimestamp: Kind = (value) => typeof value === 'string' && timestamp.test(value);

const timestamp = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** A copy of the members that are of their kind; numbers keep their texts. What else there is, is left out. */
export function keepMembers(object: JsonObject, kinds: Kinds, numbers: NumberTexts = plainNumbers): JsonObject {
  const kept: JsonObject = {};
  const texts = numbers === plainNumbers ? undefined : numbers.get(object);
  const keptTexts = new Map<string | number, string>();
  for (const [name, isKnown] of kinds) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    if (value === undefined || !isKnown(value)) continue;
    kept[name] = value;
    const text = texts?.get(name);
    if (text !== undefined) keptTexts.set(name, text);
  }
  if (keptTexts.size > 0) numbers.set(kept, keptTexts);
  return kept;
}

/** Metadata by which a client knows what a message belongs to; undefined where there is none. */
export function keepMeta(meta: Json | undefined, numbers: NumberTexts = plainNumbers): JsonObject | undefined {
  if (!isObject(meta)) return undefined;
  const kept = keepMembers(meta, new Map([[subscription, isId]]), numbers);
  const related = meta[relatedTask];
  const taskId = isObject(related) ? related.taskId : undefined;
  if (typeof taskId === 'string') kept[relatedTask] = { taskId };
  return Object.keys(kept).length === 0 ? undefined : kept;
}

const subscription = 'io.modelcontextprotocol/subscriptionId';
const relatedTask = 'io.modelcontextprotocol/related-task';
