import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import opa from '@open-policy-agent/opa-wasm';
import { parseTar } from 'nanotar';
import { analyse } from '../../../engine/opa/analyse.ts';
import { build } from '../../../engine/opa/build.ts';
import { run } from '../../../engine/opa/run.ts';
import { writeTree } from './tree.ts';

// The engine's declarations of this package leave out what the engine does not use.
const loadPolicy: (wasm: ArrayBuffer) => Promise<{
  evaluate(input: unknown, entrypoint: string): { result: Record<string, unknown> }[];
}> = Reflect.get(opa, 'loadPolicy');

/** Bodies with a `not` OPA evaluates part of outside the negation. */
const traps = [
  'not input.x in {"EU"}',
  'not "admin" in input.groups',
  'not startswith(input.x, "a")',
  'not f(input.x)',
  'not f(g(input.x))',
  'not g(input.x) == "a"',
  'not input.x != "a"',
  'not input.n > 3',
  'not count(input.arr) < 3',
  'not lower(input.x) == "a"',
  'not is_string(input.x)',
  'not input.needs[input.x]',
  'not input.needs[input.x] == "b"',
  'not data.purposes[input.x].needs.consent',
  'not some_set[input.x]',
  'not input.x in some_set',
  'not ({"a", "b"}[input.x])',
  'not [input.x] == ["a"]',
  'not ({"k": input.x} == {"k": "a"})',
  'not maybe in {"a"}',
  'not maybe != "a"',
  'not concat(".", [input.x, "b"]) == "a.b"',
  'not object.get(input.needs, "a", "") == "b"',
  'not to_number(input.x) == 5',
  'not startswith(input.x, input.y)',
  'not ({"a": "b"}[input.x] == "b")',
  'not f(maybe)',
  'not input.x in input.groups',
  'not regex.match("^a", input.x)',
  'not input.needs[lower(input.x)] == "b"',
  'not ([input.x][0] == "a")',
  'not same("a", input.y) == "yes"',
  'not same(constant, "q") == "yes"',
  'not only_a(constant2) == "yes"',
  // A value of the wrong type does it too: the call cannot take it and is undefined.
  'x := input.x; not lower(x) == "a"',
  'arr := input.arr; not count(arr) < 3',
  'some z in input.zs; not z.name in {"a"}',
  'some z in input.zs; not startswith(z.name, "a")',
  'count({z | some z in input.zs; not z.name in {"a"}}) > 0',
  'every z in input.zs { not z.name in {"a"} }',
];

/** Bodies whose `not` means what it says, whatever is missing. */
const safe = [
  'not eu',
  'not maybe',
  'not input.x',
  'not input.a.b.c',
  'not input.x == "a"',
  'not "a" == input.x',
  'not input.x == input.y',
  'not input.needs.a == "b"',
  'not input.x == lower("A")',
  'not maybe == "a"',
  'not data.absent.flag',
  'not $"{input.x}" == "a"',
  'not $"{input.x}.{input.y}" in {"a.b"}',
  'not object.get(input, "x", "") in {"a"}',
  'not object.get(input, ["a", "b"], "") == "c"',
  'not sure in {"b"}',
  'not constant in {"a"}',
  'not startswith(constant, "a")',
  'not count(some_set) > 1',
  'not total(constant) == "a"',
  'not count([z | some z in input.arr]) < 2',
  'not "a" in {z | some z in input.zs}',
  'not "a" in [g | some g in input.groups]',
  'not some_set.a',
  'not input.arr[0] == "a"',
  'not input.needs[constant] == "b"',
  'not input.needs[object.get(input, "x", "")] == "b"',
  'not f(constant)',
  'not (input.x == "a")',
  'not count(some_object) > 1',
  'not kind(constant) == "b"',
  'not grade in {"low"}',
  'not f(lower(kind(constant)))',
  'not count(kind(constant)) > 0',
  // Outside the negation the author says that there must be a value; that it is silent without one is what is written.
  'x := input.x; not startswith(x, "a")',
  'x := input.x; not x in {"a"}',
  'x := input.x; y := lower(x); not y in {"a"}',
  'x := input.x; not f(x)',
  'some z in input.zs; not z.name == "a"',
  'some z in input.zs; not z == "a"',
];

