import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { packageFile } from '../../cli/package-files.ts';
import { extendChain } from '../../engine/audit/chain.ts';
import { commit } from '../../engine/audit/commitment.ts';
import type { Opening } from '../../engine/audit/entry.ts';
import { openRecorder } from '../../proxy/recorder/recorder.ts';
import type { OpenedRecorder } from '../../proxy/recorder/types.ts';
import { decisionEntry, intentEntry, outcomeEntry } from '../engine/audit/samples.ts';
import { compiled } from '../support/compiled.ts';
import { runWrit, startWrit } from './run-writ.ts';

const salt = Buffer.alloc(32, 5);
const opening = (value: string): Opening => ({ salt, value: Buffer.from(value) });
const asked = '{"id":"C-1001"}';
const [came, shown] = ['{"name":"Ada Example"}', '{"name":"A***"}'];

/** A log that is still being written: three calls through a bundle with titles, and the commands that look at it. */
describe('a log that a gateway writes', () => {
  let root: string;
  let recorder: OpenedRecorder;
  let bundle: `sha256:${string}`;
  const at = (path: string) => join(root, path);
  const writ = (...args: string[]) => runWrit(['audit', ...args], root);

  async function carry(call: string): Promise<number> {
    const asks = commit(salt, Buffer.from(asked));
    const commitments = { input: asks, arguments: asks, claims: null, reasons: null };
    const time = recorder.now();
    const rules = ['open.allow.everything', 'nobody.knows'];
    const payload = { call, tenant: 'default' };
    const index = await recorder.append(
      [
        decisionEntry(call, { time, bundle, rules, commitments }),
        intentEntry(call, { time, commitments: { arguments: asks } }),
      ],
      { ...payload, openings: { input: opening(asked), arguments: opening(asked) } },
    );
    const [received, sent] = [came, shown].map((text) => extendChain(null, commit(salt, Buffer.from(text))));
    await recorder.append(
      [outcomeEntry(call, { time: recorder.now(), commitments: { received: received ?? null, sent: sent ?? null } })],
      { ...payload, openings: { 'received-0': opening(came), 'sent-0': opening(shown) } },
    );
    return index;
  }

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'writ-audit-cli-'));
    recorder = await openRecorder({
      directory: at('audit'),
      origin: 'edge-1.example.com',
      gateway: 'edge-1',
      build: 'test',
      keyFile: at('keys/audit.pem'),
      masterKeyFile: at('keys/master.key'),
      checkpointInterval: 20,
    });
    const archive = await compiled(packageFile('test/support/packs'));
    bundle = await recorder.archiveBundle(archive);
    await recorder.append([{ v: 1, kind: 'bundle', time: recorder.now(), digest: bundle, revision: null }]);
    for (const call of ['call-1', 'call-2', 'call-3']) await carry(call);
    await recorder.flush();
  });
  after(async () => {
    await recorder.close('stopped');
    rmSync(root, { recursive: true, force: true });
  });

  test('tail shows the last entries, as text and one JSON document a line', async () => {
    const { code, stdout } = await writ('tail', 'audit', '-n', '4');
    assert.equal(code, 0);
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/));
    assert.deepEqual(
      kinds.map(([index, , kind]) => [index, kind]),
      [
        ['7', 'outcome'],
        ['8', 'decision'],
        ['9', 'intent'],
        ['10', 'outcome'],
      ],
    );
    const json = (await writ('tail', 'audit', '-n', '1000', '--format', 'json')).stdout.trim().split('\n');
    assert.deepEqual(
      json.map((line) => JSON.parse(line).index),
      Array.from({ length: 11 }, (_, n) => n),
    );
    assert.equal(JSON.parse(json[2] ?? '').entry.call, 'call-1');
    for (const wrong of ['1.5']) assert.equal((await writ('tail', 'audit', `--lines=${wrong}`)).code, 64, wrong);
  });

  test('tail -f goes on with what comes, and ends when it is told to', async () => {
    const tail = startWrit(['audit', 'tail', 'audit', '-n', '1', '-f', '--format', 'json'], root);
    assert.ok(tail.stdout);
    const lines = createInterface(tail.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value ?? '{}');
    // Once its last entry is here it looks for more.
    const seen: number[] = [(await next()).index];
    for (const call of ['call-4', 'call-5']) {
      await carry(call);
      await recorder.flush();
      for (const kind of ['decision', 'intent', 'outcome']) {
        const { index, entry } = await next();
        assert.deepEqual([entry.kind, entry.call], [kind, call]);
        seen.push(index);
      }
    }
    assert.deepEqual(
      seen,
      Array.from(seen, (_, n) => (seen[0] ?? 0) + n),
    );
    tail.kill('SIGTERM');
    const [code] = await once(tail, 'exit');
    assert.equal(code, 0);
  });

  test('show says of a call who, what, by which rules, what was hidden and how it ended, by id and by any index', async () => {
    const byId = await writ('show', 'audit', 'call-2');
    assert.equal(byId.code, 0);
    for (const said of [
      'call call-2 in edge-1.example.com',
      'human abababababab of default',
      'tools/call customers.lookup on crm',
      'mask-fields',
      'open.allow.everything  Every method',
      'nobody.knows',
      'user.contact.email by partial, for gdpr.mask_fields.contact',
      'completed, 1 message back',
      '3 of user.contact.email',
    ])
      assert.ok(byId.stdout.includes(said), `${said} in ${byId.stdout}`);
    for (const index of ['5', '6', '7']) assert.equal((await writ('show', 'audit', index)).stdout, byId.stdout);
    for (const value of ['C-1001', 'Ada']) assert.ok(!byId.stdout.includes(value));
    const json = JSON.parse((await writ('show', 'audit', 'call-2', '--format', 'json')).stdout);
    assert.deepEqual(
      json.entries.map(({ index }: { index: number }) => index),
      [5, 6, 7],
    );
    assert.equal(json.rules['open.allow.everything'].title, 'Every method');
    assert.match((await writ('show', 'audit', '0')).stdout, /open {6}edge-1, test/);
  });

  test('show --payload opens the values and holds them against the log, and says when nobody can any more', async () => {
    const show = (call: string, ...more: string[]) =>
      writ('show', 'audit', call, '--payload', '--master-key', 'keys/master.key', ...more);
    const open = await show('call-1');
    assert.equal(open.code, 0, open.stderr);
    assert.match(open.stdout, /it is what the log committed to/);
    for (const value of [asked, came, shown]) assert.ok(open.stdout.includes(value), value);
    await recorder.destroyCallKey('call-3');
    const destroyed = await show('call-3');
    assert.deepEqual([destroyed.code, /its key was destroyed/.test(destroyed.stdout)], [0, true]);
    assert.ok(!destroyed.stdout.includes('C-1001'));
    assert.equal((await writ('show', 'audit', 'call-1', '--payload')).code, 64);

    // One byte of the store, which is encrypted: the record no longer opens.
    const file = at('audit/payload/0000000000.seg');
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.from(bytes).fill(bytes.readUInt8(40) ^ 1, 40, 41));
    const changed = await show('call-1', '--format', 'json');
    writeFileSync(file, bytes);
    assert.equal(changed.code, 1);
    assert.deepEqual(
      [JSON.parse(changed.stdout).payload.state, JSON.parse(changed.stdout).payload.values],
      ['unreadable', {}],
    );
  });

  test('proof writes a file for each entry, and each verifies in a folder without the log', async () => {
    const made = await writ('proof', 'call-2', '--log', 'audit', '--out', 'elsewhere/proofs');
    assert.equal(made.code, 0, made.stderr);
    const files = readdirSync(at('elsewhere/proofs')).sort();
    assert.deepEqual(
      files,
      ['decision', 'intent', 'outcome'].map((kind) => `call-2.${kind}.tlog-proof`),
    );
    assert.deepEqual(
      made.stdout.trim().split('\n').sort(),
      files.map((file) => join('elsewhere/proofs', file)),
    );
    writeFileSync(at('elsewhere/log.vkey'), readFileSync(at('audit/log.vkey')));
    const verified = await runWrit(
      ['audit', 'proof', 'verify', ...files.map((file) => `proofs/${file}`), '--key', 'log.vkey', '--format', 'json'],
      at('elsewhere'),
    );
    assert.equal(verified.code, 0, verified.stderr);
    const reports = JSON.parse(verified.stdout);
    assert.deepEqual(
      reports.map(({ ok, index, entry }: { ok: boolean; index: number; entry: { call: string } }) => [
        ok,
        index,
        entry.call,
      ]),
      [5, 6, 7].map((index) => [true, index, 'call-2']),
    );
    const forged = readFileSync(at(`elsewhere/proofs/${files[0]}`), 'utf8').replace('index 5', 'index 8');
    writeFileSync(at('elsewhere/forged'), forged);
    const refused = await runWrit(
      ['audit', 'proof', 'verify', 'forged', `proofs/${files[1]}`, '--key', 'log.vkey'],
      at('elsewhere'),
    );
    assert.deepEqual(
      [refused.code, /✗ proves nothing: forged/.test(refused.stdout), /✓ proven/.test(refused.stdout)],
      [1, true, true],
    );
  });

  test('proof writes one entry to standard output, by call or by index', async () => {
    const one = await writ('proof', 'call-2', '--log', 'audit', '--entry', 'outcome', '--out', '-');
    assert.match(one.stdout, /^c2sp\.org\/tlog-proof@v1\nextra \S+\nindex 7\n/);
    const other = await writ('proof', '--index', '7', '--log', 'audit', '--out', '-');
    assert.equal(other.stdout.split('\n')[1], one.stdout.split('\n')[1]);
    for (const [args, code] of [
      [['call-9', '--log', 'audit'], 65],
      [['--index', '99999', '--log', 'audit'], 65],
      [['call-2', '--log', 'audit', '--out', '-'], 64],
      [['call-2', '--index', '3', '--log', 'audit'], 64],
      [['verify', 'x'], 64],
    ] as const)
      assert.equal((await writ('proof', ...args)).code, code, args.join(' '));
  });

  test('verify takes a checkpoint kept from before, and an age', async () => {
    writeFileSync(at('kept'), readFileSync(at('audit/checkpoint')));
    await carry('call-6');
    await recorder.flush();
    const verify = (...more: string[]) => writ('verify', 'audit', '--key', 'audit/log.vkey', ...more);
    assert.equal((await verify('--since', 'kept', '--max-age', '1h')).code, 0);
    assert.equal((await verify('--since', 'nowhere')).code, 65);
    for (const age of ['1x', '0s']) assert.equal((await verify(`--max-age=${age}`)).code, 64, age);
  });
});
