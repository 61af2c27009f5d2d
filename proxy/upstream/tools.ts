import { createHash } from 'node:crypto';
import { canonical } from '../../engine/json/canonical.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import type { PolicyInput } from '../../engine/policy/types.ts';

/** The tools a server has been seen to declare. Kept in memory: what is known only tightens, never grants. */
export class KnownTools {
  readonly #known = new Map<string, NonNullable<PolicyInput['tool']>>();
  readonly #limit = 10_000;

  /** Learns from the items of a tools/list result. */
  learn(tools: readonly Json[]): void {
    for (const tool of tools) {
      if (!isObject(tool) || typeof tool.name !== 'string') continue;
      const fingerprint = fingerprintOf(tool);
      const before = this.#known.get(tool.name);
      if (before?.fingerprint === fingerprint || (before === undefined && this.#known.size >= this.#limit)) continue;
      const pinned = before === undefined ? 'new' : 'changed';
      this.#known.set(tool.name, { declared: declared(tool), fingerprint, pinned });
    }
  }

  /** The declaration of a tool, or null where the server has not been asked yet. */
  describe(name: string): PolicyInput['tool'] {
    return this.#known.get(name) ?? null;
  }
}

/** What policy sees of a declaration; schemas and prose are in the fingerprint, and would cost every decision. */
function declared({ title, annotations }: JsonObject): JsonObject {
  return { title: title ?? null, annotations: annotations ?? {} };
}

/** SHA-256 of what a tool promises: a change to any of it is a change of the tool. */
function fingerprintOf(tool: JsonObject): string {
  const promise: JsonObject = {};
  for (const key of ['name', 'title', 'description', 'inputSchema', 'outputSchema', 'annotations']) {
    const part = tool[key];
    if (part !== undefined) promise[key] = part;
  }
  return createHash('sha256').update(canonical(promise)).digest('hex');
}
