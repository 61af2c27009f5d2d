import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { fastmcpVersion } from './versions.ts';

const cache = fileURLToPath(new URL('../../node_modules/.cache/writ-matrix', import.meta.url));
const folder = join(cache, `fastmcp-${fastmcpVersion}`);

/** An interpreter that has fastmcp, once `installPython` has resolved. */
export const python = join(folder, 'bin/python');

/** Makes the environment; it is kept for the next run. `PYTHON` names an interpreter of 3.11 or later. */
export async function installPython(): Promise<void> {
  if (existsSync(folder)) return;
  const run = promisify(execFile);
  const beside = `${folder}.${process.pid}`;
  mkdirSync(cache, { recursive: true });
  try {
    await run(process.env.PYTHON ?? 'python3.11', ['-m', 'venv', beside]);
    // The interpreter finds its packages from where it lies, so a finished environment can be moved; its scripts could not.
    await run(join(beside, 'bin/python'), ['-m', 'pip', 'install', '--quiet', `fastmcp==${fastmcpVersion}`]);
    renameSync(beside, folder);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
