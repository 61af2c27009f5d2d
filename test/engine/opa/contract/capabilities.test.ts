import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { check } from '../../../../engine/opa/check.ts';
import { restrictCapabilities } from '../../../../engine/opa/contract/capabilities.ts';
import { run } from '../../../../engine/opa/run.ts';
import { writeTree } from '../tree.ts';

const file = 'policies/capabilities.json';
const shipped = JSON.parse(readFileSync(file, 'utf8'));

test('the file is what the script makes of the capabilities of OPA as it is', async () => {
  const { stdout } = await run(['capabilities', '--current'], {}, 'wasm');
  assert.deepEqual(shipped, restrictCapabilities(JSON.parse(stdout)));
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
    'sprintf("%v", [1])',
    'rand.intn("x", 2)',
    'opa.runtime()',
    'crypto.sha256("")',
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
