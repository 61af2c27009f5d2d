import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { WritError } from '../../../engine/errors.ts';
import type { Duplex } from '../duplex/types.ts';
import { LineLog } from './line-log.ts';
import { asLine, lines } from './lines.ts';
import { endGroup } from './process-group.ts';

export interface StdioCommand {
  /** A program and its arguments; no shell reads them. */
  command: readonly string[];
  cwd: string;
  /** All of it: nothing of the gateway's own is added. */
  environment: Record<string, string>;
}

export interface StdioLimits {
  /** Largest message. */
  bytes: number;
  /** How long a server may take to end once its input has, and again once it was told to, in milliseconds. */
  graceMs: number;
}

/** What an operator may want to know of a server's process. */
export interface StdioNotices {
  ended(how: { code: number | null; signal: NodeJS.Signals | null }): void;
  /** A line of its standard error. Without this that goes nowhere: it may hold personal data. */
  said?: (line: string) => void;
}

/**
 * Starts a server's process in a session and group of its own, which is ended with it: what it starts besides must not
 * outlive it. Where the gateway is killed, the end of its input tells the server. Rejects with WRIT_UPSTREAM_UNREACHABLE.
 */
export async function openProcess(
  { command, cwd, environment }: StdioCommand,
  limits: StdioLimits,
  notices: StdioNotices,
): Promise<Duplex> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: environment,
    detached: true,
    shell: false,
    windowsHide: true,
    stdio: ['pipe', 'pipe', notices.said ? 'pipe' : 'ignore'],
  });
  const { stdin, stdout, stderr, pid } = child;
  const spawned = once(child, 'spawn').catch((cause: NodeJS.ErrnoException) => {
    throw new WritError('WRIT_UPSTREAM_UNREACHABLE', `Its command cannot be started (${cause.code}).`, { cause });
  });
  if (stdin === null || stdout === null || pid === undefined) {
    await spawned;
    throw new WritError('WRIT_UPSTREAM_UNREACHABLE', 'Its command cannot be started.');
  }
  // What breaks off ends the session; the end of its output tells.
  for (const stream of [stdin, stdout, stderr]) stream?.on('error', () => {});
  let gone = false;
  const over = ending(child, pid, limits.graceMs, notices).then(() => {
    gone = true;
  });
  if (stderr !== null && notices.said) {
    const log = new LineLog(notices.said);
    stderr.on('data', (chunk: Buffer) => log.write(chunk)).once('close', () => log.end());
  }
  await spawned;
  return {
    messages: lines(stdout, limits.bytes),
    send: (text) =>
      new Promise((resolve, reject) => {
        stdin.write(asLine(text), (cause) => {
          if (!cause) return resolve();
          reject(new WritError('WRIT_UPSTREAM_UNREACHABLE', 'It does not take messages any more.', { cause }));
        });
      }),
    async close() {
      // Its number may be another's by now.
      if (gone) return;
      // As 2025-11-25 has it, "Shutdown": its input closes first, then it is told, then it is made to.
      stdin.end();
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, limits.graceMs);
      await Promise.race([over, patience.promise]);
      clearTimeout(timer);
      await endGroup(pid, limits.graceMs);
      await over;
    },
  };
}

/** Resolves when the process has ended, and with it all that it started, and nothing of it is held any more. */
async function ending(child: ChildProcess, pid: number, graceMs: number, notices: StdioNotices): Promise<void> {
  const [code, signal] = await once(child, 'exit');
  notices.ended({ code, signal });
  await endGroup(pid, graceMs);
  // What it said last is read, unless something that left its group keeps the pipe open.
  const patience = setTimeout(() => destroy(child), graceMs);
  if (child.stdout !== null && !child.stdout.closed) await once(child.stdout, 'close').catch(() => {});
  clearTimeout(patience);
  destroy(child);
}

function destroy({ stdin, stdout, stderr }: ChildProcess): void {
  for (const stream of [stdin, stdout, stderr]) stream?.destroy();
}
