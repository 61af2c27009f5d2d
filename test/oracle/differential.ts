import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { type Examined, examinePolicies, policySources } from '../../cli/policies.ts';
import { kinds } from '../../engine/opa/contract/packs.ts';
import { compare } from './topdown/compare.ts';
import type { Said } from './topdown/interpreter.ts';
import { recordedInputs } from './topdown/recorded.ts';

// Not part of `npm test`: it compiles OPA's interpreter. `npm run differential` does the same with 100,000 inputs.

const recorded = recordedInputs('fixtures');
let shipped: Examined;

before(async () => {
  const outcome = await examinePolicies(policySources(['policies']));
  assert.ok(outcome.ok);
  shipped = outcome.value;
});

test('the shipped policies decide as topdown decides, on inputs on which they really do something', async () => {
  const { inputs, questions, effects, rules, difference } = await compare(shipped, { count: 2_000, seed: 7, recorded });
  assert.equal(difference, null, JSON.stringify(difference));
  assert.deepEqual([inputs, questions], [2_000, 4_000]);
  for (const effect of ['allow', 'require-approval', 'deny'] as const)
    assert.ok(effects['writ/decision'][effect] > 0, `${effect} never came out`);
  assert.ok(effects['writ/result/decision'].allow > 100);
  const fired = [...rules].filter(([, times]) => times > 0).map(([rule]) => rule);
  const has = (ids: Iterable<string>, kind: string) => [...ids].some((id) => id.includes(`.${kind}.`));
  for (const kind of kinds.filter((each) => has(rules.keys(), each)))
    assert.ok(has(fired, kind), `no rule of ${kind} fired`);
});

test('a difference is found, and made small', async () => {
  const bend = (said: Said): Said => {
    const text = JSON.stringify(said);
    return JSON.parse(text.replace('"quorum":1', '"quorum":2'));
  };
  const { difference } = await compare(shipped, { count: 2_000, seed: 7, bend });
  assert.ok(difference);
  assert.equal(difference.entrypoint, 'writ/decision');
  assert.notEqual(difference.topdown, difference.ours);
  assert.equal(difference.remembered, difference.ours);
  const { identity, client, call } = difference.input;
  assert.deepEqual([identity.claims, client.name, call.arguments ?? {}], [{}, null, {}]);
  assert.ok(identity.groups.length <= 1 && JSON.stringify(difference.input).length < 1_200);
});
