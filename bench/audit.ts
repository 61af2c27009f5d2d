import { fdatasync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { bundleDigest } from '../engine/audit/bundle.ts';
import { extendChain } from '../engine/audit/chain.ts';
import { commit } from '../engine/audit/commitment.ts';
import { encodeEntry } from '../engine/audit/encode-entry.ts';
import type { Commitment, DecisionEntry, Entry, Opening } from '../engine/audit/entry.ts';
import { Tree } from '../engine/audit/tree.ts';
import { parseVerifierKey } from '../engine/audit/verifier-key.ts';
import { verifyLog } from '../engine/audit/verify.ts';
import { openLog } from '../proxy/recorder/log-reader.ts';
import { openRecorder } from '../proxy/recorder/recorder.ts';
import type { OpenedRecorder } from '../proxy/recorder/types.ts';

/**
 * What the audit log costs a call: `node bench/audit.ts [calls]`. A call is a decision with its intent and two
 * openings of 1 KB, then an outcome with one, by 1 and by 32 callers at once; each caller waits for both appends. Run it
 * pinned to one core (taskset -c 0) to see what a busy gateway sees.
 */
const CALLS = Number(process.argv[2] ?? 20_000);
const value = Buffer.alloc(1024, 0x61);
const salt = Buffer.alloc(32, 7);
const bundle = bundleDigest(Buffer.from('bundle'));

const microseconds = ({ user, system }: { user: number; system: number }) => user + system;
const print = (what: string, figure: number, unit: string) =>
  console.log(`${what.padEnd(58)} ${figure.toFixed(2).padStart(9)} ${unit}`);

function decisionOf(call: string, time: string, input: Commitment, args: Commitment): DecisionEntry {
  const mask = { rule: 'gdpr.mask_fields.contact', strategy: 'partial', category: 'user.contact.email' } as const;
  return {
    v: 1,
    kind: 'decision',
    time,
    call,
    tenant: 'default',
    subject: 'ab'.repeat(32),
    identity: 'human',
    server: 'crm',
    direction: 'to-server',
    method: 'tools/call',
    tool: 'customers.lookup',
    effect: 'allow',
    verdict: 'mask-fields',
    rules: ['gdpr.allow.support', 'gdpr.mask_fields.contact'],
    masks: [mask, mask, mask],
    obligations: ['gdpr.obligations.service'],
    error: null,
    bundle,
    fuel: 2_000,
    unanswered: [],
    pending: null,
    commitments: { input, arguments: args, claims: null, reasons: null },
  };
}

function outcomeOf(call: string, time: string, received: Commitment): Entry {
  const masked = [
    { rule: 'gdpr.mask_fields.contact', strategy: 'partial', category: 'user.contact.email', count: 3 },
  ] as const;
  const chain = extendChain(null, received);
  return {
    v: 1,
    kind: 'outcome',
    time,
    call,
    status: 'completed',
    error: null,
    frames: 1,
    withheld: 0,
    rules: [],
    masked: [...masked],
    commitments: { received: chain, sent: chain },
  };
}

async function oneCall(recorder: OpenedRecorder, call: string): Promise<void> {
  const opening: Opening = { salt, value };
  const [input, args] = [commit(salt, value), commit(salt, value)];
  const time = recorder.now();
  const intent: Entry = { v: 1, kind: 'intent', time, call, commitments: { arguments: args } };
  const decision = decisionOf(call, time, input, args);
  await recorder.append([decision, intent], {
    call,
    tenant: 'default',
    openings: { input: opening, arguments: opening },
  });
  await setImmediate();
  const received = commit(salt, value);
  const outcome = outcomeOf(call, recorder.now(), received);
  await recorder.append([outcome], { call, tenant: 'default', openings: { 'received-0': opening } });
}

async function load(recorder: OpenedRecorder, callers: number, calls: number, name: string): Promise<void> {
  const waits: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < calls) {
      const started = performance.now();
      await oneCall(recorder, `${name}-${String(next++).padStart(30, '0')}`);
      waits.push(performance.now() - started);
    }
  };
  const [thread, main, all, started] = [
    await recorder.usage(),
    process.threadCpuUsage(),
    process.cpuUsage(),
    performance.now(),
  ];
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - started) / 1000;
  const mainUsed = microseconds(process.threadCpuUsage(main));
  await recorder.flush();
  const threadUsed = microseconds(await recorder.usage()) - microseconds(thread);
  const allUsed = microseconds(process.cpuUsage(all));
  waits.sort((a, b) => a - b);
  console.log(`\n${callers} at once, ${calls} calls`);
  print('calls a second', calls / seconds, '');
  print('main thread, CPU a call', mainUsed / calls, 'us');
  print('thread beside it, CPU a call', threadUsed / calls, 'us');
  print('fdatasync and the rest of the process, CPU a call', (allUsed - mainUsed - threadUsed) / calls, 'us');
  print('two appends, p50', waits[Math.floor(waits.length * 0.5)] ?? 0, 'ms');
  print('two appends, p99', waits[Math.floor(waits.length * 0.99)] ?? 0, 'ms');
}

function each(what: string, times: number, work: () => void): void {
  for (let n = 0; n < times / 10; n++) work();
  const before = process.threadCpuUsage();
  for (let n = 0; n < times; n++) work();
  print(what, microseconds(process.threadCpuUsage(before)) / times, 'us');
}

async function syncLatency(directory: string): Promise<void> {
  const file = openSync(join(directory, 'sync'), 'w');
  const waits: number[] = [];
  for (let n = 0; n < 500; n++) {
    const started = performance.now();
    writeSync(file, value);
    await new Promise<void>((resolve, reject) => fdatasync(file, (error) => (error ? reject(error) : resolve())));
    waits.push(performance.now() - started);
  }
  waits.sort((a, b) => a - b);
  print('write and fdatasync of 1 KB, p50', waits[250] ?? 0, 'ms');
}

const directory = mkdtempSync(join(tmpdir(), 'writ-bench-'));
try {
  await syncLatency(directory);
  const decision = decisionOf('c'.repeat(36), new Date(0).toISOString(), bundle, bundle);
  const entry = Buffer.from(encodeEntry(decision));
  const tree = new Tree(() => {});
  each('encode a decision entry', 50_000, () => encodeEntry(decision));
  each('commit to 1 KB', 50_000, () => commit(salt, value));
  each('hash an entry into the tree', 50_000, () => tree.append(entry));
  const recorder = await openRecorder({
    directory: join(directory, 'audit'),
    origin: 'bench.example.com',
    gateway: 'bench',
    build: 'bench',
    keyFile: join(directory, 'keys', 'audit.pem'),
    masterKeyFile: join(directory, 'keys', 'master.key'),
  });
  await recorder.append([
    {
      v: 1,
      kind: 'bundle',
      time: recorder.now(),
      digest: await recorder.archiveBundle(Buffer.from('bundle')),
      revision: null,
    },
  ]);
  await load(recorder, 32, CALLS / 4, 'warm');
  await load(recorder, 32, CALLS, 'many');
  await load(recorder, 1, CALLS / 10, 'one');
  await recorder.close('bench over');
  const started = performance.now();
  const reader = openLog(join(directory, 'audit'), join(directory, 'keys', 'master.key'));
  const report = await verifyLog(reader, [parseVerifierKey(recorder.verifierKey)]);
  console.log();
  print('verify, entries a second', (report.size ?? 0) / ((performance.now() - started) / 1000), '');
  print('memory of the process (RSS)', process.memoryUsage().rss / 1e6, 'MB');
  if (!report.ok) console.log(report.problems.slice(0, 5));
  process.exitCode = report.ok ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true });
}
