import type { ErrorObject } from 'ajv';
import { isObject, type Json, type JsonObject } from '../json/types.ts';

/** Faults told of one call, and what one may say of a schema. */
const mostFaults = 8;
const longestName = 64;
const mostListed = 12;
const named = /^[\p{L}\p{N}_$.:@/ -]+$/u;
const plainName = /^[A-Za-z_$][\w$]*$/;

/**
 * What is wrong with arguments, as sentences a model can act on. Names and allowed values are those of the schema: nothing
 * of the arguments themselves is repeated, not even the name of a property that the schema does not have.
 */
export function faultsOf(errors: readonly ErrorObject[], args: JsonObject, names: ReadonlySet<string>): string[] {
  const told = new Set<string>();
  for (const error of merged(errors)) {
    told.add(`${placeIn(error.instancePath, args, names)} ${sentence(error)}`);
    if (told.size === mostFaults) break;
  }
  return [...told];
}

/** Types refused one by one in the branches of one choice are one fault: `must be a number or null`. */
function merged(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword === 'if') continue;
    const branches = error.keyword === 'anyOf' || error.keyword === 'oneOf' ? trailing(kept, error) : [];
    if (branches.length === 0) kept.push(error);
    else if (branches.every(({ keyword }) => keyword === 'type')) {
      kept.splice(-branches.length);
      kept.push({ ...error, keyword: 'type', params: { type: branches.flatMap(({ params }) => params.type) } });
    }
  }
  return kept;
}

/** The errors just before this one that are of its branches. */
function trailing(kept: readonly ErrorObject[], { schemaPath, instancePath }: ErrorObject): ErrorObject[] {
  const from = kept.findLastIndex(
    (error) => error.instancePath !== instancePath || !error.schemaPath.startsWith(`${schemaPath}/`),
  );
  return kept.slice(from + 1);
}

/** `arguments.items[3].name`; a part the schema does not have is `*`. Follows the arguments to tell `[3]` from a name. */
function placeIn(pointer: string, args: JsonObject, names: ReadonlySet<string>): string {
  let place = 'arguments';
  let value: Json | undefined = args;
  for (const part of pointer === '' ? [] : pointer.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) {
      place += `[${Number(key)}]`;
      value = value[Number(key)];
    } else {
      place += !names.has(key) ? '.*' : plainName.test(key) ? `.${clip(key)}` : `["${clip(key)}"]`;
      value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    }
  }
  return place;
}

function clip(text: string): string {
  if (!named.test(text)) return '…';
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}

function listed(values: readonly unknown[]): string {
  const shown = values.slice(0, mostListed).map((value) => {
    if (typeof value === 'string') return `"${clip(value)}"`;
    return typeof value === 'object' && value !== null ? 'an object' : String(value);
  });
  return `${shown.join(', ')}${values.length > mostListed ? ', …' : ''}`;
}

const articles: Record<string, string> = {
  array: 'an array',
  boolean: 'a boolean',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

const plural = (count: unknown, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

const sentences: Record<string, (params: Record<string, unknown>, schema: unknown, parent: unknown) => string> = {
  type: ({ type }) => `must be ${[...new Set([type].flat())].map((one) => articles[String(one)]).join(' or ')}`,
  required: ({ missingProperty }) => `must have the property ${listed([missingProperty])}`,
  dependentRequired: ({ missingProperty }) => `must have the property ${listed([missingProperty])} with what it has`,
  additionalProperties: (_, __, parent) => `must have no properties but ${declared(parent)}`,
  unevaluatedProperties: () => 'must have no properties that its schema does not know',
  unevaluatedItems: () => 'must have no items that its schema does not know',
  propertyNames: () => 'has a property whose name is not allowed',
  among: (_, schema) =>
    `must be ${Array.isArray(schema) && schema.length === 1 ? '' : 'one of '}${listed([schema].flat())}`,
  format: ({ format }) => `must be in the format ${format}`,
  pattern: () => 'must match the pattern of its schema',
  minimum: ({ limit }) => `must be at least ${limit}`,
  maximum: ({ limit }) => `must be at most ${limit}`,
  exclusiveMinimum: ({ limit }) => `must be more than ${limit}`,
  exclusiveMaximum: ({ limit }) => `must be less than ${limit}`,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${multipleOf}`,
  minLength: ({ limit }) => `must have at least ${plural(limit, 'character')}`,
  maxLength: ({ limit }) => `must have at most ${plural(limit, 'character')}`,
  minItems: ({ limit }) => `must have at least ${plural(limit, 'item')}`,
  maxItems: ({ limit }) => `must have at most ${plural(limit, 'item')}`,
  items: ({ limit }) => `must have at most ${plural(limit, 'item')}`,
  minProperties: ({ limit }) => `must have at least ${limit} ${limit === 1 ? 'property' : 'properties'}`,
  maxProperties: ({ limit }) => `must have at most ${limit} ${limit === 1 ? 'property' : 'properties'}`,
  distinct: () => 'must have no item twice',
  contains: () => 'does not hold the items its schema asks for',
  anyOf: () => 'must have one of the forms of its schema',
  oneOf: () => 'must have exactly one of the forms of its schema',
  not: (_, schema) => (schema === true ? 'must not be there' : 'must not have the form that its schema rules out'),
  'false schema': () => 'must not be there',
};

function sentence({ keyword, params, schema, parentSchema }: ErrorObject): string {
  return sentences[keyword]?.(params, schema, parentSchema) ?? 'is not as its schema wants';
}

function declared(parent: unknown): string {
  const properties = typeof parent === 'object' && parent !== null && 'properties' in parent ? parent.properties : null;
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return names.length === 0 ? 'none' : listed(names);
}
