import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { segments } from './dotted.ts';

/** Parts of an input by name: all of one, or parts of it again. */
type Parts = true | { [name: string]: Parts };

function partsOf(paths: readonly string[]): Parts {
  const root: { [name: string]: Parts } = Object.create(null);
  for (const path of paths) {
    const names = segments(path);
    let parts: Parts = root;
    for (const [index, name] of names.entries()) {
      if (parts === true) break;
      if (index === names.length - 1) parts[name] = true;
      else parts = parts[name] ??= Object.create(null) as Parts;
    }
  }
  return root.input ?? Object.create(null);
}

function take(value: Json, parts: Parts): Json {
  // Elements of an array are parts of it by their index: they stay where they are.
  if (parts === true || !isObject(value)) return value;
  const taken: JsonObject = Object.create(null);
  for (const name in parts) {
    const [part, below] = [Object.hasOwn(value, name) ? value[name] : undefined, parts[name]];
    if (part !== undefined && below !== undefined) taken[name] = take(part, below);
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