const helpers = `
eu if input.x in {"EU"}
maybe := "a" if input.x == "a"
default sure := "c"
sure := "b" if input.x == "a"
constant := "a"
some_set contains z if some z in input.arr
f(x) if x == "a"
g(x) := "a" if x == "a"
some_object[z] := 1 if some z in input.arr
kind(x) := "b" if x == input.x
else := "c"
grade := "high" if input.n > 3
else := "low"
constant2 := input.x if input.x == "zz"
else := "b"
same(x, x) := "yes"
only_a("a") := "yes"
default total(_) := "c"
total(x) := "a" if x == input.x
`;

const module = (name: string, imports: string, bodies: string[]) =>
  [`package ${name}`, imports, helpers, ...bodies.map((body, i) => `r${i} if { ${body} }`)].join('\n');

const whole = {
  x: 'a',
  y: 'a',
  n: 5,
  arr: ['a', 'b'],
  groups: ['admin'],
  needs: { a: 'b' },
  zs: [{ name: 'a' }, { name: 'b' }],
};

/** Nothing, everything, and everything but one value missing or one of those given. */
const variations = (...values: unknown[]): unknown[] => [
  {},
  whole,
  { ...whole, zs: [{}] },
  ...Object.keys(whole).flatMap((key) => [
    Object.fromEntries(Object.entries(whole).filter(([other]) => other !== key)),
    ...values.map((value) => ({ ...whole, [key]: value })),
  ]),
];
const inputs = variations('z', 7, null, [], ['q', 1, 2, 3]);

/** The names of the rules that fire for each input, on OPA's interpreter. */
async function interpret(folder: string, packages: string[]): Promise<Record<string, string[]>[]> {
  const fired = packages.map((name) => `"${name}": {r | some r, true in data.${name} with input as i}`).join(', ');
  const query = `[{${fired}} | some i in data.inputs]`;
  const { stdout } = await run(['eval', '--format', 'json', '--data', folder, query]);
  assert.match(stdout, /"result"/);
  return JSON.parse(stdout).result[0].expressions[0].value;
}

/** The same, on the WebAssembly module that enforces. */
async function enforce(folder: string, packages: string[]): Promise<Record<string, string[]>[]> {
  const output = join(folder, 'bundle.tar.gz');
  assert.deepEqual(await build({ paths: [folder], entrypoints: packages, output }), { ok: true, value: undefined });
  const wasm = parseTar(gunzipSync(readFileSync(output))).find((file) => file.name.endsWith('policy.wasm'))?.data;
  assert.ok(wasm);
  const policy = await loadPolicy(Uint8Array.from(wasm).buffer);
  return inputs.map((input) =>
    Object.fromEntries(
      packages.map((name) => {
        const document = policy.evaluate(input, name)[0]?.result ?? {};
        return [name, Object.keys(document).filter((rule) => document[rule] === true)];
      }),
    ),
  );
}

const lineOf = (text: string, body: string) => text.split('\n').findIndex((line) => line.includes(`{ ${body} }`)) + 1;

async function trapRows(folder: string): Promise<Map<number, string>> {
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return new Map(outcome.value.negationTraps.map((trap) => [trap.row, trap.culprit]));
}

/** Which bodies OPA decides otherwise than with negation as it is meant, for any of the inputs. */
function unlike(outcomes: Record<string, string[]>[], bodies: string[]): string[] {
  return bodies.filter((_, i) =>
    outcomes.some(({ plain = [], meant = [] }) => {
      const fires = (rules: string[]) => rules.includes(`r${i}`);
      return fires(plain) !== fires(meant);
    }),
  );
}

// `import future.keywords.not` keeps all that a `not` needs inside it. So a body is a trap exactly where, for some
// input, it comes out otherwise than under that import; OPA itself says which these are.
test('what is called a trap is what OPA decides otherwise than it reads, on both engines', async (t: TestContext) => {
  const bodies = [...traps, ...safe];
  const plain = module('plain', '', bodies);
  const folder = writeTree(t, {
    'plain.rego': plain,
    'meant.rego': module('meant', 'import future.keywords.not', bodies),
    'inputs.json': JSON.stringify({ inputs, purposes: { a: { needs: {} } } }),
  });
  const rows = await trapRows(join(folder, 'plain.rego'));
  const found = bodies.filter((body) => rows.has(lineOf(plain, body)));
  assert.deepEqual(found, traps);
  assert.deepEqual(unlike(await interpret(folder, ['plain', 'meant']), bodies), traps);
  assert.deepEqual(unlike(await enforce(folder, ['plain', 'meant']), bodies), traps);
});

