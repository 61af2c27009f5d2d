import { createHash } from 'node:crypto';
import { WritError } from '../../engine/errors.ts';
import { canonical } from '../../engine/json/canonical.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { ArgumentNames } from '../../engine/policy/argument-names.ts';
import type { PolicyInput } from '../../engine/policy/types.ts';

/** Lower-case names of headers, and the place in the arguments of what each repeats. */
export type MirroredArguments = ReadonlyMap<string, readonly string[]>;

interface Known {
  readonly tool: NonNullable<PolicyInput['tool']>;
  readonly arguments: ArgumentNames;
  readonly mirrored: MirroredArguments;
}

/** Tools kept of one server, and characters of what policy is told of one: a server must not fill the gateway's memory. */
const mostTools = 10_000;
const longestDeclared = 4_096;

/** The tools a server has been seen to declare. Kept in memory: what is known only tightens, never grants. */
export class KnownTools {
  readonly #known = new Map<string, Known>();

  /** Learns from the items of a tools/list result. Throws WRIT_UPSTREAM_INVALID for what is too large to be kept. */
  learn(tools: readonly Json[]): void {
    for (const item of tools) {
      if (!isObject(item) || typeof item.name !== 'string') continue;
      const fingerprint = fingerprintOf(item);
      const before = this.#known.get(item.name)?.tool;
      if (before?.fingerprint === fingerprint || (before === undefined && this.#known.size >= mostTools)) continue;
      const pinned = before === undefined ? 'new' : 'changed';
      const tool = { declared: declared(item), fingerprint, pinned } as const;
      if (item.name.length + canonical(tool.declared).length > longestDeclared)
        throw new WritError('WRIT_UPSTREAM_INVALID', 'Name, title and annotations of a tool are larger than 4 KiB.');
      const names = ArgumentNames.ofSchema(item.inputSchema);
      this.#known.set(item.name, { tool, arguments: names, mirrored: mirroredIn(item.inputSchema) });
    }
  }

  /** Names of arguments that a tool declares; none where the server has not been asked yet. */
  argumentsOf(name: string): ArgumentNames | undefined {
    return this.#known.get(name)?.arguments;
  }

  /** Which `Mcp-Param-*` headers repeat which arguments, as its schema says; undefined where that is not known yet. */
  mirrored(name: string): MirroredArguments | undefined {
    return this.#known.get(name)?.mirrored;
  }

  /** The declaration of a tool, or null where the server has not been asked yet. */
  describe(name: string): PolicyInput['tool'] {
    return this.#known.get(name)?.tool ?? null;
  }
}

/** 2026-07-28, "x-mcp-header": a property of the input schema names the header that repeats it. */
function mirroredIn(
  schema: Json | undefined,
  path: readonly string[] = [],
  found = new Map<string, readonly string[]>(),
): MirroredArguments {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const place = [...path, name];
    const header = property['x-mcp-header'];
    if (typeof header === 'string') found.set(`mcp-param-${header.toLowerCase()}`, place);
    mirroredIn(property, place, found);
  }
  return found;
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
