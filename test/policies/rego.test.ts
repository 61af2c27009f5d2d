import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as it } from 'node:test';
import { capabilities, examinePolicies, policySources } from '../../cli/policies.ts';
import { check } from '../../engine/opa/check.ts';
import { buildData } from '../../engine/opa/contract/build-data.ts';
import { run } from '../../engine/opa/run.ts';
import { test } from '../../engine/opa/test.ts';

const rego = ['policies/lib', 'policies/gdpr', 'policies/gdpr_hr', 'policies/gdpr_tickets'];

it('the shipped policies pass every check', async () => {
  const outcome = await examinePolicies(policySources(['policies']));
  assert.deepEqual(outcome.ok ? [] : outcome.diagnostics, []);
});

it('the shipped policies are formatted as `opa fmt` does it', async () => {
  const { code, stdout } = await run(['fmt', '--list', ...rego]);
  assert.deepEqual([code, stdout], [0, '']);
});

it('the schema finds a mistyped field in a pack and in its tests', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-policies-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const fields = [
    'input.call.tol',
    'input.identity.group',
    'input.server.label',
    'input.approval.by',
    'input.result.fact',
    'input.gatway',
  ];
  writeFileSync(
    join(folder, 'p.rego'),
    `package policies.p\n\n${fields.map((field, i) => `x${i} if ${field} == "x"`).join('\n')}\n`,
  );
  const outcome = await check({ paths: [...rego, folder], schemaDir: 'policies/schema' });
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.diagnostics.map(({ row, code }) => [row, code]),
    fields.map((_, index) => [index + 3, 'rego_type_error']),
  );
});

it('every Rego test passes', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-policies-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const examined = await examinePolicies(policySources(['policies']));
  assert.ok(examined.ok);
  const { analysis, catalogue, sources } = examined.value;
  writeFileSync(join(folder, 'data.json'), JSON.stringify({ ...sources.data, build: buildData(analysis, catalogue) }));
  const outcome = await test({ paths: [...rego, join(folder, 'data.json')], capabilities });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const { cases } = outcome.value;
  assert.ok(cases.length > 200);
  const failed = cases.filter(({ status }) => status !== 'pass');
  assert.deepEqual(failed, []);
});
