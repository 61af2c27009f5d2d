import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { WritError } from '../../engine/errors.ts';
import { type Conversation, largest } from './conversation.ts';

/** The side of the client. */
export interface Streams {
  input: Readable;
  output: Writable;
}

/** How long a server may take to end once its input has, and again once it was told to. */
const graceMs = 3000;

/**
 * Starts a stdio MCP server and stands between it and the client: each byte is passed on as it comes, and `conversation`
 * hears both. Resolves when the server has ended, with its exit code or the signal it died of. The client's end of input
 * ends that of the server, and `stop` ends both.
 *
 * Rejects with WRIT_COMMAND_FAILED where the command cannot be started.
 */
export async function tapStdio(
  command: readonly string[],
  { input, output }: Streams,
  conversation: Conversation,
  stop: Promise<string>,
): Promise<number | NodeJS.Signals> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const started = once(child, 'spawn').catch((cause: NodeJS.ErrnoException) => {
    throw new WritError('WRIT_COMMAND_FAILED', `${program} cannot be started (${cause.code}).`, { cause });
  });
  const ended = once(child, 'close');
  // What cannot be started never ends either; that is told once.
  ended.catch(() => {});
  await started;
  const fromClient = lines((line) => void conversation.fromClient(line, 'stdio'));
  const fromServer = lines((line) => conversation.fromServer(line, 'stdio'));
  input.on('data', fromClient);
  child.stdout.on('data', fromServer);
  // A server that closes its input, or a client that stops reading, ends the session and is no failure of ours.
  child.stdin.on('error', () => {});
  output.on('error', () => child.kill());
  input.pipe(child.stdin);
  child.stdout.pipe(output, { end: false });
  const over = new AbortController();
  void Promise.race([stop, once(input, 'end', { signal: over.signal }).catch(() => 'ended')]).then(() =>
    end(child, ended),
  );
  const [code, signal]: (number | NodeJS.Signals | null)[] = await ended;
  over.abort();
  input.unpipe().pause();
  return code ?? signal ?? 0;
}

/** As 2025-11-25 has it, "Shutdown": its input closes first, then it is told, then it is made to. */
async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.stdin?.end();
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const waited = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => waited.resolve(false), graceMs);
    const over = await Promise.race([ended.then(() => true), waited.promise]);
    clearTimeout(timer);
    if (over) return;
    child.kill(signal);
  }
}

/** Cuts a stream into lines, which is how stdio carries messages. A line beyond the limit is passed over. */
function lines(take: (line: Uint8Array) => void): (chunk: Buffer) => void {
  let held: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      held.push(chunk.subarray(from, at));
      size += at - from;
      if (size <= largest) take(trimmed(Buffer.concat(held)));
      held = [];
      size = 0;
      from = at + 1;
    }
    size += chunk.length - from;
    if (size <= largest) held.push(chunk.subarray(from));
    else held = [];
  };
}

function trimmed(line: Buffer): Buffer {
  return line.at(-1) === 13 ? line.subarray(0, -1) : line;
}
