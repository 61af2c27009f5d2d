import { createHash } from 'node:crypto';
import { canonical } from '../json/canonical.ts';
import type { JsonObject } from '../json/types.ts';

/**
 * What a tool promises, and what a model reads of it. Left out: `execution`, which an SDK says in one protocol era and
 * not in the other; `icons`, which nobody decides by and whose addresses expire; `_meta` and whatever is not known yet.
 */
export const promised = ['name', 'title', 'description', 'inputSchema', 'outputSchema', 'annotations'] as const;
export type Promised = (typeof promised)[number];

/** The members of a declaration that are pinned. */
export function promiseOf(tool: JsonObject): JsonObject {
  const promise: JsonObject = Object.create(null);
  for (const key of promised) {
    const part = tool[key];
    if (part !== undefined) promise[key] = part;
  }
  return promise;
}

/**
 * SHA-256, in hexadecimal, of RFC 8785 of what a tool promises; `text` is that form. A change to any of it is a change of
 * the tool, and the order of its members is not.
 */
export function fingerprint(tool: JsonObject): { fingerprint: string; text: string } {
  const text = canonical(promiseOf(tool));
  return { fingerprint: createHash('sha256').update(text).digest('hex'), text };
}
