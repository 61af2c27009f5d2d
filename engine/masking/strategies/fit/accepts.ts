import { fullFormats } from 'ajv-formats/dist/formats.js';
import { isObject, type Json, type JsonObject } from '../../../json/types.ts';
import { compilePattern } from '../../../tools/patterns.ts';
import { member, resolved, rootOf } from '../schema-at.ts';

/**
 * Whether a schema takes a leaf, as far as one can tell in few steps: false where it holds more branches than are looked
 * into, or a pattern that cannot be asked in time that is in proportion to it. Steps are taken from `work`.
 */
export function accepts(schema: JsonObject, value: Json, work?: { left: number }): boolean {
  const steps: Steps = { left: most, root: rootOf(schema) };
  const taken = check(schema, value, steps);
  if (work !== undefined) work.left -= 1 + most - steps.left;
  return taken;
}

const most = 200;

interface Steps {
  left: number;
  readonly root: JsonObject;
}

function check(schema: Json | undefined, value: Json, steps: Steps): boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isObject(schema) || steps.left-- <= 0) return false;
  if (typeof member(schema, '$ref') === 'string') {
    const target = resolved(schema, steps.root);
    if (target === undefined || !check(target, value, steps)) return false;
  }
  return (
    checkType(member(schema, 'type'), value) &&
    checkMembers(schema, value, steps) &&
    (typeof value !== 'string' || checkText(schema, value)) &&
    (typeof value !== 'number' || checkNumber(schema, value)) &&
    checkBranches(schema, value, steps)
  );
}

function checkType(type: Json | undefined, value: Json): boolean {
  if (type === undefined) return true;
  const types = Array.isArray(type) ? type : [type];
  if (value === null) return types.includes('null');
  return types.includes(typeof value) || (Number.isInteger(value) && types.includes('integer'));
}

function checkMembers(schema: JsonObject, value: Json, steps: Steps): boolean {
  const members = member(schema, 'enum');
  if (Array.isArray(members)) steps.left -= members.length >> 8;
  if (Array.isArray(members) && !members.includes(value)) return false;
  return !Object.hasOwn(schema, 'const') || schema.const === value;
}

function checkText(schema: JsonObject, text: string): boolean {
  const [least, most] = [numberOf(schema, 'minLength') ?? 0, numberOf(schema, 'maxLength')];
  const length = least > 0 || most !== undefined ? Array.from(text).length : 0;
  if (length < least || length > (most ?? Number.POSITIVE_INFINITY)) return false;
  const format = member(schema, 'format');
  if (typeof format === 'string' && !hasFormat(text, format)) return false;
  const pattern = member(schema, 'pattern');
  return typeof pattern !== 'string' || (text.length <= longest && (patternOf(pattern)?.(text) ?? false));
}

function checkNumber(schema: JsonObject, number: number): boolean {
  const multiple = numberOf(schema, 'multipleOf');
  return (
    number >= (numberOf(schema, 'minimum') ?? Number.NEGATIVE_INFINITY) &&
    number <= (numberOf(schema, 'maximum') ?? Number.POSITIVE_INFINITY) &&
    number > (numberOf(schema, 'exclusiveMinimum') ?? Number.NEGATIVE_INFINITY) &&
    number < (numberOf(schema, 'exclusiveMaximum') ?? Number.POSITIVE_INFINITY) &&
    (multiple === undefined || Number.isInteger(number / multiple))
  );
}

function checkBranches(schema: JsonObject, value: Json, steps: Steps): boolean {
  const [all, any, one] = [member(schema, 'allOf'), member(schema, 'anyOf'), member(schema, 'oneOf')];
  const takes = (branch: Json): boolean => check(branch, value, steps);
  if (Array.isArray(all) && !all.every(takes)) return false;
  if (Array.isArray(any) && !any.some(takes)) return false;
  if (Array.isArray(one) && one.filter(takes).length !== 1) return false;
  if (Object.hasOwn(schema, 'not') && check(schema.not, value, steps)) return false;
  if (!Object.hasOwn(schema, 'if')) return true;
  const then = check(schema.if, value, steps) ? 'then' : 'else';
  return !Object.hasOwn(schema, then) || check(schema[then], value, steps);
}

export function numberOf(schema: JsonObject, name: string): number | undefined {
  const value = member(schema, name);
  return typeof value === 'number' ? value : undefined;
}

/** Beyond it no format and no pattern is asked, and none holds: the expressions behind some take the square of a text's length. */
const longest = 512;

function hasFormat(text: string, name: string): boolean {
  // A client that knows a format must not find another; what nobody knows is no format.
  const format: unknown = Object.hasOwn(fullFormats, name) ? Reflect.get(fullFormats, name) : undefined;
  const test: unknown = isTested(format) ? format.validate : format;
  if (test === undefined || test === true) return true;
  if (text.length > longest) return false;
  if (test instanceof RegExp) return text.search(test) !== -1;
  return typeof test === 'function' ? test(text) === true : true;
}

function isTested(format: unknown): format is { validate: unknown } {
  return typeof format === 'object' && format !== null && 'validate' in format;
}

/** Patterns come with every result of a tool; those met last are kept compiled. */
const patterns = new Map<string, ((text: string) => boolean) | undefined>();

function patternOf(source: string): ((text: string) => boolean) | undefined {
  if (patterns.has(source)) return patterns.get(source);
  if (patterns.size >= 256) patterns.clear();
  const compiled = compilePattern(source);
  patterns.set(source, compiled);
  return compiled;
}
