import { WritError } from '../errors.ts';
import { foldKey } from '../json/fold-key.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { segments } from './dotted.ts';
import type { BuildData } from './types.ts';

/** Names known in one object of the arguments, and what is known below each. */
class Place {
  readonly below = new Map<string, Place>();
  readonly folded = new Set<string>();
  /** What is known below every item of an array, or every member. */
  each: Place | undefined;

  named(name: string): Place {
    const known = this.below.get(name) ?? new Place();
    this.below.set(name, known);
    this.folded.add(foldKey(name));
    return known;
  }

  any(): Place {
    this.each ??= new Place();
    return this.each;
  }
}

/** A tool's schema comes from its server: beyond so many parts, what is left names nothing. */
const mostParts = 10_000;

/** Names of arguments that something has a meaning for: rules that read them, or the schema of a tool. */
export class ArgumentNames {
  readonly #root = new Place();

  /** Of `data.build.arguments`: `input.call.arguments.rows.*.amount`. */
  static ofReads(paths: readonly string[]): ArgumentNames {
    const names = new ArgumentNames();
    for (const path of paths) {
      let place = names.#root;
      for (const part of segments(path).slice(3)) place = part === '*' ? place.any() : place.named(part);
    }
    return names;
  }

  /** Of a tool's `inputSchema`. References and conditions are not followed. */
  static ofSchema(schema: Json | undefined): ArgumentNames {
    const names = new ArgumentNames();
    let parts = 0;
    const walk = (part: Json | undefined, place: Place): void => {
      if (!isObject(part) || ++parts > mostParts) return;
      for (const [name, below] of Object.entries(isObject(part.properties) ? part.properties : {}))
        walk(below, place.named(name));
      walk(part.items, place.any());
      walk(part.additionalProperties, place.any());
      for (const key of ['allOf', 'anyOf', 'oneOf'])
        for (const each of Array.isArray(part[key]) ? part[key] : []) walk(each, place);
    };
    walk(schema, names.#root);
    return names;
  }

  /**
   * Refuses arguments of which a name is a known one but for letter case, at the place where that is known: policy would
   * not see it, and a server that ignores case (Go's encoding/json and .NET's web defaults do) would act on it. A name
   * that any of `all` knows as it is written may stand.
   *
   * @throws WritError WRIT_ARGUMENT_NAME
   */
  static refuseTwins(args: JsonObject, all: readonly ArgumentNames[]): void {
    refuse(
      args,
      all.map((names) => names.#root),
    );
  }
}

/** Names that rules for a server read, made once for a bundle and a server. */
export function namesReadBy(build: BuildData, server: string): ArgumentNames {
  const key = Object.hasOwn(build.arguments, server) ? server : '*';
  const known = made.get(build) ?? new Map<string, ArgumentNames>();
  made.set(build, known);
  const names = known.get(key) ?? ArgumentNames.ofReads(build.arguments[key] ?? []);
  known.set(key, names);
  return names;
}

const made = new WeakMap<BuildData, Map<string, ArgumentNames>>();

function refuse(value: Json, places: readonly Place[]): void {
  if (typeof value !== 'object' || value === null || places.length === 0) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) refuse(item, belowOf(places, String(index)));
    return;
  }
  for (const name of Object.keys(value)) {
    if (!places.some(({ below }) => below.has(name))) {
      const folded = foldKey(name);
      if (places.some((place) => place.folded.has(folded))) throw new WritError('WRIT_ARGUMENT_NAME');
    }
    const inner = value[name] as Json;
    if (typeof inner === 'object' && inner !== null) refuse(inner, belowOf(places, name));
  }
}

function belowOf(places: readonly Place[], name: string): Place[] {
  return places.flatMap(({ below, each }) => [below.get(name), each].filter((place) => place !== undefined));
}
