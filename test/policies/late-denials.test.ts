import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { compilePolicies } from '../../cli/policies.ts';
import { readBundle } from '../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../engine/policy/evaluate.ts';
import { prospective } from '../../engine/policy/listing.ts';
import type { PolicyInput } from '../../engine/policy/types.ts';
import { policyInput } from './inputs.ts';

// Denials that read the result, each with a way to fire that needs none: by a helper of several bodies, by a body of its
// own, behind two negations, in an else.
const pack = `package policies.late

import data.writ.tool

# METADATA
# title: Reads
allow["reads"] if tool.does("read")

# METADATA
# title: By a helper
deny["helper"] if bulky

bulky if input.purpose == "helper"

bulky if count(input.result.facts.ids) > 2

# METADATA
# title: By a body
deny["body"] if input.purpose == "body"

deny["body"] if count(input.result.facts.ids) > 3

# METADATA
# title: Behind two negations
deny["negations"] if {
	input.purpose == "negations"
	not fine
}

fine if not foul

foul if input.server.name == "late"

foul if count(input.result.facts.ids) > 4

# METADATA
# title: In an else
deny["else"] if level > 3

level := 5 if {
	count(input.result.facts.ids) > 5
} else := 4 if {
	input.purpose == "else"
} else := 0

# METADATA
# title: What is asked for first may be negated
deny["guarded"] if {
	input.result.facts
	not few
}

few if count(input.result.facts.ids) < 7
`;
const catalogue = 'catalogue: { late: { read: { action: read, holds: {}, facts: { ids: "$[*].id" } } } }\n';

let policy: Policy;
before(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-late-'));
  writeFileSync(join(folder, 'late.rego'), pack);
  writeFileSync(join(folder, 'catalogue.yaml'), catalogue);
  try {
    policy = activate(readBundle(await compilePolicies([folder])));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function call(purpose: string, ids: number | null): PolicyInput {
  const [any] = fc.sample(policyInput(policy.catalogue), { seed: 1, numRuns: 1 });
  assert.ok(any !== undefined);
  const { id } = any.call;
  const facts = { ids: Array.from({ length: ids ?? 0 }, (_, index) => index) };
  return {
    ...any,
    server: { name: 'late', labels: {} },
    call: { id, method: 'tools/call', direction: 'to-server', listing: false, tool: 'read', arguments: {}, hash: '' },
    purpose,
    result: ids === null ? null : { is_error: false, bytes: 1, mime_types: [], facts },
  };
}

for (const way of ['helper', 'body', 'negations', 'else']) {
  test(`a denial that can fire without the result, by ${way}, refuses before the call is made`, () => {
    const { effect, rules } = policy.decide(call(way, null)).decision;
    assert.deepEqual([effect, rules], ['deny', [`late.deny.${way}`]]);
  });
}

test('what only the result can tell waits for it', () => {
  assert.equal(policy.decide(call('', null)).decision.effect, 'allow');
  assert.equal(policy.decideResult(call('', 2)).decision.effect, 'allow');
  assert.deepEqual(policy.decideResult(call('', 3)).decision.rules, ['late.deny.helper']);
  assert.deepEqual(policy.decideResult(call('', 7)).decision.rules, [
    'late.deny.body',
    'late.deny.else',
    'late.deny.guarded',
    'late.deny.helper',
  ]);
});

test('what no call may do for its result may still be listed', () => {
  const listing = prospective(call('helper', null), 'tools/call', { tool: 'read' });
  assert.equal(policy.decide(listing).decision.effect, 'allow');
});
