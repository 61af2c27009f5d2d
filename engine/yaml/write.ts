import { dump } from 'js-yaml';
import { isObject, type Json, type JsonObject } from '../json/types.ts';

/** Columns a line may take before what it holds is written a line each. */
const width = 110;

/** JSON data as YAML of the form fixtures have: short collections on one line, long texts as blocks. Ends in a newline. */
export function writeYaml(value: JsonObject): string {
  const lines = members(value, 0);
  return lines.length === 0 ? '{}\n' : `${lines.join('\n')}\n`;
}

/** One member of a block mapping, from its key on: `key: value`, over as many lines as it takes, without the last newline. */
export function member(key: string, value: Json, indent: number): string {
  return `${flowValue(key)}:${afterKey(value, indent)}`;
}

/** What follows `key:` in a block mapping whose keys stand in column `indent`; begins with a space or a newline. */
export function afterKey(value: Json, indent: number): string {
  if (isLong(value)) return ` ${block(value, indent)}`;
  const flow = flowValue(value);
  if (isSmall(value, flow, indent)) return ` ${flow}`;
  return `\n${(Array.isArray(value) ? items(value, indent + 2) : members(objectOf(value), indent + 2)).join('\n')}`;
}

/** What follows `-` in a block sequence whose dashes stand in column `indent`; begins with a space. */
export function afterDash(value: Json, indent: number): string {
  if (isLong(value)) return ` ${block(value, indent)}`;
  const flow = flowValue(value);
  if (isSmall(value, flow, indent)) return ` ${flow}`;
  const lines = Array.isArray(value) ? items(value, indent + 2) : members(objectOf(value), indent + 2);
  return ` ${lines.join('\n').slice(indent + 2)}`;
}

/** A value on one line, as it may stand anywhere: `{ id: C-1001, tags: [a, b] }`. */
export function flowValue(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flowValue).join(', ')}]`;
  if (isObject(value)) {
    const inner = Object.entries(value).map(([key, item]) => `${flowValue(key)}: ${flowValue(item)}`);
    return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
  }
  // Within a flow sequence, where more has to be quoted than elsewhere; its brackets and the newline are taken off.
  return dump([value], { flowLevel: 0, lineWidth: -1, quoteStyle: 'double' }).slice(1, -2);
}

function members(object: JsonObject, indent: number): string[] {
  return Object.entries(object).map(([key, value]) => `${' '.repeat(indent)}${member(key, value, indent)}`);
}

function items(array: readonly Json[], indent: number): string[] {
  return array.map((value) => `${' '.repeat(indent)}-${afterDash(value, indent)}`);
}

function isSmall(value: Json, flow: string, indent: number): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return true;
  // The parts of a document are easier to find below one another.
  return flow.length + indent <= (indent === 0 ? 60 : width - 10);
}

/** A text of several lines that can be read as it is; empty lines at its end could not be seen. */
function isLong(value: Json): value is string {
  return typeof value === 'string' && /[^\n]\n+[^\n]/.test(value) && !value.endsWith('\n\n');
}

function block(text: string, indent: number): string {
  const written = dump({ k: text }, { lineWidth: -1, quoteStyle: 'double' }).slice('k: '.length);
  // A text that cannot be a block comes in quotes, on one line.
  const [first = '', ...rest] = written.replace(/\n$/, '').split('\n');
  return [first, ...rest.map((line) => (line === '' ? line : ' '.repeat(indent) + line))].join('\n');
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
