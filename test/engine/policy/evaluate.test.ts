import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import opa from '@open-policy-agent/opa-wasm';
import fc from 'fast-check';
import { WritError } from '../../../engine/errors.ts';
import { canonical } from '../../../engine/json/canonical.ts';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import type { Builtin } from '../../../engine/policy/builtins/term.ts';
import { type Bundle, readBundle } from '../../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../../engine/policy/evaluate.ts';
import type { Decision, PolicyInput } from '../../../engine/policy/types.ts';
import { allow, call, compileBehaviours } from './behaviours.ts';
import { compile, noPacks } from './compile.ts';
import { malformed } from './malformed.ts';
import { refuses } from './refuses.ts';

describe('a policy in force', () => {
  let bundle: Bundle;
  let policy: Policy;
  before(async () => {
    bundle = readBundle(await compileBehaviours(malformed));
    policy = activate(bundle);
  });

  test('answers with its decision and what it took', () => {
    const input = call('plain', { id: 'C-1001' });
    const { decision, fuel, unanswered } = policy.decide(input);
    assert.deepEqual(decision, allow);
    assert.ok(fuel > 100 && fuel < 10_000, `${fuel}`);
    assert.deepEqual(unanswered, []);
    assert.deepEqual(policy.decideResult(input).decision, allow);
    assert.equal(policy.digest, bundle.digest);
  });

  test('sees every text exactly as it is', () => {
    const odd = ['', ' ', '\0', '\u0001\b\f\n\r\t"\\/', '\u007f\u0080', '\u2028\u2029', '\ufeff', '\ufffe\uffff\ufffd'];
    for (const text of [...odd, '\u{1f600}\u{10ffff}', '{"a":1}', '"', '\\u0041', '\\', 'null', '<!--', 'e\u0301']) {
      const [reason] = policy.decide(call('echo', { text })).decision.reasons;
      assert.equal(reason?.message, text);
    }
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      fc.pre(text.isWellFormed());
      return policy.decide(call('echo', { text })).decision.reasons[0]?.message === text;
    });
    fc.assert(property, { seed: 7, numRuns: 300 });
  });

  test('sees all of its input, whatever it is', () => {
    const property = fc.property(fc.object({ maxDepth: 5, values: [fc.jsonValue()] }), (value) => {
      const args = JSON.parse(JSON.stringify({ value })) as JsonObject;
      const [reason] = policy.decide(call('echo all', args)).decision.reasons;
      assert.equal(canonical(JSON.parse(reason?.message ?? '') as Json), canonical(args));
    });
    fc.assert(property, { seed: 11, numRuns: 200 });
  });

  test('is asked nothing that does not match the schema, and no value gets into the error', () => {
    const secret = 'anna@example.com';
    const wrong: unknown[] = [
      null,
      { ...call('plain'), [secret]: true },
      { ...call('plain'), purpose: { [secret]: secret } },
      { ...call('plain'), now: secret },
      { ...call('plain'), identity: { ...call('plain').identity, kind: secret } },
      call('plain', { text: 'half \ud800' }),
      call('plain', { number: Number.NaN }),
    ];
    for (const input of wrong) {
      assert.throws(
        () => policy.decide(input as PolicyInput),
        (error) =>
          error instanceof WritError &&
          error.code === 'WRIT_POLICY_INPUT' &&
          !error.message.includes(secret.slice(0, 4)),
      );
    }
  });

  const overBudget: Record<string, [tool: string, args: JsonObject, detail: RegExp]> = {
    'loops over and over': ['nested loops', {}, /fuel/],
    'makes a range without end': ['long range', {}, /fuel/],
    'joins what a caller sends with itself': [
      'wide product',
      { list: Array.from({ length: 300 }, (_, i) => i) },
      /fuel/,
    ],
    'makes ever longer text': ['long text', { text: 'x'.repeat(40_000) }, /fuel|memory/],
    'reads text that nests without end': [
      'nested text',
      { text: '['.repeat(50_000) + ']'.repeat(50_000) },
      /deep|fuel/,
    ],
    'gets more values than memory holds': ['plain', { list: Array.from({ length: 500_000 }, () => 1) }, /memory/],
  };
  for (const [what, [tool, args, detail]] of Object.entries(overBudget)) {
    test(`that ${what} is stopped, and the next call is decided`, () => {
      refuses(() => policy.decide(call(tool, args)), 'WRIT_POLICY_BUDGET', detail);
      assert.deepEqual(policy.decide(call('plain')).decision, allow);
    });
  }

  test('takes nothing for what no rule reads', () => {
    const incurious = activate(
      { ...bundle, build: { ...bundle.build, inputs: ['input.call.tool'] } },
      { remember: false },
    );
    const list = Array.from({ length: 500_000 }, () => 1);
    assert.equal(incurious.decide(call('plain', { list })).fuel, incurious.decide(call('plain')).fuel);
  });

  test('decides about large arguments, and takes patterns that are hard elsewhere', () => {
    assert.deepEqual(policy.decide(call('plain', { text: 'x'.repeat(2_000_000) })).decision, allow);
    assert.deepEqual(policy.decide(call('pattern', { text: `${'a'.repeat(20_000)}b` })).decision, allow);
  });

  test('uses the same fuel for the same input, whatever came before and on any instance', () => {
    const tools = ['plain', 'everything', 'echo', 'pattern', 'everything'];
    const inputs = tools.map((tool) => call(tool, { text: 'crm.x' }));
    const uses = (from: Policy) => inputs.map((input) => from.decide(input).fuel);
    const first = uses(activate(bundle));
    policy.decide(call('plain', { text: 'x'.repeat(8_000_000) }));
    assert.deepEqual(uses(policy), first);
    refuses(() => policy.decide(call('nested loops')), 'WRIT_POLICY_BUDGET');
    assert.deepEqual(uses(policy), first);
    assert.deepEqual(uses(policy), first);
  });

  test('stops at the same unit each time', () => {
    const { fuel } = policy.decide(call('pattern', { text: 'aaab' }));
    const enough = activate(bundle, { fuel });
    const short = activate(bundle, { fuel: fuel - 1 });
    for (let turn = 0; turn < 3; turn++) {
      assert.equal(enough.decide(call('pattern', { text: 'aaab' })).fuel, fuel);
      refuses(() => short.decide(call('pattern', { text: 'aaab' })), 'WRIT_POLICY_BUDGET', /fuel/);
    }
  });

  test('answers as it would unmetered', () => {
    const plain = opa.loadPolicySync(new WebAssembly.Module(new Uint8Array(bundle.wasm)));
    plain.setData(new Uint8Array(bundle.data).buffer);
    for (const input of ['plain', 'echo', 'pattern', 'everything'].map((tool) => call(tool, { text: 'crm.ü\u0001' })))
      assert.deepEqual(plain.evaluate(input, 'writ/decision'), [{ result: policy.decide(input).decision }]);
  });

  test('that gives two answers has failed, and the error says where', () => {
    refuses(
      () => policy.decide(call('conflict')),
      'WRIT_POLICY_FAILED',
      /decision\.rego:\d+:\d+: var assignment conflict/,
    );
  });

  test('that gives no answer has given none', () => {
    refuses(() => policy.decide(call('nothing')), 'WRIT_POLICY_UNDEFINED');
    refuses(() => policy.decideResult(call('nothing')), 'WRIT_POLICY_UNDEFINED');
  });

  for (const shape of Object.keys(malformed)) {
    test(`that answers ${shape} is refused, and the answer stays out of the error`, () => {
      for (const ask of [policy.decide.bind(policy), policy.decideResult.bind(policy)]) {
        assert.throws(
          () => ask(call('shape', { text: shape })),
          (error) =>
            error instanceof WritError && error.code === 'WRIT_POLICY_MALFORMED' && !error.message.includes('secret'),
        );
      }
    });
  }

  test('may ask for approval of a call, never of a result', () => {
    const asking = activate({ ...bundle, data: Buffer.from(JSON.stringify(askingData(bundle))) });
    assert.equal(asking.decide(call('shape', { text: 'asks' })).decision.effect, 'require-approval');
    refuses(() => asking.decideResult(call('shape', { text: 'asks' })), 'WRIT_POLICY_MALFORMED');
  });

  test('with a path that is no query is not put into force', () => {
    const catalogue = (part: object) => ({ crm: { plain: { action: 'read', holds: {}, ...part } } });
    for (const part of [{ holds: { 'user.name': ['name'] } }, { facts: { subjects: '$[' } }])
      refuses(() => activate({ ...bundle, catalogue: catalogue(part) }), 'WRIT_MASK_PATH');
  });

  test('whose first decision fails is not put into force', () => {
    const tool = (name: string) => ({ crm: { [name]: { action: 'read', holds: {} } } });
    refuses(() => activate({ ...bundle, catalogue: tool('nothing') }), 'WRIT_BUNDLE_INVALID', /no decision/);
    refuses(() => activate({ ...bundle, catalogue: tool('nested loops') }), 'WRIT_BUNDLE_INVALID', /fuel/);
  });

  test('whose data no memory holds is not put into force', () => {
    const data = Buffer.from(JSON.stringify({ list: Array.from({ length: 400_000 }, () => 1) }));
    refuses(() => activate({ ...bundle, data }, { memory: 65_536 }), 'WRIT_BUNDLE_INVALID');
    refuses(() => activate({ ...bundle, data: Buffer.from('{"allow":') }), 'WRIT_BUNDLE_INVALID');
  });

  test('that imports what OPA does not is not put into force', () => {
    const wasm = Buffer.from(bundle.wasm);
    wasm.write('opa_builtin9', wasm.indexOf('opa_builtin4'));
    refuses(() => activate({ ...bundle, wasm }), 'WRIT_BUNDLE_INVALID');
  });
});

