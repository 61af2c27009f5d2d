import fc from 'fast-check';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import { isPolicyInput, mismatch } from '../../../engine/policy/schemas.ts';
import type { Catalogue, PolicyInput } from '../../../engine/policy/types.ts';
import inputSchema from '../../../policies/schema/input.json' with { type: 'json' };
import type { Place, Words } from './words.ts';

/** The part of JSON Schema that policies/schema/input.json is written in. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

type Arbitrary = fc.Arbitrary<Json>;

/** What might be read as something else on its way through JSON, C strings, hash tables and templates. */
const hostile = ['', '\0', '"', '\\', '\u2028', '__proto__', '<undefined>', 'ß', 'é', 'e\u0301', '\u{1f600}', '*'];
const people = ['u-1', 'u-2', 'u-3'];
const methods = ['tools/call', 'tools/list', 'prompts/get', 'resources/read', 'initialize', 'ping'];

/** Parts of a recorded input that are put in from a made one. */
const parts = [
  'server.labels',
  'call.tool',
  'call.arguments',
  'call.listing',
  'call.method',
  'identity',
  'identity.kind',
  'identity.groups',
  'identity.actor',
  'identity.claims',
  'subjects',
  'purpose',
  'approval',
  'result',
].map((path) => path.split('.'));

/**
 * Inputs the schema allows: half of them made of what the catalogue and the policies know, half recorded ones of which a
 * few parts are made. What comes depends on schema, policies, `recorded` and fast-check's seed alone.
 */
export function inputsOf(
  words: Words,
  catalogue: Catalogue,
  recorded: readonly PolicyInput[],
): fc.Arbitrary<PolicyInput> {
  const made = madeOf(words, catalogue);
  if (recorded.length === 0) return made;
  const changed = fc
    .tuple(made, fc.constantFrom(...recorded), fc.subarray(parts, { maxLength: 4 }), fc.boolean())
    .map(([from, start, paths, answered]) => {
      const input = JSON.parse(JSON.stringify(start));
      for (const path of answered ? [...paths, ['result']] : paths) put(from, input, path);
      return asInput(input);
    });
  return fc.oneof(made, changed);
}

function put(from: unknown, to: unknown, [name = '', ...deeper]: readonly string[]): void {
  const value: unknown = Reflect.get(Object(from), name);
  if (deeper.length > 0) put(value, Reflect.get(Object(to), name), deeper);
  else if (value !== undefined) Reflect.set(Object(to), name, value);
}

function asInput(input: JsonObject): PolicyInput {
  if (!isPolicyInput(input)) throw new Error(`an input that is none: ${mismatch(isPolicyInput)}`);
  return input as PolicyInput;
}

