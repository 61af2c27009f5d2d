import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../engine/json/types.ts';
import { isObject } from '../../engine/json/types.ts';
import { isDecision, isPolicyInput } from '../../engine/policy/schemas.ts';
import type { Decision, PolicyInput } from '../../engine/policy/types.ts';
import { policyInput } from './inputs.ts';

const full: PolicyInput = {
  contract: 1,
  now: '2026-11-22T16:39:00.000Z',
  server: { name: 'crm', labels: { region: 'eu' } },
  call: {
    id: '1',
    method: 'tools/call',
    direction: 'to-server',
    listing: false,
    tool: 'customers.lookup',
    prompt: 'p',
    uri: 'u',
    arguments: {},
    hash: 'h',
  },
  tool: { declared: {}, fingerprint: 'f', pinned: 'yes' },
  identity: {
    kind: 'human',
    id: 'u',
    tenant: 'default',
    groups: ['g'],
    roles: ['r'],
    scopes: ['s'],
    client: 'c',
    actor: {},
    claims: {},
  },
  client: { name: 'n', version: '1', protocol_version: 'p', address: 'a' },
  session: { id: 's' },
  subjects: { restricted: false },
  purpose: 'p',
  approval: { id: 'a', at: 't', approved_by: [{ id: 'o', at: 't', memberships: ['m'] }] },
  result: { is_error: false, bytes: 1, mime_types: ['m'], facts: {} },
  gateway: { name: 'g', environment: 'test' },
};

const decision: Decision = {
  effect: 'require-approval',
  rules: ['p.allow.x', 'p.require_approval.x'],
  reasons: [{ rule: 'p.require_approval.x', message: 'm' }],
  mask_fields: [
    { rule: 'p.mask_fields.x', on: 'result', path: '$.a', category: null, strategy: 'redact', options: {} },
    { rule: 'p.mask_fields.y', on: 'result', detect: 'user.name', category: null, strategy: 'drop', options: {} },
    { rule: 'p.mask_fields.z', on: 'both', pattern: 'x+', category: 'user', strategy: 'hash', options: {} },
  ],
  detokenise: [{ rule: 'p.detokenise.x', path: '$.to', category: null, purpose: 'support' }],
  withhold: [{ rule: 'p.withhold.x', mime_type: 'image/*', action: 'deny' }],
  approval: {
    requirements: [
      {
        rule: 'p.require_approval.x',
        approvers: ['group:g'],
        quorum: 1,
        pending_for: '8h',
        grant_for: '15m',
        uses: 1,
        reason_required: true,
      },
    ],
  },
  obligations: [
    {
      rule: 'p.obligations.x',
      purpose: null,
      legal_basis: null,
      data_categories: ['user'],
      retention: 'P1Y',
      record: 'masked',
    },
  ],
};

/** The value with every single place in it changed, one at a time: left out, added to, or of another type. */
function* changed(value: Json, path = ''): Generator<{ path: string; value: Json }> {
  yield { path: `${path}: another type`, value: typeof value === 'number' ? 'text' : 7 };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const inner of changed(item, `${path}/${index}`)) {
        yield { path: inner.path, value: value.with(index, inner.value) };
      }
    }
  } else if (isObject(value)) {
    yield { path: `${path}: one key more`, value: { ...value, unknown: 1 } };
    for (const [key, item] of Object.entries(value)) {
      const { [key]: _, ...rest } = value;
      yield { path: `${path}/${key}: left out`, value: rest };
      for (const inner of changed(item, `${path}/${key}`))
        yield { path: inner.path, value: { ...value, [key]: inner.value } };
    }
  }
}

const plain = (value: object): Json => JSON.parse(JSON.stringify(value));

test('every input of the type fits the schema', () => {
  assert.ok(isPolicyInput(plain(full)), JSON.stringify(isPolicyInput.errors));
  const [input] = fc.sample(policyInput({ crm: { x: { action: 'read', holds: {} } } }), { seed: 1, numRuns: 1 });
  fc.assert(
    fc.property(policyInput({ crm: { x: { action: 'read', holds: {} } } }), (each) => isPolicyInput(plain(each))),
    { seed: 20261122, numRuns: 500 },
  );
  assert.ok(input);
});

