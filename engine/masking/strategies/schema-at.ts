import { isObject, type Json, type JsonObject } from '../../json/types.ts';

/**
 * The schema of a member or item of what `schema` describes, undefined where it says nothing of it. Knows properties,
 * additionalProperties, items, prefixItems, $ref within the schema, and allOf, anyOf and oneOf, of which the first that
 * has it counts. The schema that is asked first is the one that its $refs lead into; those of what it gives, too.
 */
export function schemaAt(schema: JsonObject | undefined, key: string | number): JsonObject | undefined {
  if (schema === undefined) return undefined;
  const root = roots.get(schema) ?? schema;
  const found = search(schema, key, root, { left: 64 });
  if (found !== undefined && found !== root) roots.set(found, root);
  return found;
}

/** The schema itself, or what its $ref leads to; undefined where that leads nowhere. */
export function resolved(schema: JsonObject, root: JsonObject = rootOf(schema)): JsonObject | undefined {
  let here: JsonObject | undefined = schema;
  // A chain of references may be a ring.
  for (let step = 0; here !== undefined && step < 16; step++) {
    const reference: Json | undefined = member(here, '$ref');
    if (typeof reference !== 'string') return here;
    here = pointed(root, reference);
  }
  return undefined;
}

/** The schema that $refs of this one lead into. */
export function rootOf(schema: JsonObject): JsonObject {
  return roots.get(schema) ?? schema;
}

const roots = new WeakMap<JsonObject, JsonObject>();

/** A member the object has itself: names are a server's, and `constructor` is one of them. */
export function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function search(
  schema: JsonObject,
  key: string | number,
  root: JsonObject,
  steps: { left: number },
): JsonObject | undefined {
  if (steps.left-- <= 0) return undefined;
  const own = typeof key === 'string' ? memberOf(schema, key) : itemOf(schema, key);
  if (own !== undefined) return own;
  if (typeof member(schema, '$ref') === 'string') {
    const target = resolved(schema, root);
    const found = target === undefined ? undefined : search(target, key, root, steps);
    if (found !== undefined) return found;
  }
  for (const name of ['allOf', 'anyOf', 'oneOf']) {
    const branches = member(schema, name);
    if (!Array.isArray(branches)) continue;
    for (const branch of branches) {
      const found = isObject(branch) ? search(branch, key, root, steps) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function memberOf(schema: JsonObject, key: string): JsonObject | undefined {
  const properties = member(schema, 'properties');
  const own = isObject(properties) ? member(properties, key) : undefined;
  return schemaOf(own) ?? schemaOf(member(schema, 'additionalProperties'));
}

function itemOf(schema: JsonObject, index: number): JsonObject | undefined {
  const first = member(schema, 'prefixItems');
  if (Array.isArray(first) && index < first.length) return schemaOf(first[index]);
  return schemaOf(member(schema, 'items'));
}

function schemaOf(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

/** What a JSON Pointer (RFC 6901) in a fragment leads to. */
function pointed(root: JsonObject, reference: string): JsonObject | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/') || reference.length > 1000) return undefined;
  let here: Json | undefined = root;
  for (const part of reference.slice(2).split('/')) {
    const name = unescaped(part);
    if (name === undefined) return undefined;
    if (Array.isArray(here)) here = /^\d{1,6}$/.test(name) ? here[Number(name)] : undefined;
    else here = isObject(here) ? member(here, name) : undefined;
  }
  return schemaOf(here);
}

function unescaped(part: string): string | undefined {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return undefined;
  }
}
