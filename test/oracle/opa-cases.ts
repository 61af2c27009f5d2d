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

test('what fails for another reason than the one given is seen, and so is an exception without need', async () => {
  const exceptions = new Map([
    ['rendertemplate/simple', { reason: 'templates', fails: /It calls strings\.render_template/ }],
    ['rendertemplate/complex', { reason: 'templates', fails: /anything else/ }],
  ]);
  const report = await runCases('rendertemplate', exceptions);
  assert.deepEqual([...report.excepted], [['templates', 1]]);
  const found = report.unexplained.map((line) => line.split(':')[1]?.trim());
  assert.equal(found.length, 4);
  assert.ok(found.includes('rendertemplate/complex'));

  const passing = new Map([['helloworld/hello', { reason: 'none', fails: /./ }]]);
  const { passed, stale } = await runCases(
    'helloworld',
    new Map([...passing, ['no such case', { reason: 'none', fails: /./ }]]),
  );
  assert.ok(passed > 0);
  assert.deepEqual(stale, []);
});
