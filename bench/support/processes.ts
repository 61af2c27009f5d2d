import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** Where a process runs: what is measured has one core, everything else has the others. */
export type Core = 'measured' | 'others';

/** CPU seconds, user and system, by what the threads of a process are for. */
export interface Cpu {
  main: number;
  /** Threads that the program made itself. */
  workers: number;
  /** libuv's threads: files and cryptography. */
  libuv: number;
  /** V8's threads: garbage collection and compilation. */
  v8: number;
}

/** util-linux has it; without it nothing is pinned. */
const pinner = 'taskset';
const cores = availableParallelism();
export const pinned = cores >= 2 && spawnSync(pinner, ['-V']).status === 0;

function onto(core: Core): string[] {
  if (!pinned) return [];
  return [pinner, '-c', core === 'measured' ? '0' : cores === 2 ? '1' : `1-${cores - 1}`];
}

export interface Started {
  child: ChildProcess;
  pid: number;
}

const running = new Set<Started>();

/** Starts a program on a core, with a channel for messages, or with standard error as a pipe instead. */
export function start(core: Core, args: string[], channel: 'messages' | 'stderr' = 'messages'): Started {
  const [command = process.execPath, ...rest] = [...onto(core), process.execPath, ...args];
  const stdio = channel === 'messages' ? (['inherit', 'ipc'] as const) : (['pipe'] as const);
  const child = spawn(command, rest, { stdio: ['ignore', 'ignore', ...stdio] });
  // The pinner becomes the program it starts, so this is the pid of Node.
  if (child.pid === undefined) throw new Error(`${command} cannot be started`);
  const started = { child, pid: child.pid };
  running.add(started);
  return started;
}

/** The next message of a process. Rejects where the process ends instead. */
export async function message<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const signal = ended.signal;
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([value]) => value as T),
      once(child, 'exit', { signal }).then(([code, by]) => {
        throw new Error(`${child.spawnargs.slice(-2).join(' ')} ended with ${code ?? by}`);
      }),
    ]);
  } finally {
    ended.abort();
  }
}

/** Asks a process to end, waits until it has, and returns its exit code. */
export async function stop(started: Started): Promise<number | null> {
  const { child } = started;
  running.delete(started);
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
  return child.exitCode;
}

/** Ends whatever was started and still runs, the last first. */
export async function stopAll(): Promise<void> {
  for (const started of [...running].reverse()) await stop(started);
}

/** Linux counts CPU time in ticks of 10 ms for every reader. */
const ticksPerSecond = 100;

function kindOf(thread: string): keyof Cpu {
  if (/^(node|MainThread|node-MainThread)$/.test(thread)) return 'main';
  if (thread.startsWith('libuv')) return 'libuv';
  return /V8Worker|DelayedTaskSche|SignalInspector/.test(thread) ? 'v8' : 'workers';
}

/** CPU time so far. All zero where the system has no /proc. */
export function cpuOf(pid: number): Cpu {
  const cpu: Cpu = { main: 0, workers: 0, libuv: 0, v8: 0 };
  for (const [name, fields] of threads(pid)) {
    cpu[kindOf(name)] += (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }
  return cpu;
}

/** Name and further fields (proc(5), from the third on) of each thread. */
function threads(pid: number): [string, string[]][] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      const end = stat.lastIndexOf(')');
      return [stat.slice(stat.indexOf('(') + 1, end), stat.slice(end + 2).split(' ')];
    });
  } catch {
    return [];
  }
}

export function minus(after: Cpu, before: Cpu): Cpu {
  return {
    main: after.main - before.main,
    workers: after.workers - before.workers,
    libuv: after.libuv - before.libuv,
    v8: after.v8 - before.v8,
  };
}

export const total = (cpu: Cpu) => cpu.main + cpu.workers + cpu.libuv + cpu.v8;

/** Resident memory in MiB, or NaN where the system has no /proc. */
export function rssOf(pid: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib) / 1024;
  } catch {
    return Number.NaN;
  }
}
