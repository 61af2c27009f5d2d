import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEntry } from '../../../engine/audit/entry-schema.ts';
import { decidingRules, hidingRules } from '../../../engine/policy/named-rules.ts';
import type { Decision, MaskField, Withhold } from '../../../engine/policy/types.ts';
import { verdictOf } from '../../../engine/policy/verdict.ts';
import { decisionEntry } from '../audit/samples.ts';

const allowed: Decision = {
  effect: 'allow',
  rules: ['p.allow.x'],
  reasons: [],
  mask_fields: [],
  approval: { requirements: [] },
  obligations: [],
};
const mask = (more: Partial<MaskField>): MaskField => ({
  rule: 'p.mask_fields.x',
  on: 'result',
  category: null,
  strategy: 'redact',
  options: {},
  ...more,
});
const media = (action: Withhold['action'], rule = `p.withhold.${action}`): Withhold => ({
  rule,
  mime_type: 'image/*',
  action,
});
const token = { rule: 'p.detokenise.to', path: '$.to', category: null, purpose: 'support' };

test('what hides is a verdict of its own, and what shows more is none', () => {
  assert.equal(verdictOf(allowed), 'allow');
  assert.equal(verdictOf({ ...allowed, mask_fields: [mask({ detect: 'user' })] }), 'mask-fields');
  assert.equal(verdictOf({ ...allowed, withhold: [media('withhold')] }), 'mask-fields');
  assert.equal(verdictOf({ ...allowed, withhold: [media('allow'), media('deny')] }), 'mask-fields');
  assert.equal(verdictOf({ ...allowed, withhold: [media('allow')], detokenise: [token] }), 'allow');
  assert.equal(verdictOf({ ...allowed, effect: 'require-approval', withhold: [media('deny')] }), 'require-approval');
});

test('rules that hide are named once a strategy and category', () => {
  const decision: Decision = {
    ...allowed,
    mask_fields: [
      mask({ path: '$.a', category: 'user.name' }),
      mask({ path: '$.b', category: 'user.name' }),
      mask({ detect: 'user.contact', strategy: 'pseudonym' }),
      mask({ pattern: 'x', category: 'user.unique_id' }),
      mask({ pattern: 'y' }),
    ],
    withhold: [media('allow'), media('withhold'), media('withhold'), media('deny')],
  };
  assert.deepEqual(hidingRules(decision), [
    { rule: 'p.mask_fields.x', strategy: 'redact', category: 'user.name' },
    { rule: 'p.mask_fields.x', strategy: 'pseudonym', category: 'user.contact' },
    { rule: 'p.mask_fields.x', strategy: 'redact', category: 'user.unique_id' },
    { rule: 'p.mask_fields.x', strategy: 'redact', category: null },
    { rule: 'p.withhold.withhold', strategy: 'withhold', category: null },
    { rule: 'p.withhold.deny', strategy: 'deny', category: null },
  ]);
});

test('rules by which more is had are named among those that decided', () => {
  assert.deepEqual(decidingRules(allowed), ['p.allow.x']);
  const withhold = [media('deny'), media('allow', 'a.withhold.y'), media('allow', 'a.withhold.y')];
  assert.deepEqual(decidingRules({ ...allowed, detokenise: [token, token], withhold }), [
    'a.withhold.y',
    'p.allow.x',
    'p.detokenise.to',
  ]);
});

// The entry of a decision has version 1, and older verifiers hold its verdict against its masks.
test('what is named fits the entry of the log as it is, and its verdict', () => {
  for (const decision of [
    { ...allowed, withhold: [media('deny')], detokenise: [token] },
    { ...allowed, withhold: [media('allow')], detokenise: [token] },
    { ...allowed, mask_fields: [mask({ detect: 'user.contact', strategy: 'generalise' })] },
  ] satisfies Decision[]) {
    const masks = hidingRules(decision);
    assert.equal(verdictOf(decision), masks.length > 0 ? 'mask-fields' : 'allow');
    const said = { rules: decidingRules(decision), masks, verdict: verdictOf(decision) };
    const entry = decisionEntry('01979a6e-5f0c-7cc3-98c4-dc0c0c07398f', said);
    assert.ok('entry' in checkEntry(entry), JSON.stringify(checkEntry(entry)));
  }
});
