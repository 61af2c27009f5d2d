import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { compilePolicies } from '../../cli/policies.ts';
import { canonical } from '../../engine/json/canonical.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import { run } from '../../engine/opa/run.ts';
import { type Bundle, readBundle } from '../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../engine/policy/evaluate.ts';
import { prospective } from '../../engine/policy/listing.ts';
import { isPolicyInput, mismatch } from '../../engine/policy/schemas.ts';
import type { Decision, PolicyInput } from '../../engine/policy/types.ts';
import { policyInput } from './inputs.ts';

const seed = 20261122;
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
let bundle: Bundle;
let policy: Policy;

before(async () => {
  bundle = readBundle(await compilePolicies(['policies']));
  policy = activate(bundle);
});

/** `Policy` throws unless the answer is exactly one decision of the contract. */
test('every message has a decision that says who decided', () => {
  fc.assert(
    fc.property(policyInput(bundle.catalogue), (input) => {
      const { effect, rules, reasons, mask_fields, approval } = policy.decide(input).decision;
      assert.deepEqual(rules, [...new Set(rules)].sort());
      assert.ok(rules.length > 0 && rules.every((rule) => Object.hasOwn(bundle.build.rules, rule)));
      assert.ok(reasons.every(({ rule, message }) => rules.includes(rule) && message !== ''));
      assert.ok(mask_fields.every(({ rule }) => Object.hasOwn(bundle.build.rules, rule)));
      if (effect === 'deny') assert.ok(reasons.length > 0 && mask_fields.length === 0);
      assert.equal(approval.requirements.length > 0, effect === 'require-approval');
    }),
    { seed, numRuns: 400 },
  );
});

test('every result has a decision that only tightens', () => {
  fc.assert(
    fc.property(policyInput(bundle.catalogue), (input) => {
      const { effect, rules, approval, obligations } = policy.decideResult(input).decision;
      if (input.result === null) assert.deepEqual([effect, rules], ['deny', ['writ.no_result']]);
      else assert.deepEqual([approval.requirements, obligations], [[], []]);
    }),
    { seed, numRuns: 200 },
  );
});

// Where one rule read an argument by a computed name, each call of every server would be worked out anew.
test('a question about another customer is one that was decided before', () => {
  fc.assert(
    fc.property(policyInput(bundle.catalogue), fc.string(), fc.string(), (input, one, other) => {
      const about = (id: string): PolicyInput => ({ ...input, call: { ...input.call, arguments: { id } } });
      assert.equal(policy.decide(about(one)), policy.decide(about(other)));
    }),
    { seed, numRuns: 100 },
  );
});

test('what may be called is listed', () => {
  let callable = 0;
  fc.assert(
    fc.property(policyInput(bundle.catalogue), (input) => {
      const { tool } = input.call;
      const asked = { ...input.call, method: 'tools/call', direction: 'to-server', listing: false } as const;
      const call: PolicyInput = { ...input, call: asked };
      if (tool === undefined || policy.decide(call).decision.effect === 'deny') return;
      callable++;
      assert.equal(policy.decide(prospective(call, 'tools/call', { tool })).decision.effect, 'allow');
    }),
    { seed, numRuns: 1_200 },
  );
  assert.ok(callable > 10, `only ${callable} calls were callable`);
});

test('nobody without a grant passes, and no approval or argument makes one', () => {
  fc.assert(
    fc.property(policyInput(bundle.catalogue), (input) => {
      const stranger: PolicyInput = { ...input, identity: { ...input.identity, kind: 'human', groups: [] } };
      const { effect, rules } = policy.decide(stranger).decision;
      assert.equal(effect === 'deny', !rules.includes('writ.allow.lifecycle'));
    }),
    { seed, numRuns: 200 },
  );
});

test('what no rule reads decides nothing', () => {
  const { inputs } = JSON.parse(Buffer.from(bundle.data).toString()).build;
  fc.assert(
    fc.property(policyInput(bundle.catalogue), policyInput(bundle.catalogue), (input, other) => {
      const alike: Json = plain(other);
      for (const path of inputs) copy(plain(input), alike, path.split('.').slice(1));
      if (!isPolicyInput(alike)) return assert.fail(mismatch(isPolicyInput));
      assert.deepEqual(policy.decide(plain(alike)).decision, policy.decide(input).decision);
    }),
    { seed, numRuns: 200 },
  );
});

/** Makes `to` have at a path what `from` has there, or nothing where it has nothing. */
function copy(from: Json | undefined, to: Json, [key = '', ...deeper]: string[]): void {
  if (!isObject(to)) return;
  const value = isObject(from) ? from[key] : undefined;
  const inner = to[key];
  if (deeper.length > 0 && isObject(inner) && isObject(value)) copy(value, inner, deeper);
  else if (value === undefined) delete to[key];
  else to[key] = value;
}

test('the module decides as the interpreter of OPA does', async (t) => {
  const inputs = fc.sample(policyInput(bundle.catalogue), { seed, numRuns: 150 });
  const folder = mkdtempSync(join(tmpdir(), 'writ-policies-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  // The bundle's own Rego lacks the entrypoints, which are in the module.
  writeFileSync(
    join(folder, 'data.json'),
    JSON.stringify({ ...JSON.parse(Buffer.from(bundle.data).toString()), inputs }),
  );
  const query = '[x | some input_ in data.inputs; x := data.writ.decision with input as input_]';
  const packs = [...new Set(Object.values(bundle.build.packs).flat())].map((pack) => `policies/${pack}`);
  const files = ['policies/lib', ...packs, join(folder, 'data.json')].flatMap((path) => ['--data', path]);
  const { stdout } = await run(['eval', '--format', 'raw', ...files, query]);
  const expected: Decision[] = JSON.parse(stdout);
  assert.equal(expected.length, inputs.length);
  for (const [index, input] of inputs.entries()) {
    assert.equal(canonical(plain(policy.decide(input).decision)), canonical(plain(expected[index])));
  }
});

test('the shipped policies fit in the fuel a small policy takes', () => {
  const [input] = fc.sample(policyInput(bundle.catalogue), { seed, numRuns: 1 });
  assert.ok(input !== undefined && policy.decide(input).fuel < 50_000);
});

test('what lib says in its own name is in the data of the build', () => {
  const lib = readFileSync('policies/lib/decision.rego', 'utf8') + readFileSync('policies/lib/result.rego', 'utf8');
  const named = new Set([...lib.matchAll(/"(writ\.[a-z._]+)"/g)].map(([, id]) => id));
  const known = Object.keys(bundle.build.rules).filter((id) => id.startsWith('writ.'));
  assert.deepEqual([...named].sort(), known);
});
