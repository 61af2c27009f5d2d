import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { check } from '../../../../engine/opa/check.ts';
import { native, restrictCapabilities } from '../../../../engine/opa/contract/capabilities.ts';
import { run } from '../../../../engine/opa/run.ts';
import { builtins } from '../../../../engine/policy/builtins/index.ts';
import { writeTree } from '../tree.ts';

const file = 'policies/capabilities.json';
const shipped = JSON.parse(readFileSync(file, 'utf8'));

test('the file is what the script makes of the capabilities of OPA as it is', async () => {
  const { stdout } = await run(['capabilities', '--current'], {}, 'wasm');
  const current: { builtins: { name: string; nondeterministic?: boolean }[] } = JSON.parse(stdout);
  assert.deepEqual(shipped, restrictCapabilities(current));
  const names = shipped.builtins.map(({ name }: { name: string }) => name);
  const deterministic = current.builtins.filter((each) => each.nondeterministic !== true).map(({ name }) => name);
  // Each name in either list is one of OPA's, and deterministic: what is allowed is exactly the two lists.
  assert.deepEqual(names, [...native, ...builtins.keys()].sort());
  assert.deepEqual(
    names.filter((name: string) => !deterministic.includes(name)),
    [],
  );
});

test('nothing whose answer depends on more than its arguments is allowed, whatever it is called', () => {
  const random = { name: 'count', nondeterministic: true };
  assert.deepEqual(restrictCapabilities({ builtins: [random, { name: 'http.send' }], allow_net: ['example.com'] }), {
    builtins: [],
    allow_net: [],
  });
});

test('a builtin the gateway does not have is refused at its place', async (t) => {
  const forbidden = [
    'http.send({})',
    'time.now_ns()',
    'rand.intn("x", 2)',
    'opa.runtime()',
    'io.jwt.decode("")',
    'graphql.is_valid("", "")',
  ];
  const source = `package policies.p\n\n${forbidden.map((call, index) => `x${index} := ${call}`).join('\n')}\n`;
  const folder = writeTree(t, { 'p.rego': source });
  const outcome = await check({ paths: [folder], capabilities: file });
  assert.ok(!outcome.ok);
  const said = outcome.diagnostics.map(({ file, row, message }) => `${file}:${row} ${message}`);
  for (const [index, call] of forbidden.entries()) {
    const name = call.slice(0, call.indexOf('('));
    assert.ok(
      said.some((line) => line === `${join(folder, 'p.rego')}:${index + 3} undefined function ${name}`),
      `${name}: ${said.join('\n')}`,
    );
  }
});

test('what Rego needs of its own is allowed', async (t) => {
  const source = `package policies.p

x := $"{input.a} of {count(input.b)}" if {
	some key, value in input.b
	value in {"a", "b"}
	key, value in input.c
	every item in input.d { startswith(item, "x") }
	print("seen", key)
}

test_x[name] if {
	some name, n in {"one": 1}
	n == 1
}
`;
  const folder = writeTree(t, { 'p.rego': source });
  assert.deepEqual(await check({ paths: [folder], capabilities: file }), { ok: true, value: undefined });
});
