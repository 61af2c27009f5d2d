import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { canonical } from '../json/canonical.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { faultsOf } from './faults.ts';
import { formatsOf } from './formats.ts';
import { refuseEndlessChains } from './schema-chain.ts';
import { type Dialect, SchemaCopier, type SchemaCopy } from './schema-copy.ts';
import { SchemaFault } from './schema-fault.ts';
import { Work, WorkExceeded } from './work.ts';

/**
 * What a tool's schema says of arguments. `ok` with `unasked` where the schema has a `pattern` that cannot be asked safely:
 * it was left out, and the rest holds. `faults`: at most eight sentences, which repeat nothing of the arguments.
 * `unusable`: nobody can say, and why.
 */
export type ArgumentCheck =
  | { kind: 'ok'; unasked: boolean }
  | { kind: 'faults'; faults: string[] }
  | { kind: 'unusable'; why: string };

/** A schema made ready. Never changes the arguments: no default is filled in and nothing is converted. */
export type CheckArguments = (args: JsonObject) => ArgumentCheck;

/** Characters of a schema in canonical form. */
const longestSchema = 262_144;

const dialects = new Map<Json, Dialect>([
  ['https://json-schema.org/draft/2020-12/schema', '2020-12'],
  ['http://json-schema.org/draft-07/schema', 'draft-07'],
  ['https://json-schema.org/draft-07/schema', 'draft-07'],
]);

/**
 * Makes a tool's `inputSchema` ready to check arguments: JSON Schema 2020-12, or draft-07 where `$schema` says so. A schema
 * that is malformed, of another dialect, refers to another document or is too large gives a check that says `unusable` of
 * everything, for which a call is refused: 2025-11-25, "JSON Schema Usage", wants an error for it, and what a schema that
 * cannot be read says of a call nobody knows.
 */
export function compileArguments(schema: Json | undefined): CheckArguments {
  try {
    return compiled(schema);
  } catch (cause) {
    const why = cause instanceof SchemaFault ? cause.message : 'it cannot be compiled';
    return () => ({ kind: 'unusable', why });
  }
}

function compiled(schema: Json | undefined): CheckArguments {
  // MCP wants one, and servers leave it out where there are no arguments to speak of.
  if (schema === undefined) return () => ({ kind: 'ok', unasked: false });
  if (!isObject(schema)) throw new SchemaFault('it is not an object');
  if (canonical(schema).length > longestSchema) throw new SchemaFault(`it is longer than ${longestSchema} characters`);
  const declared = schema.$schema;
  const dialect =
    declared === undefined ? '2020-12' : dialects.get(typeof declared === 'string' ? declared.replace(/#$/, '') : null);
  if (dialect === undefined) throw new SchemaFault('its $schema is neither 2020-12 nor draft-07');
  const copy = copyOf(schema, dialect);
  refuseEndlessChains(copy.schema);
  const work = new Work();
  const validate = compile(copy, work);
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  return (args) => {
    const check = checked(validate, copy, work, args);
    if (check.kind !== 'faults') return check;
    // Clients write null for an argument that is not given (SEP-2243 has them leave its header out); a server may take it so.
    const given = Object.entries(args).filter(([name, value]) => value !== null || required.has(name));
    return given.length < Object.keys(args).length ? checked(validate, copy, work, Object.fromEntries(given)) : check;
  };
}

function copyOf(schema: JsonObject, dialect: Dialect): SchemaCopy {
  for (const loose of [false, true]) {
    const copier = new SchemaCopier(schema, dialect, loose);
    const copy = copier.copy(schema);
    if (loose || !copier.unasked) return { schema: copy, patterns: copier.patterns, names: copier.names, loose };
  }
  throw new SchemaFault('it cannot be copied');
}

function checked(validate: ValidateFunction, copy: SchemaCopy, work: Work, args: JsonObject): ArgumentCheck {
  work.refill();
  try {
    if (validate(args)) return { kind: 'ok', unasked: copy.loose };
    return { kind: 'faults', faults: faultsOf(validate.errors ?? [], args, copy.names) };
  } catch (cause) {
    // A stack that overflows is work beyond all measure too.
    if (!(cause instanceof WorkExceeded || cause instanceof RangeError)) throw cause;
    return { kind: 'faults', faults: ['arguments are too large to be checked against the schema of the tool'] };
  } finally {
    // They hold on to the arguments.
    validate.errors = null;
  }
}

function compile({ schema, patterns }: SchemaCopy, work: Work): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    messages: false,
    strict: false,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    // A schema used twice is one function: written out at each place, a few lines would make gigabytes.
    inlineRefs: false,
    ownProperties: true,
    unicodeRegExp: false,
    multipleOfPrecision: 9,
    logger: false,
    formats: formatsOf(work),
    code: { regExp: patterns.engine(work) },
  });
  // Ahead of all that applies further schemas, so that every step is paid for.
  ajv.addKeyword({
    keyword: 'work',
    before: '$ref',
    schemaType: 'number',
    errors: false,
    validate(units: number, data: Json) {
      work.take(units + sizeOf(data));
      return true;
    },
  });
  // ajv compares by a routine that trips over keys such as `valueOf`, and takes the square of a list's length.
  ajv.addKeyword({
    keyword: 'among',
    schemaType: 'array',
    compile(values: Json[]) {
      const texts = new Set(values.map((value) => canonical(value)));
      return (data: Json) => texts.has(textOf(data, work));
    },
  });
  ajv.addKeyword({
    keyword: 'distinct',
    type: 'array',
    schemaType: 'boolean',
    validate: (_: boolean, data: Json[]) => new Set(data.map((item) => textOf(item, work))).size === data.length,
  });
  return ajv.compile(schema);
}

/** What ajv's own keywords may have to look at in one value, beside what is below it. */
function sizeOf(data: Json): number {
  if (typeof data === 'string') return data.length / 16;
  if (Array.isArray(data) || typeof data !== 'object' || data === null) return 0;
  return 10 * Object.keys(data).length;
}

function textOf(value: Json, work: Work): string {
  const text = canonical(value);
  work.take(10 + text.length / 4);
  return text;
}
