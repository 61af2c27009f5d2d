import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { compilePolicies } from '../../cli/policies.ts';
import { bundleDigest } from '../../engine/audit/bundle.ts';
import { fileOf, repack } from '../engine/policy/archive.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { ofKind } from '../support/log.ts';
import { result, toolResult } from '../support/stub-server.ts';
import { packsFolder, testBundle } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'writ-e2e-keys-'));
let bundle: Uint8Array;
let signed: Uint8Array;
/** The same policies, but for the pack of server `open`, which is not asked there any more. */
let stricter: Uint8Array;

function keyPair(name: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(join(folder, `${name}.pub.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(folder, `${name}.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return join(folder, `${name}.pem`);
}

before(async () => {
  const signing = { key: keyPair('ours'), algorithm: 'ES256' };
  keyPair('theirs');
  bundle = await testBundle();
  signed = await compilePolicies([packsFolder], { revision: 'r2', signing });
  const data = JSON.parse(fileOf(bundle, 'data.json'));
  data.build.packs.open = [];
  stricter = repack(bundle, { 'data.json': JSON.stringify(data) });
});
after(() => rmSync(folder, { recursive: true }));

const put = ({ directory }: TestGateway, bytes: Uint8Array | string) =>
  writeFileSync(join(directory, 'bundle.tar.gz'), bytes);
const effectOf = async (gateway: TestGateway) => {
  const { last } = await gateway.call('open');
  return last.result?._meta?.['writ/decision']?.rules ?? last.result?.structuredContent;
};

describe('a policy that goes wrong', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway({ bundle });
  });
  after(() => gateway.close());

  test('stops at its budget, while other calls go on', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, n) => gateway.call('broken', {}, { tool: n % 3 === 0 ? 'loop' : 'echo', id: n })),
    );
    for (const [n, { last }] of answers.entries()) {
      assert.equal(last.id, n);
      if (n % 3 === 0) assert.equal(last.error?.data?.code, 'WRIT_POLICY_BUDGET');
      else assert.deepEqual(last.result?.structuredContent, { done: true });
    }
  });

  test('takes the same work each time, and the log says how much', async () => {
    const decisions = ofKind(await gateway.entries(), 'decision');
    const looping = decisions.filter(({ error }) => error === 'WRIT_POLICY_BUDGET');
    assert.equal(looping.length, 8);
    for (const { effect, tool, rules } of looping) assert.deepEqual([effect, tool, rules], ['deny', 'loop', []]);
    const others = decisions.filter(({ tool }) => tool === 'echo');
    assert.equal(new Set(others.map(({ fuel }) => fuel)).size, 1);
  });
});

describe('a bundle that is replaced on disk', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway({ bundle });
  });
  after(() => gateway.close());

  test('decides once it is in force, and not before', async () => {
    put(gateway, stricter);
    assert.deepEqual(await effectOf(gateway), { done: true });
    await gateway.running.reload();
    assert.deepEqual(await effectOf(gateway), ['writ.no_grant']);
    put(gateway, bundle);
    await gateway.running.reload();
    assert.deepEqual(await effectOf(gateway), { done: true });
  });

  test('does not touch the calls in hand', async () => {
    let release = () => {};
    gateway.stub.conduct = (received, response) => {
      release = () => result(toolResult({ done: true }))(received, response);
    };
    gateway.stub.seen.length = 0;
    const inHand = effectOf(gateway);
    await until(() => gateway.stub.seen.length === 1, 'the call reaches the server');
    put(gateway, stricter);
    await gateway.running.reload();
    release();
    assert.deepEqual(await inHand, { done: true });
    assert.deepEqual(await effectOf(gateway), ['writ.no_grant']);
  });

  const unfit: Record<string, () => Uint8Array | string> = {
    'no archive': () => 'not a bundle',
    nothing: () => '',
    'an archive that is cut off': () => bundle.subarray(0, bundle.length / 2),
    'a bundle without what the build found': () => repack(bundle, { 'data.json': '{"catalogue":{}}' }),
    'a bundle whose module is none': () => repack(bundle, { 'policy.wasm': 'not a module' }),
    'a bundle with a path that is none': () => {
      const data = JSON.parse(fileOf(bundle, 'data.json'));
      data.catalogue.open.echo.holds = { 'user.name': ['people['] };
      return repack(bundle, { 'data.json': JSON.stringify(data) });
    },
    'a signed bundle where none is expected': () => signed,
  };
  for (const [name, make] of Object.entries(unfit)) {
    test(`and is ${name} leaves the last good one in force`, async () => {
      const before = gateway.running.policy().digest;
      put(gateway, make());
      await assert.rejects(gateway.running.reload(), { name: 'WritError', code: /^WRIT_(BUNDLE|MASK)_/ });
      assert.equal(gateway.running.policy().digest, before);
      assert.deepEqual(await effectOf(gateway), ['writ.no_grant']);
    });
  }

  test('and is gone leaves the last good one in force', async () => {
    rmSync(join(gateway.directory, 'bundle.tar.gz'));
    await assert.rejects(gateway.running.reload(), { code: 'WRIT_BUNDLE_INVALID' });
    assert.deepEqual(await effectOf(gateway), ['writ.no_grant']);
  });

  test('is archived and on record before it decides', async () => {
    const entries = await gateway.entries();
    const activated = ofKind(entries, 'bundle').map(({ digest }) => digest);
    const [first, second] = [bundleDigest(bundle), bundleDigest(stricter)];
    assert.deepEqual(activated, [first, second, first, second]);
    let inForce: string | undefined;
    for (const entry of entries) {
      if (entry.kind === 'bundle') inForce = entry.digest;
      if (entry.kind === 'decision') assert.equal(entry.bundle, inForce);
    }
    assert.deepEqual(readdirSync(join(gateway.directory, 'audit/bundles')).length, 2);
  });
});

describe('where policy.verify demands a signature', () => {
  const verifyBy = (name: string) => ({ keys: [{ file: join(folder, `${name}.pub.pem`) }] });

  test('an unsigned bundle, or one signed by others, does not start the gateway', async () => {
    const refused = { code: 'WRIT_BUNDLE_SIGNATURE' };
    await assert.rejects(openGateway({ bundle, verify: verifyBy('ours') }), refused);
    await assert.rejects(openGateway({ bundle: signed, verify: verifyBy('theirs') }), refused);
  });

  test('a signed one decides, and none that is unsigned or changed takes its place', async () => {
    const gateway = await openGateway({ bundle: signed, verify: verifyBy('ours') });
    try {
      assert.deepEqual(await effectOf(gateway), { done: true });
      const data = fileOf(stricter, 'data.json');
      for (const bytes of [stricter, repack(signed, { 'data.json': data }), repack(signed, { 'more.json': '{}' })]) {
        put(gateway, bytes);
        await assert.rejects(gateway.running.reload(), { code: /^WRIT_BUNDLE_/ });
        assert.deepEqual(await effectOf(gateway), { done: true });
      }
      const [activated] = ofKind(await gateway.entries(), 'bundle');
      assert.equal(activated?.revision, 'r2');
    } finally {
      await gateway.close();
    }
  });
});