function madeOf(words: Words, catalogue: Catalogue): fc.Arbitrary<PolicyInput> {
  const servers = Object.keys(catalogue);
  const tools = Object.entries(catalogue).flatMap(([server, entries]) =>
    Object.entries(entries).map(([tool, { facts = {} }]) => ({ server, tool, facts: Object.keys(facts) })),
  );
  const any = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('x', ...words.all) },
    { weight: 3, arbitrary: fc.constantFrom('x', ...words.keys) },
    { weight: 2, arbitrary: fc.constantFrom(...hostile) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  );
  const mostly = (known: readonly string[], weight = 6): Arbitrary =>
    known.length === 0
      ? any
      : fc.oneof({ weight, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: any });
  const number = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0, 1, ...words.numbers) },
    { weight: 1, arbitrary: fc.integer() },
    { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 1e21, 1e-7, 2 ** 53, 19.9) },
  );
  const lengths = fc.constantFrom(0, 1, 2, 3, ...words.numbers.filter((length) => length >= 0 && length <= 250));
  const rows = lengths.map((length): Json => Array.from({ length }, (_, index) => `C-${index}`));

  const anything = (place: Place, depth: number): Arbitrary => {
    const leaf: fc.WeightedArbitrary<Json>[] = [
      { weight: 5, arbitrary: mostly(words.at(place)) },
      { weight: 2, arbitrary: number },
      { weight: 1, arbitrary: fc.constantFrom(null, true, false) },
    ];
    if (depth === 0) return fc.oneof(...leaf);
    return fc.oneof(
      ...leaf,
      { weight: 1, arbitrary: fc.array(anything([...place, '*'], depth - 1), { maxLength: 3 }) },
      { weight: 1, arbitrary: members(place, (below) => anything(below, depth - 1)) },
    );
  };

  /** An object whose members no schema names. */
  const members = (place: Place, value: (below: Place) => Arbitrary): Arbitrary => {
    const known = Object.fromEntries(words.names(place).map((name) => [name, value([...place, name])]));
    const others = fc.array(fc.tuple(any, value([...place, '*'])), { maxLength: 2 });
    return fc
      .tuple(recordOf(known, []), others)
      .map(([named, more]): Json => Object.fromEntries([...more, ...Object.entries(named)]));
  };

  /** Places where the schema's word for what may stand there is too wide to ever hit. */
  const places: Record<string, Arbitrary> = {
    'input.now': fc.constantFrom(
      ...['2026-11-22T16:39:00.000Z', '2026-11-22T03:00:00.000Z', '2030-01-06T23:59:59.999Z'],
    ),
    'input.server.name': mostly(servers, 20),
    'input.call.method': fc.oneof(
      { weight: 12, arbitrary: fc.constant('tools/call') },
      { weight: 3, arbitrary: mostly([...methods, ...words.at(['input', 'call', 'method'])]) },
    ),
    'input.call.direction': fc.constantFrom<Json>(...Array(19).fill('to-server'), 'to-client'),
    'input.call.listing': fc.constantFrom<Json>(...Array(5).fill(false), true),
    'input.subjects.restricted': fc.constantFrom<Json>(false, false, false, true),
    'input.purpose': fc.oneof(fc.constant(null), mostly([...words.at(['input', 'purpose']), ...words.keys])),
    'input.identity.kind': fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom('human', 'human-via-agent') },
      { weight: 3, arbitrary: fc.constantFrom('workload', 'agent', 'anonymous') },
    ),
    'input.identity.id': mostly(people),
    'input.identity.groups.*': mostly(words.groups, 20),
    'input.identity.actor': fc.oneof(
      fc.constant(null),
      fc.record({ id: fc.constantFrom(...people) }),
      fc.record({ sub: fc.constantFrom(...people) }),
      members(['input', 'identity', 'actor'], (below) => anything(below, 1)),
    ),
    'input.approval.approved_by.*.id': mostly(people),
    'input.approval.approved_by.*.memberships.*': mostly(
      words.groups.map((group) => `group:${group}`),
      20,
    ),
    'input.result.facts': members(['input', 'result', 'facts'], (below) => fc.oneof(rows, anything(below, 1))),
  };

  const made = (schema: Schema, place: Place): Arbitrary => {
    const given = places[place.join('.')];
    if (given !== undefined) return given;
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    if (Array.isArray(schema.type)) {
      // With this, fast-check shrinks towards the first.
      const types = schema.type.toSorted((a, b) => Number(b === 'null') - Number(a === 'null'));
      return fc.oneof({ withCrossShrink: true }, ...types.map((type) => made({ ...schema, type }, place)));
    }
    switch (schema.type) {
      case 'null':
        return fc.constant(null);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return number.map((value) => Math.trunc(Math.min(value, 2 ** 53)));
      case 'string':
        return mostly(words.at(place));
      case 'array':
        return fc.array(made(schema.items ?? {}, [...place, '*']), { maxLength: 3 });
      case 'object': {
        const { properties, required = [], additionalProperties } = schema;
        if (properties === undefined) {
          const below = typeof additionalProperties === 'object' ? additionalProperties : undefined;
          return members(place, (name) => (below === undefined ? anything(name, 2) : made(below, name)));
        }
        const each = Object.entries(properties).map(([name, value]) => [name, made(value, [...place, name])]);
        return recordOf(Object.fromEntries(each), required);
      }
      default:
        throw new Error(`policies/schema/input.json has what this does not know at ${place.join('.')}`);
    }
  };

  const about = fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(...tools)
        .chain(({ server, tool, facts }) =>
          fc
            .tuple(...facts.map((fact) => rows.map((values): [string, Json] => [fact, values])))
            .map((found) => ({ server, tool, facts: Object.fromEntries(found) })),
        ),
    },
  );
  return fc.tuple(made(inputSchema, ['input']), about).map(([value, call]) => {
    const input = JSON.parse(JSON.stringify(value));
    if (call !== null) {
      input.server.name = call.server;
      input.call.tool = call.tool;
      if (input.result !== null) Object.assign(input.result.facts, call.facts);
    }
    return asInput(input);
  });
}

function recordOf(model: Record<string, Arbitrary>, required: readonly string[]): fc.Arbitrary<JsonObject> {
  return fc.record(model, { requiredKeys: [...required] }).map((made) => made as JsonObject);
}
