import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { isFormat } from './formats.ts';
import { placeOf, SchemaFault } from './schema-fault.ts';

const types = new Set<Json>(['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']);
const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const;
const contained = ['minContains', 'maxContains'] as const;
const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const;

export function needList(value: Json | undefined, path: readonly string[]): Json[] {
  if (!Array.isArray(value)) throw new SchemaFault(`${placeOf(path)} is not a list`);
  return value;
}

export function needObject(value: Json | undefined, path: readonly string[]): JsonObject {
  if (!isObject(value)) throw new SchemaFault(`${placeOf(path)} is not an object`);
  return value;
}

/** `type`, `enum`, `const`, `required`, `uniqueItems`, `format`. Returns how many names are looked at. */
export function copyShape(from: JsonObject, to: JsonObject, path: readonly string[]): number {
  if (from.type !== undefined) {
    const named = Array.isArray(from.type) ? from.type : [from.type];
    if (named.length === 0 || !named.every((type) => types.has(type)))
      throw new SchemaFault(`${placeOf([...path, 'type'])} is not a type`);
    to.type = [...new Set(named)];
  }
  const among = from.const !== undefined ? [from.const] : from.enum;
  if (among !== undefined) to.among = needList(among, [...path, 'enum']);
  // Both at once are rare, and both hold.
  if (from.const !== undefined && from.enum !== undefined)
    to.allOf = [{ among: needList(from.enum, [...path, 'enum']), work: 10 }];
  if (from.uniqueItems === true) to.distinct = true;
  else if (from.uniqueItems !== undefined && from.uniqueItems !== false)
    throw new SchemaFault(`${placeOf([...path, 'uniqueItems'])} is neither true nor false`);
  // A format nobody knows says nothing (2020-12 validation, 7.2.3).
  if (typeof from.format === 'string' && isFormat(from.format)) to.format = from.format;
  if (from.required === undefined) return 0;
  const required = needList(from.required, [...path, 'required']);
  if (!required.every((name) => typeof name === 'string'))
    throw new SchemaFault(`${placeOf([...path, 'required'])} is not a list of names`);
  to.required = [...new Set(required)];
  return required.length;
}

/** Bounds of numbers, lengths and counts. */
export function copyNumbers(from: JsonObject, to: JsonObject, path: readonly string[]): void {
  const copy = (key: string, fits: (value: number) => boolean) => {
    const value = from[key];
    if (value === undefined) return;
    if (typeof value !== 'number' || !fits(value))
      throw new SchemaFault(`${placeOf([...path, key])} is not a number it may be`);
    to[key] = value;
  };
  for (const key of counts) copy(key, (value) => Number.isInteger(value) && value >= 0);
  // Beside `contains` alone they mean anything.
  if (from.contains !== undefined)
    for (const key of contained) copy(key, (value) => Number.isInteger(value) && value >= 0);
  for (const key of bounds) copy(key, Number.isFinite);
  copy('multipleOf', (value) => value > 0 && Number.isFinite(value));
}
