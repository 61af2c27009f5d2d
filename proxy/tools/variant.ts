import { WritError } from '../../engine/errors.ts';
import { canonical } from '../../engine/json/canonical.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { ArgumentNames } from '../../engine/policy/argument-names.ts';
import { fingerprint } from '../../engine/tools/fingerprint.ts';

/** Lower-case names of headers, and the place in the arguments of what each repeats. */
export type MirroredArguments = ReadonlyMap<string, readonly string[]>;

/** One declaration of a tool. A server may give different callers different ones under one name. */
export interface Variant {
  readonly fingerprint: string;
  readonly declared: JsonObject;
  readonly arguments: ArgumentNames;
  readonly mirrored: MirroredArguments;
  readonly schema: Json | undefined;
  /** Of structuredContent. */
  readonly output: JsonObject | undefined;
  /** Characters it is counted with. */
  readonly size: number;
  /** When it was listed last, in listings of its server. */
  seen: number;
}

/** Characters of what policy is told of a tool, and of all that is pinned of it. */
const longestDeclared = 4_096;
const longestDeclaration = 262_144;

/** Fingerprint and text of a declaration. Throws WRIT_UPSTREAM_INVALID for what is too large to be kept. */
export function fingerprinted(item: JsonObject): { fingerprint: string; text: string } {
  const made = fingerprint(item);
  if (made.text.length > longestDeclaration)
    throw new WritError('WRIT_UPSTREAM_INVALID', 'The declaration of a tool is larger than 256 KiB.');
  return made;
}

export function variantOf(item: JsonObject, { fingerprint, text }: { fingerprint: string; text: string }): Variant {
  const declared = { title: item.title ?? null, annotations: item.annotations ?? {} };
  if (String(item.name).length + canonical(declared).length > longestDeclared)
    throw new WritError('WRIT_UPSTREAM_INVALID', 'Name, title and annotations of a tool are larger than 4 KiB.');
  return {
    fingerprint,
    declared,
    arguments: ArgumentNames.ofSchema(item.inputSchema),
    mirrored: mirroredIn(item.inputSchema),
    schema: item.inputSchema,
    output: isObject(item.outputSchema) ? item.outputSchema : undefined,
    size: text.length,
    seen: 0,
  };
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
