import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Check, count, lost } from './checks.ts';
import { readExceptions } from './exceptions.ts';
import { ok, reportOf, table } from './report.ts';
import type { Row, Way } from './run.ts';

const check = (id: string, status: Check['status'] = 'SUCCESS', message = ''): Check => {
  return { scenario: 'tools-list', id, name: 'ToolsList', status, message };
};
const row = (route: Way, checks: Check[]): Row => {
  return { suite: '0.2.0-alpha.12', set: '2026-07-28', leg: 'server', route, checks };
};
const named = (id: string) => `tools-list: ${id} (ToolsList)`;
const known = (id: string) =>
  readExceptions(`why: [{ set: "2026-07-28", leg: server, route: writ, check: "${named(id)}" }]`);

describe('checks lost through Writ', () => {
  test('one that fails, warns, is skipped or is not told of is lost', () => {
    for (const status of ['FAILURE', 'WARNING', 'SKIPPED', 'INFO'] as const)
      assert.equal(lost([check('a')], [check('a', status)]).length, 1, status);
    assert.equal(lost([check('a')], []).length, 1);
  });

  test('one that does not pass directly either is not lost', () => {
    assert.deepEqual(lost([check('a', 'FAILURE')], []), []);
    assert.deepEqual(lost([check('a', 'WARNING')], [check('a', 'FAILURE')]), []);
  });

  test('one that fails through Writ alone is lost, though it passed nowhere', () => {
    assert.equal(lost([check('a')], [check('a'), check('b', 'FAILURE')]).length, 1);
    assert.equal(lost([check('a', 'INFO')], [check('a', 'WARNING')]).length, 1);
  });

  test('one told of three times and passed twice is lost once', () => {
    assert.equal(lost([check('a'), check('a'), check('a')], [check('a'), check('a', 'FAILURE'), check('a')]).length, 1);
  });

  test('the reason is its own, or that of another of the scenario', () => {
    const through = [check('b', 'FAILURE', 'of b'), check('a', 'FAILURE', 'of a')];
    const reason = (id: string) => lost([check('a'), check('c')], through).find(({ check }) => check === named(id));
    assert.deepEqual([reason('a')?.message, reason('c')?.message], ['of a', 'of b']);
  });
});

describe('the report', () => {
  const direct = row('direct', [check('a'), check('b')]);
  const kept = table([direct]);

  test('is good where nothing is lost', () => {
    assert.ok(ok(reportOf([direct, row('writ', [check('a'), check('b')])], [], kept)));
  });

  test('is bad where a check is lost, unless an exception names it for this way', () => {
    const rows = [direct, row('writ', [check('a')])];
    assert.ok(!ok(reportOf(rows, [], kept)));
    assert.ok(!ok(reportOf([direct, row('masked', [check('a')])], known('b'), kept)));
    const report = reportOf(rows, known('b'), kept);
    assert.deepEqual([ok(report), report.losses[0]?.reason], [true, 'why']);
  });

  test('is bad where an exception is stale, and silent of one whose way was not run', () => {
    assert.deepEqual(reportOf([direct, row('writ', direct.checks)], known('b'), kept).stale.length, 1);
    assert.ok(ok(reportOf([direct], known('b'), kept)));
  });

  test('is bad where the server itself passes less than the page keeps, or the page does not know it', () => {
    for (const checks of [[check('a')], [check('a'), check('b'), check('c', 'FAILURE')], []])
      assert.equal(reportOf([row('direct', checks)], [], kept).fallen.length, 1);
    assert.equal(reportOf([direct], [], '').fallen.length, 1);
    assert.equal(reportOf([direct], [], null).fallen.length, 0);
  });
});

test('a scenario passes with all its checks, and a warning is none', () => {
  const other = { ...check('c', 'WARNING'), scenario: 'ping' };
  assert.deepEqual(count([check('a'), check('b', 'SKIPPED'), other]), {
    scenarios: { passed: 1, failed: 1 },
    checks: { passed: 1, failed: 0, warned: 1 },
  });
});

test('an exception needs all its parts, and one reason', () => {
  assert.throws(() => readExceptions('why: [{ set: "2026-07-28", leg: server, check: x }]'), /lacks/);
  const place = '{ set: a, leg: b, route: c, check: d }';
  assert.throws(() => readExceptions(`one: [${place}]\ntwo: [${place}]`), /two reasons/);
  assert.doesNotThrow(() => readExceptions());
});
