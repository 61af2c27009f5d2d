import { spawn } from 'node:child_process';
import { WritError } from '../errors.ts';
import { type Engine, locate } from './locate.ts';

export interface RunOptions {
  /** Where relative paths start; the caller's working directory by default. */
  cwd?: string | undefined;
  /** Stops OPA; the promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds after which OPA is stopped with WRIT_OPA_FAILED. Default five minutes. */
  timeout?: number | undefined;
}

export interface Finished {
  /** 0 where OPA was content; its other codes do not tell what was wrong. */
  code: number;
  stdout: string;
  stderr: string;
}

const MAX_OUTPUT = 64 * 1024 * 1024;
const DEFAULT_TIMEOUT = 300_000;

/**
 * Runs one OPA command in a child process.
 *
 * @throws WritError WRIT_OPA_MISSING, or WRIT_OPA_FAILED where OPA crashed, was killed, took too long or said too much;
 *   that it refused the policies is no exception but in the output.
 */
export async function run(
  args: readonly string[],
  options: RunOptions = {},
  engine: Engine = 'any',
): Promise<Finished> {
  const [program, ...before] = locate(engine);
  options.signal?.throwIfAborted();
  const timeout = AbortSignal.timeout(options.timeout ?? DEFAULT_TIMEOUT);
  const tooMuch = new AbortController();
  const signals = [timeout, tooMuch.signal, ...(options.signal ? [options.signal] : [])];

  const child = spawn(program, [...before, ...args], {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Each OPA_<COMMAND>_<FLAG> variable sets a flag of OPA, and NODE_OPTIONS one of Node: what a policy builds to must
    // not depend on these.
    env: pick(['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot']),
    signal: AbortSignal.any(signals),
    killSignal: 'SIGKILL',
    windowsHide: true,
  });
  let size = 0;
  const collect = (stream: NodeJS.ReadableStream): (() => string) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_OUTPUT) tooMuch.abort();
      else chunks.push(chunk);
    });
    return () => Buffer.concat(chunks).toString('utf8');
  };
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);

  const [code, killedBy] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.on('error', (cause) => {
      // Where there is a process its 'close' follows and tells more; without one nothing else comes.
      if (child.pid === undefined) reject(new WritError('WRIT_OPA_FAILED', 'OPA could not be started.', { cause }));
    });
    child.on('close', (...end) => resolve(end));
  });
  if (code === null) {
    options.signal?.throwIfAborted();
    const why = tooMuch.signal.aborted
      ? 'said too much'
      : timeout.aborted
        ? 'took too long'
        : `was killed (${killedBy})`;
    throw new WritError('WRIT_OPA_FAILED', `OPA ${why} and gave no result.`);
  }
  const crash = code !== 0 && crashed(stderr());
  if (crash) throw new WritError('WRIT_OPA_FAILED', `OPA itself crashed: ${crash}`);
  return { code, stdout: stdout(), stderr: stderr() };
}

/** The one line of a crash of Go, or of Node under it, that tells something; the stack below it helps no author. */
function crashed(stderr: string): string | undefined {
  const panic = /^(?:panic|fatal error): (.{1,200})/m.exec(stderr);
  const uncaught = /^Node\.js v\d/m.test(stderr) ? /^\w*Error.*?: (.{1,200})/m.exec(stderr) : null;
  return (panic ?? uncaught)?.[1];
}

function pick(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.map((name) => [name, process.env[name]]).filter(([, value]) => value !== undefined));
}
