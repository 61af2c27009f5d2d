import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';
import { canonical } from '../json/canonical.ts';
import { parse } from '../json/parse.ts';
import { queryValues } from '../json/query.ts';
import { isObject, type Json, type JsonDocument, type JsonObject, type NumberTexts } from '../json/types.ts';
import type { BuildData, Catalogue, PolicyInput } from './types.ts';

/** Some rule looks at results of this server; the others need not be shown to policy a second time. */
export function readsResults({ result_packs }: BuildData, server: string): boolean {
  const packs = Object.hasOwn(result_packs, server) ? result_packs[server] : result_packs['*'];
  return packs !== undefined && packs.length > 0;
}

/**
 * What the second look is told of a result: its shape, and the facts the catalogue names for the tool, from
 * structuredContent and from every text that is other JSON. Text that is no JSON gives no facts.
 */
export function resultFacts(
  catalogue: Catalogue,
  input: PolicyInput,
  result: JsonObject,
  bytes: number,
  numbers: NumberTexts = new WeakMap(),
): NonNullable<PolicyInput['result']> {
  const facts: JsonObject = {};
  const entry = catalogue[input.server.name]?.[input.call.tool ?? ''];
  const named = Object.entries(entry?.facts ?? {});
  const answers = answersIn(result);
  const documents = named.length === 0 ? [] : documentsOf(answers, numbers);
  for (const [name, path] of named) facts[name] = documents.flatMap((document) => queryValues(path, document));
  const isError = answers.some((answer) => answer.isError === true);
  return { is_error: isError, bytes, mime_types: mimeTypes(answers), facts };
}

/** A result, and within that of tasks/get (2026-07-28) what the call came to. */
function answersIn(result: JsonObject): JsonObject[] {
  const inner = typeof result.taskId === 'string' ? result.result : undefined;
  return isObject(inner) ? [result, inner] : [result];
}

/** The documents of a result, each once: servers write structuredContent as text again for older clients. */
function documentsOf(answers: readonly JsonObject[], numbers: NumberTexts): JsonDocument[] {
  const documents = new Map<string, JsonDocument>();
  const add = (document: JsonDocument) => documents.set(canonical(document.value, document.numbers), document);
  for (const { structuredContent, content } of answers) {
    if (structuredContent !== undefined) add({ value: structuredContent, numbers });
    for (const item of Array.isArray(content) ? content : []) {
      const document = isObject(item) && typeof item.text === 'string' ? jsonIn(item.text) : undefined;
      if (document !== undefined) add(document);
    }
  }
  return [...documents.values()];
}

function jsonIn(text: string): JsonDocument | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const bytes = Buffer.from(text);
  try {
    return parse(bytes, { direction: 'to-client', maxBytes: bytes.length });
  } catch (cause) {
    if (cause instanceof WritError) return undefined;
    throw cause;
  }
}

/** Of the content of a tool's result, the contents of a resource, and the messages of a prompt. */
function mimeTypes(answers: readonly JsonObject[]): string[] {
  const items = answers.flatMap(({ content, contents, messages }) => {
    const said = arrayOf(messages).flatMap((message) => (isObject(message) ? arrayOf(message.content) : []));
    return [...arrayOf(content), ...arrayOf(contents), ...said];
  });
  const types = items.flatMap((item) => {
    const resource = isObject(item) && isObject(item.resource) ? item.resource : {};
    return [isObject(item) ? item.mimeType : undefined, resource.mimeType];
  });
  return [...new Set(types.filter((type) => typeof type === 'string'))].sort();
}

/** One content stands for a list of one, as in a prompt's message. */
function arrayOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
