import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { SchemaFault } from './schema-fault.ts';

/** Subschemas that may be applied to one value one inside the other: each may be a call on the stack. */
const longestChain = 48;
const single = ['not', 'if', 'then', 'else'] as const;
const many = ['allOf', 'anyOf', 'oneOf'] as const;

/**
 * Refuses a schema that comes back to itself without going down into the value, which never ends, and one whose chain of
 * such steps is very long. `schema` is a copy: its references are to its own `$defs`.
 */
export function refuseEndlessChains(schema: JsonObject): void {
  const defs = isObject(schema.$defs) ? schema.$defs : {};
  const lengths = new Map<JsonObject, number>();
  const open = new Set<JsonObject>();
  const chain = (value: Json | undefined): number => {
    if (!isObject(value)) return 0;
    const known = lengths.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) throw new SchemaFault('a $ref leads back to itself');
    if (open.size > longestChain) throw new SchemaFault(`more than ${longestChain} schemas apply one inside the other`);
    open.add(value);
    let longest = 0;
    for (const next of appliedBy(value, defs)) longest = Math.max(longest, chain(next));
    open.delete(value);
    lengths.set(value, longest + 1);
    if (longest + 1 > longestChain)
      throw new SchemaFault(`more than ${longestChain} schemas apply one inside the other`);
    return longest + 1;
  };
  const walk = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (isObject(value)) {
      chain(value);
      Object.values(value).forEach(walk);
    }
  };
  walk(schema);
}

/** Subschemas that judge the very value that this one does. */
function appliedBy(schema: JsonObject, defs: JsonObject): Json[] {
  const next: Json[] = [];
  if (typeof schema.$ref === 'string') next.push(defs[schema.$ref.slice('#/$defs/'.length)] ?? true);
  for (const key of single) if (schema[key] !== undefined) next.push(schema[key]);
  for (const key of many) if (Array.isArray(schema[key])) next.push(...schema[key]);
  if (isObject(schema.dependentSchemas)) next.push(...Object.values(schema.dependentSchemas));
  return next;
}
