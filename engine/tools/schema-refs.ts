import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { SchemaFault } from './schema-fault.ts';

/**
 * Finds what `$ref` names within one schema. Nothing is ever fetched: a reference that leaves the document makes the schema
 * unusable (2026-07-28, tools, "JSON Schema": external references are not followed).
 */
export class SchemaRefs {
  readonly #root: JsonObject;
  #anchors: Map<string, JsonObject> | undefined;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  /** Throws SchemaFault for what is not in the document. */
  resolve(ref: string): Json {
    const id = typeof this.#root.$id === 'string' ? this.#root.$id.replace(/#$/, '') : '';
    const local = id !== '' && ref.startsWith(`${id}#`) ? ref.slice(id.length) : ref;
    if (local === '#' || (id !== '' && local === id)) return this.#root;
    if (!local.startsWith('#')) throw new SchemaFault('a $ref leads out of the schema, and none is fetched');
    const fragment = decoded(local.slice(1));
    const found = fragment.startsWith('/') ? this.#pointed(fragment) : this.#named().get(fragment);
    if (found === undefined) throw new SchemaFault('a $ref leads nowhere');
    return found;
  }

  #pointed(pointer: string): Json | undefined {
    let found: Json | undefined = this.#root;
    for (const part of pointer.slice(1).split('/')) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      if (Array.isArray(found)) found = /^\d{1,6}$/.test(key) ? found[Number(key)] : undefined;
      else found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
    }
    return found;
  }

  /** `$anchor` and, in draft-07, `$id: "#name"`. Of two with one name neither counts, so that no order decides. */
  #named(): Map<string, JsonObject> {
    if (this.#anchors) return this.#anchors;
    const found = new Map<string, JsonObject>();
    const twice = new Set<string>();
    const walk = (value: Json): void => {
      if (Array.isArray(value)) value.forEach(walk);
      else if (isObject(value)) {
        const { $anchor, $dynamicAnchor, $id } = value;
        for (const name of [$anchor, $dynamicAnchor, typeof $id === 'string' && /^#./.test($id) ? $id.slice(1) : null])
          if (typeof name === 'string') {
            if (found.has(name) && found.get(name) !== value) twice.add(name);
            found.set(name, value);
          }
        Object.values(value).forEach(walk);
      }
    };
    walk(this.#root);
    for (const name of twice) found.delete(name);
    this.#anchors = found;
    return found;
  }
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    throw new SchemaFault('a $ref is not a URI reference');
  }
}
