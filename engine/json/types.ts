/** JSON as plain data. Objects made by the strict parser have no prototype. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/**
 * Source text of the numbers that JavaScript would write otherwise (`1.0`, `1e2`, `9007199254740993`), by the array or
 * object that holds them. Numbers not found here are written as JSON.stringify writes them.
 */
export type NumberTexts = WeakMap<object, Map<string | number, string>>;

/** One parsed message: what it says, and what must be kept of how it said it. */
export interface JsonDocument {
  readonly value: Json;
  readonly numbers: NumberTexts;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
