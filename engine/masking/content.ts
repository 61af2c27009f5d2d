import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';
import { parse } from '../json/parse.ts';
import { serialize } from '../json/serialize.ts';
import { isObject, type Json, type JsonDocument, type JsonObject, type NumberTexts } from '../json/types.ts';
import { isTimestamp, type Kinds, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';
import { partOf } from './part.ts';
import { type Reading, read } from './read.ts';
import { rewrite } from './rewrite.ts';

/**
 * A content item as masking sees it: a text that is structuredContent once more, one that is another JSON object or
 * array, one that is not JSON, or something it cannot look into.
 */
export type Content =
  | { readonly kind: 'repeated'; readonly item: JsonObject }
  | { readonly kind: 'json'; readonly item: JsonObject; readonly reading: Reading }
  | { readonly kind: 'text'; readonly item: JsonObject; readonly text: string }
  | { readonly kind: 'opaque'; readonly what: string };

/** Types of content that MCP defines and masks do not look into. Any other type is a word of the server's own. */
const opaque: ReadonlySet<string> = new Set(['image', 'audio', 'resource', 'resource_link']);

/** Looks for masked values in an item. `structured` is structuredContent as JSON.stringify and most servers write it. */
export function readContent(item: Json, structured: string | undefined, masking: Masking): Content {
  if (!isObject(item) || item.type !== 'text' || typeof item.text !== 'string') {
    const type = isObject(item) && typeof item.type === 'string' ? item.type : '';
    return { kind: 'opaque', what: opaque.has(type) ? type : 'content' };
  }
  const { text } = item;
  if (!/^\s*[{[]/.test(text)) return { kind: 'text', item, text };
  if (text === structured) return { kind: 'repeated', item };
  const document = strictJson(text);
  if (document === undefined) return { kind: 'opaque', what: 'text' };
  return { kind: 'json', item, reading: read(partOf(document), masking.rules, masking.hash, masking.literals) };
}

/** What starts as JSON and two readers may read in two ways is shown to neither. */
function strictJson(text: string): JsonDocument | undefined {
  const bytes = Buffer.from(text);
  try {
    return parse(bytes, { direction: 'to-client', maxBytes: bytes.length });
  } catch (error) {
    if (error instanceof WritError) return undefined;
    throw error;
  }
}

/** What takes the place of texts that nothing but the rest of the result can vouch for; undefined withholds them. */
export interface Vouched {
  /** Of a text that is structuredContent once more. */
  readonly repeated?: string | undefined;
  /** Of a text that is not JSON. */
  readonly prose?: ((text: string) => string) | undefined;
}

/** The text that is shown of an item; undefined where it is withheld. */
export function shownText(content: Content, { rules, literals }: Masking, vouched: Vouched = {}): string | undefined {
  switch (content.kind) {
    case 'json':
      return write(rewrite(content.reading, rules, literals, 1), content.reading.part.numbers);
    case 'repeated':
      return vouched.repeated;
    case 'text':
      return vouched.prose?.(content.text);
    case 'opaque':
      return undefined;
  }
}

/** What is shown of an item. */
export function shownItem(content: Content, masking: Masking, vouched?: Vouched): Shown {
  const text = shownText(content, masking, vouched);
  if (text === undefined || content.kind === 'opaque') {
    return {
      value: { type: 'text', text: withheldText(content.kind === 'opaque' ? content.what : 'text') },
      withheld: 1,
    };
  }
  return withText(content.item, text);
}

/** Stands in for what is withheld. */
export function withheldText(what: string): string {
  return `[withheld by policy: ${what} that cannot be masked]`;
}

export function write(value: Json | undefined, numbers: NumberTexts): string | undefined {
  return value === undefined ? undefined : serialize({ value, numbers });
}

/** A text item with another text; members beside it are left out and counted: free-form ones could say it all again. */
function withText(item: JsonObject, text: string): Shown {
  const { annotations } = item;
  const members = Object.keys(item).length;
  return isKnown(annotations)
    ? { value: { type: 'text', text, annotations }, withheld: members - 3 }
    : { value: { type: 'text', text }, withheld: members - 2 };
}

/** Annotations that hold nothing but what MCP defines: audience, priority, lastModified. */
function isKnown(annotations: Json | undefined): annotations is JsonObject {
  return isObject(annotations) && Object.entries(annotations).every(([key, value]) => known.get(key)?.(value) === true);
}

export const isRole = oneOf('user', 'assistant');

const known: Kinds = new Map([
  ['audience', (value) => Array.isArray(value) && value.every(isRole)],
  ['priority', (value) => typeof value === 'number' && value >= 0 && value <= 1],
  ['lastModified', isTimestamp],
]);
