import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Entry } from '../../engine/audit/entry.ts';
import { fileOf, repack } from '../engine/policy/archive.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { type GatewayProcess, startProcess } from '../support/gateway-process.ts';
import { ofKind, readArguments, readSealedLog } from '../support/log.ts';
import { result, toolResult } from '../support/stub-server.ts';
import { openSurroundings, type Surroundings, testBundle } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

/** How each call ended, by call id. */
const statuses = (entries: Entry[]) => new Map(ofKind(entries, 'outcome').map(({ call, status }) => [call, status]));

/** Calls of `n` for as long as the gateway answers: `n` of those it carried, and the ids under which it refused. */
async function callOnAndOn(around: Surroundings, worker: number, carried: number[], refused: string[]): Promise<void> {
  const servers = ['open', 'masked', 'guarded', 'inbound'];
  for (let n = worker * 100_000; ; n++) {
    const args = { n, limit: n % 4 === 2 ? 11 : 0, email: `${n}@example.com` };
    const answer = await around.call(servers[n % 4] ?? 'open', args).catch(() => undefined);
    if (answer === undefined) return;
    const { last } = answer;
    const refusal = last.result?._meta?.['writ/decision']?.call;
    if (refusal !== undefined) refused.push(refusal);
    else if (last.result !== undefined) carried.push(n);
    else assert.fail(answer.wire);
  }
}

describe('a gateway that is killed under load', () => {
  let around: Surroundings;
  const carried: number[] = [];
  const refused: string[] = [];
  const processes: GatewayProcess[] = [];
  const start = async () => {
    const started = await startProcess(around);
    processes.push(started);
    return started;
  };
  before(async () => {
    around = await openSurroundings();
    around.stub.conduct = (received, response) => {
      const { n, hangs } = received.message.params?.arguments ?? {};
      if (hangs !== true) result(toolResult({ people: [{ name: `${n}` }] }))(received, response);
    };
  });
  after(async () => {
    for (const { kill } of processes) kill('SIGKILL');
    await around.close();
  });

  test('is no more to be reached, and starts again on the same log', async () => {
    const first = await start();
    const hanging = [1, 2].map(() => around.call('open', { hangs: true }).catch(() => undefined));
    const workers = Array.from({ length: 8 }, (_, worker) => callOnAndOn(around, worker, carried, refused));
    await until(() => carried.length + refused.length > 200, 'two hundred answers');
    first.kill('SIGKILL');
    assert.equal(await first.ended, 'SIGKILL');
    await Promise.all([...workers, ...hanging]);

    const second = await start();
    assert.equal((await around.call('open', { n: -1 })).last.error, undefined);
    second.kill('SIGTERM');
    assert.equal(await second.ended, 0);
  });

  test('has every call it answered in a log that verifies, and the others as unknown', async () => {
    const entries = await readSealedLog(around.directory);
    const ended = statuses(entries);
    const decided = new Set(ofKind(entries, 'decision').map(({ call }) => call));
    for (const call of refused) assert.ok(decided.has(call) && !ended.has(call));

    const calls = new Map([...(await readArguments(around.directory))].map(([call, args]) => [args.n, call]));
    for (const n of [...carried, -1]) assert.equal(ended.get(calls.get(n) ?? ''), 'completed', `call ${n}`);

    const unknown = [...ended.values()].filter((status) => status === 'unknown').length;
    assert.ok(unknown >= 2, 'the two that hung at least');
    assert.deepEqual(
      ofKind(entries, 'open').map(({ recovered }) => recovered),
      [0, unknown],
    );
    for (const { call } of ofKind(entries, 'intent')) assert.ok(ended.has(call));
  });
});

