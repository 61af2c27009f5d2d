import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { loadRaw } from '../../../../engine/policy/raw.ts';
import { compile } from '../compile.ts';
import { refuses } from '../refuses.ts';

describe('what goes from a module to a builtin and back', () => {
  let ask: ReturnType<typeof loadRaw>;
  before(async () => {
    const rego = `package writ

decision := {
	"sets are sets": net.cidr_merge({"10.0.0.0/25", "10.0.0.128/25"}) == {"10.0.0.0/24"},
	"keys are of any kind": json.patch({1: {2}}, [{"op": "remove", "path": [1]}]) == {},
	"numbers are exact": numbers.range_step(9007199254740993, 9007199254740993, 1) == [9007199254740993],
	"bytes that are no text are no argument": [x | x := crypto.sha256(base64.decode("/w=="))] == [],
}
`;
    const result = 'package writ.result\n\ndecision := count(net.cidr_expand("::/0"))\n';
    ask = loadRaw(await compile({ 'decision.rego': rego, 'result.rego': result }));
  });

  test('is the value it was', () => {
    const { value } = ask('writ/decision');
    assert.ok(typeof value === 'object' && value !== null);
    assert.equal(Object.keys(value).length, 4);
    for (const [what, holds] of Object.entries(value)) assert.equal(holds, true, what);
  });

  test('is paid for by the evaluation', () => {
    refuses(() => ask('writ/result/decision'), 'WRIT_POLICY_BUDGET');
  });
});
