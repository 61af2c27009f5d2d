import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Surroundings } from './surroundings.ts';
import { until } from './until.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** `writ proxy` as a process of its own. */
export interface GatewayProcess {
  /** What it wrote to its standard error so far. */
  messages(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with its exit code, or the signal it died of. */
  ended: Promise<number | string>;
}

/** Starts it on the configuration in these surroundings; resolves when it listens, or has ended before that. */
export async function startProcess(surroundings: Surroundings): Promise<GatewayProcess> {
  const command = [main, 'proxy', '--config', join(surroundings.directory, 'writ.yaml')];
  // Should a test forget it, it does not stay for ever.
  const forgotten = { timeout: 120_000, killSignal: 'SIGKILL' } as const;
  const child = spawn(process.execPath, command, { ...forgotten, stdio: ['ignore', 'inherit', 'pipe'] });
  let written = '';
  let over = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  const ended = once(child, 'close').then(([code, signal]): number | string => {
    over = true;
    return code ?? signal;
  });
  const url = () => /"url":"(http[^"]+)"/.exec(written)?.[1];
  await until(() => over || url() !== undefined, 'the gateway listens');
  surroundings.url = url() ?? surroundings.url;
  return { messages: () => written, kill: (signal) => void child.kill(signal), ended };
}
