import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { segments } from './dotted.ts';

/** Parts of an input by name: all of one, or parts of it again. */
type Parts = true | Map<string, Parts>;

function partsOf(paths: readonly string[]): Parts {
  const root = new Map<string, Parts>();
  for (const path of paths) {
    const names = segments(path);
    let parts: Parts = root;
    for (const [index, name] of names.entries()) {
      if (parts === true) break;
      const below: Parts = index === names.length - 1 ? true : (parts.get(name) ?? new Map());
      parts.set(name, below);
      parts = below;
    }
  }
  return root.get('input') ?? new Map();
}

/** An object on which any name is free: nothing of Object.prototype is below it. V8 is slower with those of Object.create(null). */
class Taken {
  [name: string]: Json;
}
Object.setPrototypeOf(Taken.prototype, null);

function take(value: Json, parts: Parts): Json {
  // Elements of an array are parts of it by their index: they stay where they are.
  if (parts === true || !isObject(value)) return value;
  const taken = new Taken();
  for (const [name, below] of parts) {
    const part = Object.hasOwn(value, name) ? value[name] : undefined;
    if (part !== undefined) taken[name] = take(part, below);
  }
  return taken;
}

/**
 * The parts of an input that some rule reads, by the paths of `data.build.inputs`: where the build cannot tell, a path names
 * what contains the part. A decision is a pure function of these and the bundle, so policy is shown nothing else. It is
 * faster, the fuel a question takes does not depend on what nobody reads, and what two inputs have in common can be seen.
 */
export function partsRead(paths: readonly string[]): (input: JsonObject) => JsonObject {
  const parts = partsOf(paths);
  return (input) => {
    const taken = take(input, parts);
    return isObject(taken) ? taken : input;
  };
}
