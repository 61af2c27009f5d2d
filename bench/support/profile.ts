import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { fixed, table } from './table.ts';

const connections = 32;
const warmUpCalls = 20_000;
export const profileArgs = (directory: string) => [
  '--cpu-prof',
  '--cpu-prof-interval=500',
  `--cpu-prof-dir=${directory}`,
];

/** Chrome's CPU profile: samples name nodes of a call tree; times are microseconds of the monotonic clock. */
interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number }; children?: number[] }[];
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

/** A stretch of the monotonic clock in which the gateway did nothing but calls. */
export interface Window {
  from: number;
  to: number;
  /** CPU time of its main thread, microseconds a call: a profiler sees time pass, also while others have the core. */
  cpu: number;
}

const monotonic = () => Number(process.hrtime.bigint() / 1000n);

/** Makes the gateway busy under a profiler. What comes of it is there once it has ended. */
export async function measureProfile(lab: Lab, seconds: number): Promise<Window> {
  await lab.run('writ', connections, { calls: warmUpCalls });
  const from = monotonic();
  const { cpu, calls } = await lab.run('writ', connections, { seconds });
  return { from, to: monotonic(), cpu: (1e6 * cpu.main) / calls };
}

/** Prints where the main thread's time went, by room and by function. */
export function reportProfile(directory: string, window: Window, say: (text: string) => void): void {
  const files = readdirSync(directory).filter((name) => name.endsWith('.cpuprofile'));
  for (const file of files.toSorted()) {
    const spent = selfTimes(JSON.parse(readFileSync(join(directory, file), 'utf8')) as Profile, window);
    const busy = [...spent.values()].reduce((sum, { time }) => sum + time, 0);
    const row = (name: string, time: number) => [
      name,
      fixed((window.cpu * time) / busy, 1),
      fixed((100 * time) / busy, 1),
    ];
    const rooms = new Map<string, number>();
    for (const { room, time } of spent.values()) rooms.set(room, (rooms.get(room) ?? 0) + time);
    const byTime = [...rooms].toSorted(([, left], [, right]) => right - left);
    const top = [...spent.values()].toSorted((left, right) => right.time - left.time).slice(0, 30);
    say(`\nmain thread: ${fixed(window.cpu, 0)} us of CPU a call (${file})\n\n`);
    say(
      `${table(
        ['room', 'us/call', '%'],
        byTime.map(([room, time]) => row(room, time)),
      )}\n`,
    );
    say(
      `${table(
        ['function', 'us/call', '%'],
        top.map(({ room, name, time }) => row(`${room}: ${name}`, time)),
      )}\n`,
    );
  }
}

interface Spent {
  room: string;
  name: string;
  time: number;
}

function selfTimes({ nodes, samples, timeDeltas, startTime }: Profile, window: Window): Map<string, Spent> {
  const named = new Map<number, { room: string; name: string }>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const walk = (id: number, above: string): void => {
    const node = byId.get(id);
    if (node === undefined) return;
    const { functionName, url, lineNumber } = node.callFrame;
    const room = roomOf(functionName, url, above);
    named.set(id, {
      room,
      name: url === '' ? functionName : `${functionName || '(anonymous)'} ${shortOf(url)}:${lineNumber + 1}`,
    });
    for (const child of node.children ?? []) walk(child, room);
  };
  walk(nodes[0]?.id ?? 0, 'node');

  const spent = new Map<string, Spent>();
  let now = startTime;
  for (const [index, id] of samples.entries()) {
    now += timeDeltas[index] ?? 0;
    const at = named.get(id);
    // A sample stands for the time up to the next.
    const time = timeDeltas[index + 1] ?? 0;
    if (at === undefined || at.name === '(idle)' || now < window.from || now > window.to) continue;
    const known = spent.get(`${at.room} ${at.name}`) ?? { ...at, time: 0 };
    known.time += time;
    spent.set(`${at.room} ${at.name}`, known);
  }
  return spent;
}

/** Parts of Node by the names of its modules, the first that fits. */
const nodeParts: [RegExp, string][] = [
  [/_http_|internal\/http/, 'node http'],
  [/stream(?!_base)/, 'node streams'],
  [/node:net|stream_base|internal\/(net|dtrace)/, 'node net'],
  [/crypto/, 'node crypto'],
  [/node:fs|internal\/fs/, 'node fs'],
  [/timers|task_queues|async_|promises|callback|events/, 'node event loop'],
  [/buffer|encoding|url/, 'node buffer'],
];

/** Native functions count where they are called from. */
function roomOf(name: string, url: string, above: string): string {
  if (name === '(garbage collector)') return 'gc';
  if (name === '(program)') return 'native (system calls, libuv, OpenSSL)';
  if (url === '') return above;
  if (url.startsWith('wasm')) return 'engine/policy (wasm)';
  if (url.startsWith('node:')) return nodeParts.find(([pattern]) => pattern.test(url))?.[1] ?? 'node other';
  const dependency = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (dependency !== undefined) return dependency;
  return /\/((?:proxy|engine)(?:\/[^/]+(?=\/))?|cli)\//.exec(url)?.[1] ?? 'other';
}

const shortOf = (url: string) =>
  url.replace(/^.*\/(?=node_modules\/|proxy\/|engine\/|cli\/)/, '').replace(/^wasm:.*$/, 'wasm');
