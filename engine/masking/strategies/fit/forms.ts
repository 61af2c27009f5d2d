import { isObject, type Json, type JsonObject } from '../../../json/types.ts';
import { constant, type Draw } from '../draw.ts';
import { uuid } from '../pseudonym.ts';
import { member, resolved, rootOf } from '../schema-at.ts';
import { numberOf } from './accepts.ts';
import { sample } from './sample.ts';

/**
 * Values that a schema may take, whatever the value was that they stand for: the draw alone decides. `stem` is a word that
 * is theirs, to be put where a schema leaves room for one.
 */
export function* forms(schema: JsonObject, draw: Draw, stem: string): Generator<Json> {
  const parts = partsOf(schema);
  for (const part of parts) if (Object.hasOwn(part, 'const')) yield part.const ?? null;
  for (const part of parts) {
    const members = member(part, 'enum');
    if (Array.isArray(members)) yield* members.slice(0, 100);
  }
  for (const part of parts) yield* formatted(member(part, 'format'), draw, stem);
  for (const part of parts) {
    const pattern = member(part, 'pattern');
    const text = typeof pattern === 'string' ? sample(pattern, draw) : undefined;
    if (text !== undefined) yield text;
  }
  yield stem;
  for (const part of parts) yield* sized(part, draw, stem);
  for (const part of parts) yield* numbers(part, draw);
  // Never one of two that a value could choose.
  yield false;
  yield true;
  yield null;
}

/** Whether a schema names values, which are then all that it takes, or those it starts from. */
export function listsMembers(schema: JsonObject): boolean {
  return partsOf(schema).some((part) => Object.hasOwn(part, 'const') || Object.hasOwn(part, 'enum'));
}

/** The schema and all that bears on the same value, up to a bound. */
function partsOf(schema: JsonObject): JsonObject[] {
  const root = rootOf(schema);
  const parts: JsonObject[] = [schema];
  // Grows while it is gone through.
  for (const part of parts) {
    const below: (Json | undefined)[] = [member(part, 'then'), member(part, 'else')];
    if (typeof member(part, '$ref') === 'string') below.push(resolved(part, root));
    for (const name of ['allOf', 'anyOf', 'oneOf']) {
      const branches = member(part, name);
      if (Array.isArray(branches)) below.push(...branches.slice(0, 16));
    }
    for (const one of below) if (isObject(one) && parts.length < 64 && !parts.includes(one)) parts.push(one);
  }
  return parts;
}

/** Names and addresses that are nobody's: RFC 2606, 3849, 5737. */
function* formatted(format: Json | undefined, draw: Draw, stem: string): Generator<string> {
  const label = stem.replaceAll(/[^a-z\d]+/gi, '-').replaceAll(/^-+|-+$/g, '') || 'masked';
  switch (format) {
    case 'email':
    case 'idn-email':
      return yield `${label}@masked.invalid`;
    case 'uri':
    case 'uri-reference':
    case 'iri':
    case 'iri-reference':
    case 'uri-template':
    case 'url':
      return yield `https://masked.invalid/${label}`;
    case 'hostname':
    case 'idn-hostname':
      return yield `${label}.masked.invalid`;
    case 'date':
      return yield day(draw);
    case 'date-time':
    case 'iso-date-time':
      return yield `${day(draw)}T00:00:00Z`;
    case 'time':
    case 'iso-time':
      return yield `${two(draw.below(24))}:${two(draw.below(60))}:00Z`;
    case 'duration':
      return yield `P${draw.below(1000)}D`;
    case 'uuid':
      return yield uuid(draw);
    case 'ipv4':
      return yield `${['192.0.2', '198.51.100', '203.0.113'][draw.below(3)]}.${draw.below(256)}`;
    case 'ipv6':
      return yield `2001:db8::${draw.hex(4)}:${draw.hex(4)}:${draw.hex(4)}:${draw.hex(4)}`;
    case 'json-pointer':
      return yield `/${label}`;
    case 'json-pointer-uri-fragment':
      return yield `#/${label}`;
    case 'relative-json-pointer':
      return yield '0';
    case 'byte':
      return yield 'AAAA';
    default:
      return;
  }
}

function day(draw: Draw): string {
  return new Date(draw.below(20_000) * 86_400_000).toISOString().slice(0, 10);
}

function two(number: number): string {
  return `${number}`.padStart(2, '0');
}

/** As long as is asked for, within reason. */
function* sized(schema: JsonObject, draw: Draw, stem: string): Generator<string> {
  const least = numberOf(schema, 'minLength') ?? 0;
  const most = numberOf(schema, 'maxLength');
  if (stem.length < least && least <= 1000) yield stem + draw.text(Math.ceil(least) - stem.length);
  if (most !== undefined && most >= 0 && most < stem.length) yield draw.text(Math.floor(most));
}

/** Within the bounds, in steps of what they must be multiples of; the one nearest to zero where nothing is drawn. */
function* numbers(schema: JsonObject, draw: Draw): Generator<number> {
  const step = numberOf(schema, 'multipleOf') ?? 1;
  const above = numberOf(schema, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY;
  const below = numberOf(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY;
  const least = Math.max(numberOf(schema, 'minimum') ?? Number.NEGATIVE_INFINITY, above);
  const most = Math.min(numberOf(schema, 'maximum') ?? Number.POSITIVE_INFINITY, below);
  const lowest = most < 0 ? Math.floor(most / step) - 1e9 : 0;
  let from = least === Number.NEGATIVE_INFINITY ? lowest : Math.ceil(least / step);
  if (from * step <= above) from++;
  let to =
    most === Number.POSITIVE_INFINITY
      ? from + (member(schema, 'format') === 'int32' ? 1e9 : 2 ** 40)
      : Math.floor(most / step);
  if (to * step >= below) to--;
  const room = step > 0 ? Math.min(to - from + 1, 2 ** 40) : 0;
  const between = least + ((most - least) * (1 + draw.below(1e6))) / (1e6 + 2);
  // Between few whole numbers there are others, unless the schema takes whole ones alone.
  if (draw !== constant && room < 1000 && Number.isFinite(between)) yield between;
  if (room >= 1) {
    if (draw === constant && from <= 0) yield Math.min(0, to) * step;
    yield (from + draw.below(room)) * step;
    yield to * step;
  }
  if (Number.isFinite(between)) yield between;
}
