import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answers(origin: string, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    const up = await fetch(origin).then(
      async (response) => response.body?.cancel().then(() => true) ?? true,
      () => false,
    );
    if (up) return true;
    await setTimeout(50);
  }
  return false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGKILL');
  await over;
}

/**
 * Starts a server that listens at the port in PORT; resolves with its origin. Others on the machine may take a port that was
 * free a moment ago, so a server that ends is given another.
 */
export async function listening([program = '', ...args]: string[]): Promise<{
  origin: string;
  close(): Promise<void>;
}> {
  for (let tries = 0; tries < 3; tries++) {
    const port = await freePort();
    const child = spawn(program, args, { env: { ...process.env, PORT: String(port) }, stdio: 'ignore' });
    const origin = `http://127.0.0.1:${port}`;
    if (await answers(origin, child)) return { origin, close: () => end(child) };
    await end(child);
  }
  throw new Error(`${[program, ...args].join(' ')} does not listen`);
}
