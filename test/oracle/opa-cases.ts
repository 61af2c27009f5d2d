import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCases, show } from './opa-cases/run.ts';

// Not part of `npm test`: it compiles with Go.

test("OPA's own cases come out as OPA wants, but for those whose exception says why", async (t) => {
  const report = await runCases();
  t.diagnostic(show(report));
  assert.deepEqual(report.unexplained, []);
  assert.deepEqual(report.stale, []);
  const excepted = [...report.excepted.values()].reduce((sum, count) => sum + count, 0);
  assert.equal(report.passed + excepted, 2400, 'the number of cases OPA 1.22.2 has');
});

test('a case that goes wrong is seen, and so is an exception without need', async () => {
  const { passed, unexplained, stale } = await runCases('helloworld');
  assert.ok(passed > 0);
  assert.deepEqual([unexplained, stale], [[], []]);
});