test('no other input does: nothing may be missing, more, or of another type', () => {
  const open = /\/(arguments|declared|actor|claims|facts|labels): one key more$/;
  const optional = /\/call\/(tool|prompt|uri|arguments|hash): left out$|\/labels\/region: left out$/;
  for (const { path, value } of changed(plain(full))) {
    const fits = isPolicyInput(value);
    const may = optional.test(path) || (open.test(path) && !path.startsWith('/server'));
    assert.equal(fits, may, path);
  }
});

test('what is nullable in the type may be null, and nothing else', () => {
  const nullable = ['tool', 'purpose', 'approval', 'result'];
  for (const key of Object.keys(full))
    assert.equal(isPolicyInput(plain({ ...full, [key]: null })), nullable.includes(key), key);
  for (const key of Object.keys(full.identity)) {
    const input = { ...full, identity: { ...full.identity, [key]: null } };
    assert.equal(isPolicyInput(plain(input)), ['client', 'actor'].includes(key), key);
  }
  const nobody = { name: null, version: null, protocol_version: null, address: null };
  assert.ok(isPolicyInput(plain({ ...full, client: nobody, session: { id: null } })));
});

test('a decision fits only whole and with no field more', () => {
  assert.ok(isDecision(plain(decision)), JSON.stringify(isDecision.errors));
  for (const { path, value } of changed(plain(decision))) {
    // Bundles of before have none of these two.
    const may = /\/options: one key more$|^\/(detokenise|withhold): left out$/.test(path);
    assert.equal(isDecision(value), may, path);
  }
});

test('a mask has one way to find what it masks', () => {
  const mask = { rule: 'p.mask_fields.x', on: 'result', category: null, strategy: 'redact', options: {} };
  const cases: [place: object, fits: boolean][] = [
    [{ path: '$.a' }, true],
    [{ detect: 'user.government_id.national_identification_number' }, true],
    [{ pattern: 'x' }, true],
    [{}, false],
    [{ path: '$.a', detect: 'user' }, false],
    [{ path: '$.a', pattern: 'x' }, false],
    [{ detect: 'user', pattern: 'x' }, false],
    [{ detect: 'anna@example.com' }, false],
    [{ detect: '' }, false],
    [{ pattern: 'x', category: 'anna@example.com' }, false],
    [{ pattern: '' }, false],
  ];
  for (const [place, fits] of cases)
    assert.equal(isDecision(plain({ ...decision, mask_fields: [{ ...mask, ...place }] })), fits, JSON.stringify(place));
});

test('an effect comes with what belongs to it', () => {
  const nothing = { requirements: [] };
  const denial: Partial<Decision> = {
    effect: 'deny',
    approval: nothing,
    mask_fields: [],
    detokenise: [],
    withhold: [],
  };
  const cases: [title: string, change: Partial<Decision>, fits: boolean][] = [
    ['allow that waits', { effect: 'allow' }, false],
    ['allow', { effect: 'allow', approval: nothing }, true],
    ['approval by nobody', { approval: nothing }, false],
    ['deny that masks', { effect: 'deny', approval: nothing }, false],
    ['deny', denial, true],
    ['deny that turns tokens back', { ...denial, detokenise: decision.detokenise ?? [] }, false],
    ['deny that shows content', { ...denial, withhold: decision.withhold ?? [] }, false],
    ['deny without a rule', { ...denial, rules: [] }, false],
    ['deny without a reason', { ...denial, reasons: [] }, false],
  ];
  for (const [title, change, fits] of cases) assert.equal(isDecision(plain({ ...decision, ...change })), fits, title);
});

test('enumerations hold what the types do', () => {
  const schema = JSON.parse(readFileSync('policies/schema/decision.json', 'utf8'));
  assert.deepEqual(schema.properties.effect.enum, ['allow', 'require-approval', 'deny'] satisfies Decision['effect'][]);
  assert.deepEqual(schema.properties.withhold.items.properties.action.enum, ['allow', 'withhold', 'deny']);
  for (const effect of ['mask-fields', 'Allow', '', 'defer']) assert.ok(!isDecision(plain({ ...decision, effect })));
});