const scalars = [
  'input.x',
  'input.arr[0]',
  'maybe',
  'constant',
  'kind(input.x)',
  'total(input.n)',
  'total(v)',
  'f(v)',
  'lower(v)',
  'object.get(input, "x", "")',
  'object.get(v, "x", "")',
  'data.purposes[v].needs',
  '$"{input.x}"',
  'v',
  'count(v)',
];
const composites = [
  'some_set',
  'some_object',
  'input.zs',
  '[v]',
  '[input.x]',
  '[z | some z in input.arr]',
  '[{"k": v}]',
];
const anywhere = [
  'not (◦)',
  'not (◦ != "a")',
  'not (◦ in {"a"})',
  'not "a" in [◦]',
  'not f(◦)',
  'not kind(kind(◦)) == "b"',
  'not f(lower(kind(◦)))',
  'not is_string(◦)',
  'not input.needs[◦] == "b"',
  'not object.get(input.needs, "a", ◦) == "b"',
  'not ({"k": ◦}["k"] == "a")',
  'not count([z | z := ◦]) == 1',
  'count({w | some w in input.arr; not (w in [◦])}) > 0',
];
const compared = ['not ◦ == "a"', 'not ◦ == input.y', 'not [◦] == ["a"]'];

test('in no combination of forms a trap is missed', async (t: TestContext) => {
  const fill = (contexts: string[], operands: string[]) =>
    contexts.flatMap((context) => operands.map((operand) => `v := input.y; ${context.replace('◦', operand)}`));
  const all = [...fill(anywhere, [...scalars, ...composites]), ...fill(compared, scalars)];
  // Some combinations OPA refuses for their types, as a number is no string.
  const draft = module('draft', '', all);
  const refusal = await analyse({ paths: [writeTree(t, { 'draft.rego': draft })] });
  const refused = new Set(refusal.ok ? [] : refusal.diagnostics.map(({ row }) => row));
  const bodies = all.filter((body) => !refused.has(lineOf(draft, body)));
  const plain = module('plain', '', bodies);
  const folder = writeTree(t, {
    'plain.rego': plain,
    'meant.rego': module('meant', 'import future.keywords.not', bodies),
    'inputs.json': JSON.stringify({ inputs: variations(7), purposes: { a: { needs: 'a' } } }),
  });
  const rows = await trapRows(join(folder, 'plain.rego'));
  const silent = bodies.filter((body) => !rows.has(lineOf(plain, body)));
  assert.ok(silent.length > 50 && silent.length < bodies.length - 50);
  const decided = unlike(await interpret(folder, ['plain', 'meant']), bodies);
  assert.deepEqual(
    silent.filter((body) => decided.includes(body)),
    [],
  );
});

test('with the import of future.keywords.not nothing is a trap', async (t: TestContext) => {
  const folder = writeTree(t, { 'meant.rego': module('meant', 'import future.keywords.not', traps) });
  assert.deepEqual(await trapRows(folder), new Map());
});

test('a value for `with` is needed outside the negation, with the import too', async (t: TestContext) => {
  const folder = writeTree(t, {
    'a.rego': 'package a\nimport future.keywords.not\nr if not f with input as input.other\nf if input.x\n',
    'inputs.json': '{"inputs": [{}, {"other": {}}]}',
  });
  assert.deepEqual(await trapRows(folder), new Map([[3, 'input.other']]));
  assert.deepEqual(await interpret(folder, ['a']), [{ a: [] }, { a: ['r'] }]);
});

test('a trap is named by place and by what may be undefined, also in else and in a function', async (t: TestContext) => {
  const folder = writeTree(t, {
    'a.rego': [
      'package a',
      'r if {',
      '  input.a',
      '} else := false if {',
      '  not  input.b[ input.c ].d in {1}',
      '}',
      'f(x) if not lower(x.name) == "n"',
    ].join('\n'),
  });
  const file = join(folder, 'a.rego');
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.value.negationTraps, [
    { file, row: 5, column: 3, culprit: 'input.c' },
    { file, row: 7, column: 9, culprit: 'x.name' },
  ]);
});
