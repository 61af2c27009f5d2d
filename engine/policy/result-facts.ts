import { queryValues } from '../json/query.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../json/types.ts';
import type { BuildData, Catalogue, PolicyInput } from './types.ts';

/** Some rule looks at results of this server; the others need not be shown to policy a second time. */
export function readsResults({ result_packs }: BuildData, server: string): boolean {
  const packs = Object.hasOwn(result_packs, server) ? result_packs[server] : result_packs['*'];
  return packs !== undefined && packs.length > 0;
}

/** What the second look is told of a result: its shape, and the facts the catalogue names for the tool. */
export function resultFacts(
  catalogue: Catalogue,
  input: PolicyInput,
  result: JsonObject,
  bytes: number,
  numbers: NumberTexts = new WeakMap(),
): NonNullable<PolicyInput['result']> {
  const facts: JsonObject = {};
  const entry = catalogue[input.server.name]?.[input.call.tool ?? ''];
  for (const [name, path] of Object.entries(entry?.facts ?? {})) {
    facts[name] = queryValues(path, { value: result.structuredContent ?? null, numbers });
  }
  return { is_error: result.isError === true, bytes, mime_types: mimeTypes(result.content), facts };
}

function mimeTypes(content: Json | undefined): string[] {
  const items = Array.isArray(content) ? content : [];
  const types = items.flatMap((item) => (isObject(item) && typeof item.mimeType === 'string' ? [item.mimeType] : []));
  return [...new Set(types)].sort();
}
