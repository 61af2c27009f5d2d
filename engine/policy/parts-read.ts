import { canonical } from '../json/canonical.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { segments } from './dotted.ts';

/**
 * Writes the parts of an input that some rule reads, by the paths of `data.build.inputs`, as RFC 8785: where the build cannot
 * tell, a path names what contains the part. A decision is a pure function of these and the bundle, so policy is shown nothing
 * else. It is faster, the fuel a question takes does not depend on what nobody reads, and what two inputs have in common can
 * be seen. Throws as `canonical`.
 */
export function partsRead(paths: readonly string[]): (input: JsonObject) => string {
  const parts = listed(partsOf(paths));
  return (input) => write(input, parts);
}

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

/** Parts in the order of RFC 8785, 3.2.3, each with its name as it stands before the value. */
type Listed = true | readonly { readonly name: string; readonly head: string; readonly below: Listed }[];

function listed(parts: Parts): Listed {
  if (parts === true) return true;
  const sorted = [...parts].sort(([left], [right]) => (left < right ? -1 : 1));
  return sorted.map(([name, below]) => ({ name, head: `${canonical(name)}:`, below: listed(below) }));
}

function write(value: Json, parts: Listed): string {
  // Elements of an array are parts of it by their index: they stay where they are.
  if (parts === true || !isObject(value)) return writeWhole(value);
  let text = '';
  for (const { name, head, below } of parts) {
    const part = Object.hasOwn(value, name) ? value[name] : undefined;
    if (part === undefined) continue;
    text += (text === '' ? '{' : ',') + head + write(part, below);
  }
  return text === '' ? '{}' : `${text}}`;
}

/** Most of what rules read are flags and plain words, which need no writer. */
function writeWhole(value: Json): string {
  if (typeof value === 'string' && plain.test(value)) return `"${value}"`;
  return value === null || typeof value === 'boolean' ? `${value}` : canonical(value);
}

/** ASCII that stands in a JSON text as it is. */
const plain = /^[ !#-[\]-~]*$/;
