import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { encodeMirrored } from '../../proxy/mcp/era.ts';

/** One argument that a header repeats. */
interface Mirror {
  header: string;
  path: readonly string[];
}

/** Tools kept: a server must not fill the memory of its client. */
const mostTools = 10_000;
/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const mirroredTypes = new Set<Json | undefined>(['string', 'integer', 'boolean']);

/** Which arguments of which tools are repeated in headers (2026-07-28, "Custom Headers from Tool Parameters"). */
export class ParamHeaders {
  readonly #tools = new Map<string, readonly Mirror[]>();

  /** Learns from a tools/list result. Names tools whose annotations are against the specification: none are sent for them. */
  learn(result: Json | undefined): string[] {
    const tools = isObject(result) && Array.isArray(result.tools) ? result.tools : [];
    const wrong: string[] = [];
    for (const tool of tools) {
      if (!isObject(tool) || typeof tool.name !== 'string') continue;
      const mirrors = mirrorsIn(tool.inputSchema);
      if (mirrors === undefined) wrong.push(tool.name);
      if (this.#tools.has(tool.name) || this.#tools.size < mostTools) this.#tools.set(tool.name, mirrors ?? []);
    }
    return wrong;
  }

  /** The headers of a call. An argument that is null, absent or no plain value has none. */
  of(name: Json | undefined, args: Json | undefined): Record<string, string> {
    const mirrors = typeof name === 'string' ? (this.#tools.get(name) ?? []) : [];
    const headers: Record<string, string> = {};
    for (const { header, path } of mirrors) {
      const text = textOf(path.reduce<Json | undefined>(below, args));
      if (text !== undefined) headers[`mcp-param-${header}`] = encodeMirrored(text);
    }
    return headers;
  }
}

function below(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || Number.isSafeInteger(value) ? String(value) : undefined;
}

/** Undefined where an annotation is not allowed: then none of the tool counts. */
function mirrorsIn(schema: Json | undefined): Mirror[] | undefined {
  const found: Mirror[] = [];
  const seen = new Set<string>();
  const visit = (node: Json | undefined, path: readonly string[]): boolean => {
    if (!isObject(node)) return true;
    const { 'x-mcp-header': header, type, properties, ...rest } = node;
    if (header !== undefined) {
      if (path.length === 0 || typeof header !== 'string' || !token.test(header)) return false;
      const name = header.toLowerCase();
      if (!mirroredTypes.has(type) || seen.has(name)) return false;
      seen.add(name);
      found.push({ header: name, path });
    }
    const children = isObject(properties) ? Object.entries(properties) : [];
    return !annotates(rest) && children.every(([key, child]) => visit(child, [...path, key]));
  };
  return visit(schema, []) ? found : undefined;
}

/** Keywords whose values are data, in which the name of the annotation means nothing. */
const data = new Set(['default', 'const', 'enum', 'examples']);

/** Whether some schema that is not reached through `properties` alone has an annotation. */
function annotates(schema: JsonObject): boolean {
  return Object.entries(schema).some(([key, value]) => !data.has(key) && hasAnnotation(value));
}

function hasAnnotation(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasAnnotation);
  return isObject(value) && ('x-mcp-header' in value || annotates(value));
}
