import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';
import { canonical } from '../json/canonical.ts';
import { parse } from '../json/parse.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';

/** What a tool answered: the documents that paths lead into, each once, and the texts that none leads into. */
export interface Answer {
  readonly documents: Json[];
  readonly prose: string[];
}

export function answerOf(result: JsonObject | undefined): Answer {
  const documents = new Map<string, Json>();
  const prose: string[] = [];
  const add = (document: Json) => documents.set(canonical(document), document);
  if (result?.structuredContent !== undefined) add(result.structuredContent);
  for (const text of textsOf(result?.content)) {
    const document = jsonIn(text);
    if (document === undefined) prose.push(text);
    // Servers write structuredContent as text again for older clients.
    else add(document);
  }
  return { documents: [...documents.values()], prose };
}

function textsOf(content: Json | undefined): string[] {
  const items = Array.isArray(content) ? content : [];
  return items.flatMap((item) => {
    if (!isObject(item)) return [];
    const { text, resource } = item;
    const inner = isObject(resource) ? resource.text : undefined;
    return [text, inner].filter((each) => typeof each === 'string');
  });
}

function jsonIn(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const bytes = Buffer.from(text);
  try {
    return parse(bytes, { direction: 'to-client', maxBytes: bytes.length }).value;
  } catch (cause) {
    if (cause instanceof WritError) return undefined;
    throw cause;
  }
}
