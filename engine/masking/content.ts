import { Buffer } from 'node:buffer';
import { serialize } from '../json/serialize.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../json/types.ts';
import { isTimestamp, type Kinds, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';
import { isPlainType, textIn } from './media.ts';
import { readMembers } from './members.ts';
import { strictJson } from './part.ts';
import type { Reading } from './read.ts';
import { withheldText } from './withheld.ts';

/** A text as it was read. */
export interface TextRead {
  /** Once more what structuredContent says, another JSON object or array, or text that is not JSON. */
  readonly kind: 'repeated' | 'json' | 'prose';
  readonly reading: Reading | undefined;
  /** The text that is shown; undefined where it is withheld. */
  shown(vouched: Vouched): string | undefined;
}

/** What takes the place of texts that nothing but the rest of the result can vouch for; undefined withholds them. */
export interface Vouched {
  /** Of a text that is structuredContent once more. */
  readonly repeated?: string | undefined;
  /** Whether texts that are not JSON are shown. */
  readonly prose?: boolean;
}

/** Reads a text; undefined for what two readers may read in two ways, which is shown to neither. */
export function readText(text: string, structured: string | undefined, masking: Masking): TextRead | undefined {
  if (!/^\s*[{[]/.test(text)) return prose(text, masking);
  if (text === structured) return { kind: 'repeated', reading: undefined, shown: ({ repeated }) => repeated };
  const document = strictJson(text);
  // Where detectors look, they look into what only some take for JSON as well.
  if (document === undefined) return masking.vouch ? prose(text, masking) : undefined;
  // Many servers set it out for people, or escape letters in it.
  if (structured !== undefined && text.length >= structured.length && serialize(document) === structured)
    return {
      kind: 'repeated',
      reading: undefined,
      shown: ({ repeated }) => (repeated === structured ? text : repeated),
    };
  const reading = masking.document(document);
  const shown = () => {
    const before = masking.tally.changes;
    const value = masking.show(reading);
    if (masking.tally.changes === before && masking.vouch) return text;
    return value === undefined ? undefined : serialize({ value, numbers: reading.part.numbers });
  };
  return { kind: 'json', reading, shown };
}

function prose(text: string, masking: Masking): TextRead {
  const reading = masking.words(text);
  return {
    kind: 'prose',
    reading,
    shown: (vouched) => {
      if (!vouched.prose && !masking.vouch) return undefined;
      const shown = masking.show(reading);
      return typeof shown === 'string' ? shown : '';
    },
  };
}

/** An item of content as it was read. */
export interface Content {
  /** Of an item that is a text. */
  readonly text: TextRead | undefined;
  show(vouched: Vouched): Shown;
}

/** Types of content that MCP defines and paths of masks do not lead into. Any other type is a word of the server's own. */
const opaque: ReadonlySet<string> = new Set(['image', 'audio', 'resource', 'resource_link']);

/** Reads an item of content. `structured` is structuredContent as JSON.stringify and most servers write it. */
export function readContent(
  item: Json,
  structured: string | undefined,
  masking: Masking,
  numbers: NumberTexts,
): Content {
  const type = isObject(item) && typeof item.type === 'string' ? item.type : '';
  if (isObject(item)) {
    if (type === 'text' && typeof item.text === 'string') {
      const text = readText(item.text, structured, masking);
      if (text !== undefined) return ofText(item, text, masking, numbers);
      return withheldContent('text');
    }
    if (type === 'image' || type === 'audio') return ofMedia(item, type, masking, numbers);
    if (masking.vouch && type === 'resource_link') return ofLink(item, masking, numbers);
    if (masking.vouch && type === 'resource' && isObject(item.resource))
      return ofResource(item, item.resource, masking, numbers);
  }
  return withheldContent(opaque.has(type) ? type : 'content');
}

function ofText(item: JsonObject, text: TextRead, masking: Masking, numbers: NumberTexts): Content {
  const others = readMembers(item, beside, masking, numbers, ['type', 'text']);
  return {
    text,
    show(vouched) {
      const shown = text.shown(vouched);
      if (shown === undefined) return withheldItem('text');
      const { value, withheld } = others();
      return { value: { type: 'text', text: shown, ...value }, withheld };
    },
  };
}

function ofMedia(item: JsonObject, type: string, masking: Masking, numbers: NumberTexts): Content {
  const { data, mimeType } = item;
  if (typeof data !== 'string') return withheldContent(type);
  const blob = readBlob(data, mimeType, masking);
  const others = readTyped(item, beside, masking, numbers, ['type', 'data']);
  return {
    text: undefined,
    show() {
      const shown = blob();
      if (shown === undefined) return withheldItem(type);
      const { value, withheld } = others();
      return { value: { type, data: shown, ...value }, withheld };
    },
  };
}

/** Base64 data. What is text is masked, whatever it is said to be; undefined where the data is withheld. */
export function readBlob(data: string, mimeType: Json | undefined, masking: Masking): () => string | undefined {
  const within = textIn(data);
  if (within !== undefined) {
    const text = masking.vouch ? readText(within, undefined, masking) : undefined;
    return () => {
      const shown = text?.shown({});
      return shown === within ? data : shown === undefined ? undefined : Buffer.from(shown).toString('base64');
    };
  }
  const { action } = masking.media(mimeType);
  return () => (action === 'allow' ? data : undefined);
}

function ofLink(item: JsonObject, masking: Masking, numbers: NumberTexts): Content {
  const members = readTyped(item, beside, masking, numbers, ['type']);
  return {
    text: undefined,
    show() {
      const { value, withheld } = members();
      return { value: { type: 'resource_link', ...value }, withheld };
    },
  };
}

function ofResource(item: JsonObject, resource: JsonObject, masking: Masking, numbers: NumberTexts): Content {
  const within = readContents(resource, masking, numbers, undefined);
  const others = readMembers(item, beside, masking, numbers, ['type', 'resource']);
  return {
    text: undefined,
    show() {
      const shown = within();
      const { value, withheld } = others();
      return { value: { type: 'resource', resource: shown.value, ...value }, withheld: shown.withheld + withheld };
    },
  };
}

/** Takes the place of a URI that is not shown. */
const withheldUri = 'withheld:by-policy';

/**
 * The contents of a resource. `asked` is the URI the caller asked for; any other may be made of somebody's data, and no path
 * leads into it.
 */
export function readContents(
  item: JsonObject,
  masking: Masking,
  numbers: NumberTexts,
  asked: string | undefined,
): () => Shown {
  const isAsked = item.uri === asked && asked !== undefined;
  const uris = readMembers(isAsked ? {} : { uri: item.uri ?? '' }, new Map(), masking, numbers);
  const text = typeof item.text === 'string' ? readText(item.text, undefined, masking) : undefined;
  const blob =
    typeof item.blob === 'string' && item.text === undefined ? readBlob(item.blob, item.mimeType, masking) : undefined;
  const others = readTyped(item, new Map(), masking, numbers, ['uri', 'text', 'blob']);
  return () => {
    const { value: own, withheld: unknown } = uris();
    const uri = isAsked ? asked : (own.uri ?? withheldUri);
    const body = blob === undefined ? { text: text?.shown({}) } : { blob: blob() };
    const [[name, said] = ['text', undefined]] = Object.entries(body);
    if (said === undefined) {
      const what = typeof item.blob === 'string' ? 'blob' : 'text';
      return { value: { uri, mimeType: 'text/plain', text: withheldText(what) }, withheld: 1 + unknown };
    }
    const { value, withheld } = others();
    return { value: { uri, ...value, [name]: said }, withheld: withheld + unknown };
  };
}

function withheldContent(what: string): Content {
  return { text: undefined, show: () => withheldItem(what) };
}

function withheldItem(what: string): Shown {
  return { value: { type: 'text', text: withheldText(what) }, withheld: 1 };
}

/** Annotations that hold nothing but what MCP defines: audience, priority, lastModified. */
function isKnown(annotations: Json | undefined): boolean {
  return isObject(annotations) && Object.entries(annotations).every(([key, value]) => known.get(key)?.(value) === true);
}

export const isRole = oneOf('user', 'assistant');

const known: Kinds = new Map([
  ['audience', (value) => Array.isArray(value) && value.every(isRole)],
  ['priority', (value) => typeof value === 'number' && value >= 0 && value <= 1],
  ['lastModified', isTimestamp],
]);
const beside: Kinds = new Map([['annotations', isKnown]]);

/** As `readMembers`, of what says its type: that is left out where it may be more than one, and looked into where texts are. */
function readTyped(
  item: JsonObject,
  kinds: Kinds,
  masking: Masking,
  numbers: NumberTexts,
  apart: readonly string[],
): () => Shown {
  const { mimeType } = item;
  if (mimeType === undefined || isPlainType(mimeType)) {
    const known: Kinds = masking.vouch ? kinds : new Map([...kinds, ['mimeType', isPlainType]]);
    return readMembers(item, known, masking, numbers, apart);
  }
  const others = readMembers(item, kinds, masking, numbers, [...apart, 'mimeType']);
  return () => {
    const { value, withheld } = others();
    return { value, withheld: withheld + 1 };
  };
}
