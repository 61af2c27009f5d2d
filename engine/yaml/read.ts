import { load, YAMLException } from 'js-yaml';
import type { ErrorCode } from '../errors.ts';
import type { Json } from '../json/types.ts';
import { escapeKey, type Place, placeAt, positions } from './position.ts';
import { SourceError } from './source-error.ts';

export { escapeKey };

/** YAML as JSON data, and where in the text each part of it stands. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  readonly value: Json;
  /** Of the value at a JSON Pointer (RFC 6901), or of its key; the nearest enclosing value where there is none. */
  place(pointer: string, of?: 'value' | 'key'): Place;
}

/**
 * Reads one YAML document as JSON data: objects without prototype, numbers that a double holds exactly. What YAML has
 * beyond JSON (aliases, tags, infinities, keys that are not text) is refused, as are duplicate keys.
 *
 * Throws SourceError with `code`.
 */
export function readYaml(text: string, file: string, code: ErrorCode): YamlSource {
  try {
    const value = load(text, { filename: file, maxDepth: 64, maxAliases: 0 });
    const { keys, values } = positions(text);
    const place = (pointer: string, of: 'value' | 'key' = 'value'): Place =>
      placeAt(text, nearest(of === 'key' ? [keys, values] : [values, keys], pointer));
    const refuse = (pointer: string, message: string) =>
      new SourceError(code, [{ file, text, ...place(pointer), message }]);
    return { file, text, value: plain(value, '', refuse), place };
  } catch (cause) {
    if (cause instanceof SourceError) throw cause;
    // js-yaml asks its callers to expect more than its own exceptions from a hostile text.
    const { reason, position } = cause instanceof YAMLException ? explain(cause) : { reason: 'no YAML', position: 0 };
    throw new SourceError(code, [{ file, text, ...placeAt(text, position), message: reason }], { cause });
  }
}

function explain({ reason, mark }: YAMLException): { reason: string; position: number } {
  return { reason, position: mark?.position ?? 0 };
}

function nearest(maps: readonly Map<string, number>[], pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    for (const map of maps) {
      const offset = map.get(at);
      if (offset !== undefined) return offset;
    }
    if (at === '') return 0;
  }
}

function plain(value: unknown, pointer: string, refuse: (pointer: string, message: string) => SourceError): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw refuse(pointer, 'text holds half of a surrogate pair');
    return value;
  }
  if (typeof value === 'number') {
    const exact = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    if (!exact) throw refuse(pointer, 'a number JSON cannot hold exactly: write it as text, in quotes');
    return value;
  }
  if (Array.isArray(value)) return value.map((item, index) => plain(item, `${pointer}/${index}`, refuse));
  if (typeof value !== 'object') throw refuse(pointer, 'a value JSON does not have');
  const object = Object.create(null);
  for (const [key, item] of Object.entries(value)) object[key] = plain(item, `${pointer}/${escapeKey(key)}`, refuse);
  return object;
}
