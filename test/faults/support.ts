import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));

export function newRoot(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'writ-faults-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

export interface Writer {
  child: ChildProcess;
  lines: string[];
  /** Resolves once the writer said a line that begins so, or ended. */
  said(start: string): Promise<void>;
  ended: Promise<unknown>;
}

/** Starts the writer over `root`; `wrap` is a command to run it under. */
export function startWriter(t: TestContext, root: string, run: string, wrap: readonly string[] = []): Writer {
  const [command = process.execPath, ...args] = [...wrap, process.execPath, writer, root, run];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close')]);
  reader.on('line', (line) => lines.push(line));
  const said = async (start: string) => {
    while (!lines.some((line) => line.startsWith(start)) && child.exitCode === null) {
      await Promise.race([once(reader, 'line'), ended]);
    }
  };
  return { child, lines, said, ended };
}

export const acknowledged = (lines: readonly string[], what: 'begun' | 'ended') =>
  lines.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1));

export const has = (tool: string) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).status === 0;
