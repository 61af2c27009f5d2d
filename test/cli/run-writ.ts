import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `writ` as a person would, in a folder. */
export function startWrit(args: readonly string[], cwd: string, env: Record<string, string> = {}): ChildProcess {
  const { WRIT_OPA: _, ...inherited } = process.env;
  return spawn(process.execPath, [main, ...args], {
    cwd,
    env: { ...inherited, NO_COLOR: '1', ...env },
  });
}

/** Runs `writ` to its end. */
export async function runWrit(
  args: readonly string[],
  cwd: string,
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = startWrit(args, cwd, env);
  child.stdin?.end(input);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout, stderr };
}
