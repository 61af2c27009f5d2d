import { type ErrorCode, WritError } from '../errors.ts';
import { parse } from '../json/parse.ts';
import { isObject, type JsonDocument, type JsonObject } from '../json/types.ts';

/** One JSON file of a bundle, read strictly: two readers must not see two policies. Throws WritError with `code`. */
export function readDocument(bytes: Uint8Array, what: string, code: ErrorCode): JsonDocument {
  try {
    return parse(bytes, { direction: 'to-client', maxBytes: bytes.length });
  } catch (cause) {
    throw new WritError(code, `${what} is not strict JSON.`, { cause });
  }
}

export function readObject(bytes: Uint8Array, what: string, code: ErrorCode): JsonObject {
  const { value } = readDocument(bytes, what, code);
  if (!isObject(value)) throw new WritError(code, `${what} is not a JSON object.`);
  return value;
}
