import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Core, type Started, start } from './processes.ts';

/** As bin/writ starts a gateway. */
export const asLaunched = ['--max-semi-space-size=8', '--heap-growing-percent=50'];

/** Starts `writ proxy` as a process of its own and waits until it listens. `node` names its main module, after options. */
export async function startWrit(core: Core, node: string[], config: string): Promise<Started & { port: number }> {
  const started = start(core, [...node, 'proxy', '--config', config], 'stderr');
  const { stderr } = started.child;
  if (stderr === null) throw new Error('standard error is a pipe');
  const lines = createInterface({ input: stderr });
  const port = await new Promise<number>((resolve, reject) => {
    lines.on('line', (line) => {
      const listening = /"url":"http:\/\/127\.0\.0\.1:(\d+)"/.exec(line)?.[1];
      if (listening !== undefined) resolve(Number(listening));
      else if (!line.includes('"level":30')) process.stderr.write(`writ: ${line}\n`);
    });
    once(started.child, 'exit').then(([code]) => reject(new Error(`writ proxy ended with ${code} before it listened`)));
  });
  return { ...started, port };
}
