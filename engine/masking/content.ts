import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';
import { parse } from '../json/parse.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { type Part, partOf } from './part.ts';

/**
 * A content item as masking sees it: a text that is structuredContent once more, one that is another JSON object or
 * array, one that is not JSON, or something it cannot look into.
 */
export type Content =
  | { readonly kind: 'repeated'; readonly item: JsonObject }
  | { readonly kind: 'json'; readonly item: JsonObject; readonly part: Part }
  | { readonly kind: 'text'; readonly item: JsonObject; readonly text: string }
  | { readonly kind: 'opaque'; readonly what: string };

/** Types of content that MCP defines and masks do not look into. Any other type is a word of the server's own. */
const opaque: ReadonlySet<string> = new Set(['image', 'audio', 'resource', 'resource_link']);

/** `structured` is structuredContent as JSON.stringify and most servers write it. */
export function readContent(item: Json, structured: string | undefined): Content {
  if (!isObject(item) || item.type !== 'text' || typeof item.text !== 'string') {
    const type = isObject(item) && typeof item.type === 'string' ? item.type : '';
    return { kind: 'opaque', what: opaque.has(type) ? type : 'content' };
  }
  const { text } = item;
  if (!/^\s*[{[]/.test(text)) return { kind: 'text', item, text };
  if (text === structured) return { kind: 'repeated', item };
  try {
    const bytes = Buffer.from(text);
    return { kind: 'json', item, part: partOf(parse(bytes, { direction: 'to-client', maxBytes: bytes.length })) };
  } catch (error) {
    // What starts as JSON and two readers may read in two ways is shown to neither.
    if (error instanceof WritError) return { kind: 'opaque', what: 'text' };
    throw error;
  }
}

/** Stands in for what is withheld. */
export function withheldItem(what: string): JsonObject {
  return { type: 'text', text: `[withheld by policy: ${what} that cannot be masked]` };
}

/** A text item with another text, and how many of its members are left out: free-form ones could say it all again. */
export function withText(item: JsonObject, text: string): { item: JsonObject; withheld: number } {
  const { annotations } = item;
  const members = Object.keys(item).length;
  return isKnown(annotations)
    ? { item: { type: 'text', text, annotations }, withheld: members - 3 }
    : { item: { type: 'text', text }, withheld: members - 2 };
}

/** Annotations that hold nothing but what MCP defines: audience, priority, lastModified. */
function isKnown(annotations: Json | undefined): annotations is JsonObject {
  return isObject(annotations) && Object.entries(annotations).every(([key, value]) => known.get(key)?.(value) === true);
}

const known = new Map<string, (value: Json) => boolean>([
  ['audience', (value) => Array.isArray(value) && value.every((role) => role === 'user' || role === 'assistant')],
  ['priority', (value) => typeof value === 'number' && value >= 0 && value <= 1],
  ['lastModified', (value) => typeof value === 'string' && timestamp.test(value)],
]);

const timestamp = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
