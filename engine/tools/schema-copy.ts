import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { Patterns } from './patterns.ts';
import { placeOf, SchemaFault } from './schema-fault.ts';
import { copyNumbers, copyShape, needList, needObject } from './schema-keywords.ts';
import { SchemaRefs } from './schema-refs.ts';

export type Dialect = '2020-12' | 'draft-07';

/** A schema in the one form that is compiled: 2020-12, of known keywords alone, every reference to a name of ours. */
export interface SchemaCopy {
  schema: JsonObject;
  patterns: Patterns;
  /** Names of properties that the schema has, which a message may therefore repeat. */
  names: ReadonlySet<string>;
  /** True where a `pattern` could not be asked, and what depends on it was left out. */
  loose: boolean;
}

/** Subschemas of the copy, and levels of nesting. */
const mostParts = 2_000;
const deepest = 64;
const lists = ['allOf', 'anyOf', 'oneOf'] as const;
/** Of work, for whatever may come to be a fault. */
const unit = 10;
/** Where `false` is one refusal of all there is. */
const wholly = new Set([
  'additionalProperties',
  'items',
  'additionalItems',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

/**
 * Copies a schema that a server chose into one that may be compiled. ajv writes JavaScript from what it compiles, so it
 * is given nothing but keywords of JSON Schema whose values have the shape they must have; annotations, ajv's own
 * keywords (`$async`, `nullable`, `discriminator`), ids and references as the server wrote them stay behind.
 *
 * `loose` leaves out all that would turn round where a pattern is not asked (`not`, `if`, the "only one" of `oneOf`), so
 * that a schema only ever accepts more for it.
 */
export class SchemaCopier {
  readonly #refs: SchemaRefs;
  readonly #dialect: Dialect;
  readonly #loose: boolean;
  readonly #targets = new Map<Json, string>();
  readonly #waiting: { name: string; target: Json }[] = [];
  readonly patterns = new Patterns();
  readonly names = new Set<string>();
  /** A pattern was met that cannot be asked. */
  unasked = false;
  #parts = 0;

  constructor(root: JsonObject, dialect: Dialect, loose: boolean) {
    this.#refs = new SchemaRefs(root);
    this.#dialect = dialect;
    this.#loose = loose;
  }

  copy(root: JsonObject): JsonObject {
    const copy = this.#copyObject(root, []);
    const $defs: JsonObject = Object.create(null);
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift())
      $defs[next.name] = this.#copyAny(next.target, ['$ref']);
    copy.$defs = $defs;
    return copy;
  }

  #copyAny(value: Json | undefined, path: readonly string[]): Json {
    if (typeof value === 'boolean') {
      this.#count();
      // Each refusal is a fault in memory, so each is paid for; where ajv asks once for all, it is as it was.
      return value || wholly.has(path.at(-1) ?? '') ? value : { not: true, work: unit };
    }
    if (!isObject(value)) throw new SchemaFault(`${placeOf(path)} is not a schema`);
    return this.#copyObject(value, path);
  }

  #copyObject(from: JsonObject, path: readonly string[]): JsonObject {
    this.#count();
    if (path.length > deepest) throw new SchemaFault(`it is nested deeper than ${deepest} levels`);
    if (path.length > 0 && typeof from.$id === 'string' && !from.$id.startsWith('#'))
      throw new SchemaFault(`${placeOf(path)} has an $id of its own`);
    const to: JsonObject = Object.create(null);
    const ref = from.$ref ?? (this.#dialect === '2020-12' ? from.$dynamicRef : undefined);
    if (ref !== undefined) to.$ref = this.#copyRef(ref);
    // draft-07, 8.3: what stands beside a $ref is ignored.
    if (ref !== undefined && this.#dialect === 'draft-07') return { ...to, work: unit };
    let weight = copyShape(from, to, path);
    copyNumbers(from, to, path);
    this.#copyPattern(from, to, path);
    this.#copyItems(from, to, path);
    weight += this.#copyProperties(from, to, path);
    this.#copyLogic(from, to, path);
    to.work = unit * (1 + Object.keys(to).length + weight);
    return to;
  }

  #count(): void {
    if (++this.#parts > mostParts) throw new SchemaFault(`it has more than ${mostParts} parts`);
  }

  #copyRef(ref: Json): string {
    if (typeof ref !== 'string') throw new SchemaFault('a $ref is not a string');
    const target = this.#refs.resolve(ref);
    let name = this.#targets.get(target);
    if (name === undefined || typeof target !== 'object') {
      name = `d${this.#targets.size}`;
      this.#targets.set(target, name);
      this.#waiting.push({ name, target });
    }
    return `#/$defs/${name}`;
  }

  #copyPattern({ pattern }: JsonObject, to: JsonObject, path: readonly string[]): void {
    if (pattern === undefined) return;
    if (typeof pattern !== 'string') throw new SchemaFault(`${placeOf([...path, 'pattern'])} is not a string`);
    if (this.patterns.add(pattern)) to.pattern = pattern;
    else this.unasked = true;
  }

  #copyItems(from: JsonObject, to: JsonObject, path: readonly string[]): void {
    const at = (key: string) => this.#copyAny(from[key], [...path, key]);
    // Many servers write draft-07 and do not say so; an array here can mean nothing else.
    if (Array.isArray(from.items)) {
      if (from.items.length > 0)
        to.prefixItems = from.items.map((each, index) => this.#copyAny(each, [...path, 'items', `${index}`]));
      if (from.additionalItems !== undefined) to.items = at('additionalItems');
    } else if (from.items !== undefined) to.items = at('items');
    if (from.contains !== undefined) {
      to.contains = at('contains');
      if (this.#loose) delete to.maxContains;
    }
    if (this.#dialect === 'draft-07') {
      delete to.minContains;
      delete to.maxContains;
      return;
    }
    if (from.prefixItems !== undefined)
      to.prefixItems = needList(from.prefixItems, [...path, 'prefixItems']).map((each, index) =>
        this.#copyAny(each, [...path, 'prefixItems', `${index}`]),
      );
    for (const key of ['unevaluatedItems', 'unevaluatedProperties'])
      if (from[key] !== undefined && !this.#loose) to[key] = at(key);
  }

  /** Each member of an object of schemas. */
  #copyMap(value: Json | undefined, path: readonly string[]): JsonObject {
    const to: JsonObject = Object.create(null);
    for (const [name, each] of Object.entries(needObject(value, path))) to[name] = this.#copyAny(each, [...path, name]);
    return to;
  }

  /** Returns how many names are looked at. */
  #copyProperties(from: JsonObject, to: JsonObject, path: readonly string[]): number {
    if (from.properties !== undefined) {
      to.properties = this.#copyMap(from.properties, [...path, 'properties']);
      for (const name of Object.keys(to.properties)) this.names.add(name);
    }
    let lost = false;
    if (from.patternProperties !== undefined) {
      const copied = this.#copyMap(from.patternProperties, [...path, 'patternProperties']);
      for (const pattern of Object.keys(copied)) {
        if (this.patterns.add(pattern)) continue;
        delete copied[pattern];
        this.unasked = true;
        lost = true;
      }
      to.patternProperties = copied;
    }
    // What a lost pattern would have let in must not be taken for additional.
    if (from.additionalProperties !== undefined && !lost)
      to.additionalProperties = this.#copyAny(from.additionalProperties, [...path, 'additionalProperties']);
    if (from.propertyNames !== undefined)
      to.propertyNames = this.#copyAny(from.propertyNames, [...path, 'propertyNames']);
    return this.#copyDependent(from, to, path);
  }

  #copyDependent(from: JsonObject, to: JsonObject, path: readonly string[]): number {
    const key = this.#dialect === 'draft-07' ? 'dependencies' : 'dependentRequired';
    const required: JsonObject = Object.create(null);
    const schemas: JsonObject =
      this.#dialect === '2020-12' && from.dependentSchemas !== undefined
        ? this.#copyMap(from.dependentSchemas, [...path, 'dependentSchemas'])
        : Object.create(null);
    let names = 0;
    for (const [name, each] of from[key] === undefined ? [] : Object.entries(needObject(from[key], [...path, key]))) {
      if (Array.isArray(each)) {
        if (!each.every((needed) => typeof needed === 'string'))
          throw new SchemaFault(`${placeOf([...path, key, name])} is not a list of names`);
        required[name] = each;
        names += each.length;
      } else if (this.#dialect === 'draft-07') schemas[name] = this.#copyAny(each, [...path, key, name]);
      else throw new SchemaFault(`${placeOf([...path, key, name])} is not a list of names`);
    }
    if (Object.keys(required).length > 0) to.dependentRequired = required;
    if (Object.keys(schemas).length > 0) to.dependentSchemas = schemas;
    return names;
  }

  #copyLogic(from: JsonObject, to: JsonObject, path: readonly string[]): void {
    for (const key of lists) {
      if (from[key] === undefined) continue;
      const copied = needList(from[key], [...path, key]).map((each, index) =>
        this.#copyAny(each, [...path, key, `${index}`]),
      );
      if (copied.length === 0) throw new SchemaFault(`${placeOf([...path, key])} is empty`);
      if (key === 'allOf') to.allOf = [...(Array.isArray(to.allOf) ? to.allOf : []), ...copied];
      else if (key === 'anyOf' || !this.#loose) to[key] = copied;
      else to.allOf = [...(Array.isArray(to.allOf) ? to.allOf : []), { anyOf: copied, work: unit }];
    }
    for (const key of ['not', 'if', 'then', 'else']) {
      if (from[key] === undefined) continue;
      const copied = this.#copyAny(from[key], [...path, key]);
      if (!this.#loose && (key === 'not' || from.if !== undefined)) to[key] = copied;
    }
  }
}
