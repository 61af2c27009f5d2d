import assert from 'node:assert/strict';
import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Scene } from '../../cli/demo/scene.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { openTestScene } from '../support/scene.ts';
import { temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

interface Report {
  ok: boolean;
  checks: Finding[];
}

async function doctor(cwd: string, env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runWrit(['doctor', '--format', 'json'], cwd, { env });
  const report: Report = JSON.parse(stdout);
  const status = (check: string) => report.checks.find((each) => each.check === check)?.status;
  return { code, report, status, printed: stdout + stderr };
}

test('without a configuration the machine is looked at, and the rest is said to be left out', async (t) => {
  const { code, report, status } = await doctor(temporary(t));
  assert.equal(code, 1);
  assert.deepEqual(
    report.checks.map(({ check }) => check),
    ['node', 'opa', 'config'],
  );
  assert.deepEqual([status('node'), status('opa'), status('config')], ['ok', 'ok', 'fail']);
  assert.match(report.checks[2]?.help ?? '', /docs\/operations\.md/);
});

describe('beside a gateway', () => {
  let scene: Scene & { directory: string };
  const tree = () => readdirSync(scene.directory, { recursive: true }).map(String);
  before(async () => {
    scene = await openTestScene();
  });
  after(() => scene.close());

  test('all is well, the lock is seen, and nothing is made or measured', async () => {
    const kept = (paths: string[]) => paths.filter((path) => !/^audit\//.test(path)).sort();
    // The gateway itself goes on writing its log.
    const before = kept(tree());
    const { code, report, status } = await doctor(scene.directory);
    assert.deepEqual(kept(tree()), before);
    assert.deepEqual([code, report.ok], [0, true]);
    assert.equal(status('upstream crm'), 'ok');
    assert.equal(status('signer'), 'ok');
    assert.equal(status('log key'), 'ok');
    assert.equal(status('log lock'), 'warn');
    assert.match(report.checks.find(({ check }) => check === 'fsync')?.message ?? '', /not measured/);
    for (const { check, help } of report.checks.filter((each) => each.status !== 'ok')) assert.ok(help, check);
    // The gateway still decides and records.
    const client = await scene.connect('support-agent', 'modern');
    assert.ok((await client.listTools()).tools.length > 0);
  });

  test('each thing that is wrong is named with a way out, and no secret is printed', async (t) => {
    const folder = temporary(t);
    cpSync(scene.directory, folder, { recursive: true });
    // A server that takes connections and never answers.
    const silent = createServer((socket) => socket.on('error', () => {}));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    t.after(() => silent.close());
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const config = readFileSync(join(folder, 'writ.yaml'), 'utf8')
      .replace(
        /( {2}crm:\n {4}url: ).*/,
        `$1http://127.0.0.1:${port}/mcp\n    credentials: { bearer: "\${env:CRM_TOKEN}" }`,
      )
      .replace(/issuer: (.*)/, 'issuer: $1/other');
    writeFileSync(join(folder, 'writ.yaml'), config);
    writeFileSync(join(folder, 'bundle.tar.gz'), 'no bundle');
    chmodSync(join(folder, 'keys/audit.pem'), 0o644);
    const unset = await doctor(folder);
    assert.match(JSON.stringify(unset.report), /CRM_TOKEN is not set/);
    const { code, report, status, printed } = await doctor(folder, { CRM_TOKEN: 'a-secret-of-the-crm' });
    assert.deepEqual([code, report.ok], [1, false]);
    assert.equal(status('bundle'), 'fail');
    assert.equal(status('upstream crm'), 'fail');
    assert.equal(status('signer'), 'fail');
    assert.equal(report.checks.find(({ check }) => check.startsWith('issuer '))?.status, 'fail');
    // Nobody writes the copy.
    assert.equal(status('log lock'), 'ok');
    assert.match(report.checks.find(({ check }) => check === 'fsync')?.message ?? '', /p50 .* p99 .* 200 appends/);
    const key = readFileSync(join(folder, 'keys/audit.pem'), 'utf8').split('\n')[1] ?? '-';
    const master = readFileSync(join(folder, 'keys/master.key'), 'utf8').trim();
    for (const secret of ['a-secret-of-the-crm', key, master]) assert.equal(printed.includes(secret), false);
    assert.equal(
      tree().some((path) => path.includes('.writ-doctor-')),
      false,
    );
  });
});