function askingData(bundle: Bundle): object {
  const requirement = {
    rule: 'test.require_approval.export',
    approvers: ['group:privacy-officer'],
    quorum: 1,
    pending_for: '8h',
    grant_for: '15m',
    uses: 1,
    reason_required: true,
  };
  const asks: Decision = {
    ...allow,
    effect: 'require-approval',
    approval: { requirements: [requirement] },
  };
  return { ...JSON.parse(Buffer.from(bundle.data).toString()), shapes: { asks } };
}

describe('a builtin of the host', () => {
  const rego = (call: string) => ({
    'decision.rego': `package writ

decision := data.allow if input.call.tool != "ask"

decision := object.union(data.allow, {"reasons": [{"rule": "r", "message": answer}]}) if input.call.tool == "ask"

answer := ${call} if true

else := "no answer"
`,
    'result.rego': 'package writ.result\n\ndecision := data.allow\n',
  });
  const data = { build: noPacks, allow };
  let asksForDigest: Bundle;
  let asksForText: Bundle;
  before(async () => {
    asksForDigest = readBundle(await compile(rego('crypto.sha256(input.call.arguments.text)'), data));
    asksForText = readBundle(await compile(rego('sprintf("%v and %v", [input.call.arguments, {2, 1}])'), data));
  });
  const answering = (builtin: Builtin) => activate(asksForDigest, { builtins: new Map([['crypto.sha256', builtin]]) });
  const ask = (policy: Policy, text = 'a') => {
    const { decision, unanswered, fuel } = policy.decide(call('ask', { text }));
    return { message: decision.reasons[0]?.message, unanswered, fuel };
  };

  test('that nobody gives keeps the bundle out of force, by name', () => {
    refuses(() => activate(asksForDigest, { builtins: new Map() }), 'WRIT_BUNDLE_INVALID', /crypto\.sha256/);
  });

  test('that the SDK has is never asked of it', () => {
    refuses(() => activate(asksForText, { builtins: new Map() }), 'WRIT_BUNDLE_INVALID', /sprintf/);
    // The SDK would print [object Object].
    const { message, unanswered } = ask(activate(asksForText));
    assert.deepEqual({ message, unanswered }, { message: '{"text": "a"} and {1, 2}', unanswered: [] });
  });

  test('is asked with its arguments, and answers', () => {
    const { message, unanswered } = ask(
      answering(([text]) => `digest of ${text}`),
      'ü\0"',
    );
    assert.equal(message, 'digest of ü\0"');
    assert.deepEqual(unanswered, []);
  });

  test('that has no answer leaves the rule undefined, takes the else, and is named', () => {
    const silent: Builtin[] = [
      () => undefined,
      () => {
        throw new Error('secret');
      },
      () => Number.NaN,
      () => '\ud800',
    ];
    for (const builtin of silent) {
      const { message, unanswered } = ask(answering(builtin));
      assert.deepEqual({ message, unanswered }, { message: 'no answer', unanswered: ['crypto.sha256'] });
    }
  });

  test('costs fuel by what goes in and out', () => {
    const policy = answering(([text]) => `${text}`.slice(0, 1));
    const more = ask(policy, 'x'.repeat(10_000)).fuel - ask(policy, 'x').fuel;
    assert.ok(more >= 9_999, `${more}`);
    const flood = answering(() => 'x'.repeat(1_000_000));
    refuses(() => flood.decide(call('ask', { text: 'a' })), 'WRIT_POLICY_BUDGET');
  });
});