describe('a gateway that is told to stop', () => {
  let around: Surroundings;
  let gateway: GatewayProcess;
  before(async () => {
    around = await openSurroundings();
    gateway = await startProcess(around);
  });
  after(async () => {
    gateway.kill('SIGKILL');
    await around.close();
  });

  test('keeps its log to itself while it runs: a second process ends with 74', async () => {
    const { url } = around;
    const second = await startProcess(around);
    assert.equal(await second.ended, 74);
    assert.match(second.messages(), /WRIT_AUDIT_LOCKED/);
    assert.doesNotMatch(second.messages(), / at .*\.ts:\d+/, 'no stack');
    around.url = url;
    assert.equal((await around.call('open')).status, 200);
  });

  test('takes a new bundle on SIGHUP, and goes on with the last one where it is not fit', async () => {
    const path = join(around.directory, 'bundle.tar.gz');
    const bundle = await testBundle();
    const data = JSON.parse(fileOf(bundle, 'data.json'));
    data.build.packs.open = [];
    writeFileSync(path, repack(bundle, { 'data.json': JSON.stringify(data) }));
    gateway.kill('SIGHUP');
    await until(() => gateway.messages().split('policy in force').length === 3, 'the second activation');
    const isRefused = async () => (await around.call('open')).last.result?.isError;
    assert.equal(await isRefused(), true);
    writeFileSync(path, 'not a bundle');
    gateway.kill('SIGHUP');
    await until(() => gateway.messages().includes('not activated'), 'the complaint');
    assert.equal(await isRefused(), true);
    writeFileSync(path, bundle);
    gateway.kill('SIGHUP');
    await until(() => gateway.messages().split('policy in force').length === 4, 'the third activation');
    assert.notEqual(await isRefused(), true);
  });

  test('finishes the calls in hand, takes no others, and seals its log', async () => {
    const held: (() => void)[] = [];
    around.stub.conduct = (received, response) => {
      held.push(() => result(toolResult({ late: true }))(received, response));
    };
    const inHand = around.call('open');
    await until(() => held.length === 1, 'the call reaches the server');
    gateway.kill('SIGTERM');
    let refused = false;
    while (!refused) {
      const asked = around.call('guarded', { limit: 11 });
      refused = await asked.then(
        () => false,
        () => true,
      );
    }
    held[0]?.();
    const { status, last } = await inHand;
    assert.deepEqual([status, last.result?.structuredContent], [200, { late: true }]);
    assert.equal(await gateway.ended, 0);
    const entries = await readSealedLog(around.directory);
    assert.deepEqual(
      ofKind(entries, 'close').map(({ reason }) => reason),
      ['SIGTERM'],
    );
    assert.deepEqual([...statuses(entries).values()].at(-1), 'completed');
  });
});

/** Gives the folder a disk of its own, of so many MB, or makes that larger; false where this account may not. */
function mountDisk(path: string, megabytes: number, more = ''): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `${more}size=${megabytes}m`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a gateway whose disk is full', () => {
  const audit = mkdtempSync(join(tmpdir(), 'writ-e2e-disk-'));
  const mounted = mountDisk(audit, 2);
  const skip = mounted ? false : 'this account may not mount a disk of its own';
  let gateway: TestGateway;
  const carried: number[] = [];
  before(async () => {
    gateway = await openGateway({ audit });
  });
  after(async () => {
    await gateway.close().catch(() => undefined);
    if (mounted) execFileSync('umount', [audit]);
    rmSync(audit, { recursive: true });
  });

  test('refuses every call, and nothing reaches the server any more', { skip }, async () => {
    const note = 'x'.repeat(8_000);
    let refusal: string | undefined;
    for (let n = 0; n < 2_000 && refusal === undefined; n++) {
      const { last } = await gateway.call('open', { n, note });
      refusal = last.error?.data?.code;
      if (refusal === undefined) carried.push(n);
    }
    assert.equal(refusal, 'WRIT_AUDIT_UNAVAILABLE');
    assert.ok(carried.length > 10);

    const seen = gateway.stub.seen.length;
    assert.ok(seen - carried.length <= 1, 'but for a call whose outcome had no room');
    for (const server of ['open', 'masked', 'guarded', 'inbound']) {
      const { status, last } = await gateway.call(server, { n: -1, limit: 11 });
      assert.deepEqual([status, last.error?.code, last.error?.data?.retriable], [200, -31503, true]);
      assert.equal(last.error?.data?.code, 'WRIT_AUDIT_UNAVAILABLE');
    }
    assert.equal((await gateway.ask({ rpc: 'notifications/initialized', id: null, era: 'legacy' })).status, 503);
    assert.equal(gateway.stub.seen.length, seen);
    await assert.rejects(gateway.running.close('test ended'), { code: 'WRIT_AUDIT_UNAVAILABLE' });
  });

  test('goes on with the same log once there is room, and has all it answered', { skip }, async () => {
    assert.ok(mountDisk(audit, 16, 'remount,'));
    const again = await startProcess(gateway);
    try {
      assert.equal((await gateway.call('open', { n: -2 })).last.error, undefined, again.messages());
      again.kill('SIGTERM');
      assert.equal(await again.ended, 0);
    } finally {
      again.kill('SIGKILL');
      await again.ended;
    }
    const ended = statuses(await readSealedLog(gateway.directory, audit));
    const calls = new Map([...(await readArguments(gateway.directory, audit))].map(([call, { n }]) => [n, call]));
    for (const n of [...carried, -2]) assert.equal(ended.get(calls.get(n) ?? ''), 'completed', `call ${n}`);
  });
});
