import { readFileSync } from 'node:fs';
import { WritError } from '../../engine/errors.ts';
import { whyUnusable } from '../../engine/file-errors.ts';
import { resolveSecret } from '../config/load.ts';
import type { ServerConfig } from '../config/types.ts';
import { DuplexUpstream } from './duplex/duplex-upstream.ts';
import type { DuplexLimits } from './duplex/types.ts';
import { HttpUpstream, type UpstreamLimits } from './http-upstream.ts';
import { openStream } from './sse/open-stream.ts';
import { environmentOf } from './stdio/environment.ts';
import { openProcess, type StdioNotices } from './stdio/open-process.ts';
import type { Upstream } from './types.ts';

const graceMs = 3_000;
const backoffMs = 1_000;

/**
 * The way to a server as its configuration has it. Nothing is started or connected before it is needed. Throws
 * WRIT_CONFIG_INVALID where a variable or file that it names cannot be used.
 */
export function connectUpstream(
  server: ServerConfig,
  limits: UpstreamLimits,
  environment: NodeJS.ProcessEnv,
  notices: Required<StdioNotices>,
): Upstream {
  const { url, command, transport, credentials, ca_file } = server;
  if (command !== undefined) {
    const started = { command, cwd: server.cwd ?? '/', environment: environmentOf(server.env ?? [], environment) };
    const { ended, said } = notices;
    const heard = server.stderr === 'log' ? { ended, said } : { ended };
    const open = () => openProcess(started, { bytes: limits.bytes, graceMs }, heard);
    return new DuplexUpstream(open, duplexLimits(server, limits));
  }
  if (url === undefined) throw new WritError('WRIT_CONFIG_INVALID', 'A server has neither url nor command.');
  const bearer = credentials?.bearer;
  const headers: Record<string, string> =
    bearer === undefined ? {} : { authorization: `Bearer ${resolveSecret(bearer, environment)}` };
  const ca = ca_file === undefined ? undefined : read(ca_file);
  if (transport !== 'sse') return new HttpUpstream(new URL(url), headers, limits, ca);
  const reached = { url: new URL(url), credentials: headers, ca };
  return new DuplexUpstream(() => openStream(reached, limits), duplexLimits(server, limits));
}

function duplexLimits({ sessions = {} }: ServerConfig, limits: UpstreamLimits): DuplexLimits {
  const { bytes, idleMs, streamIdleMs } = limits;
  return {
    bytes,
    idleMs,
    streamIdleMs,
    sessions: sessions.max ?? 64,
    callerSessions: sessions.max_per_caller ?? 16,
    sessionIdleMs: (sessions.idle_seconds ?? 1_800) * 1_000,
    backoffMs,
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new WritError('WRIT_CONFIG_INVALID', whyUnusable(file, cause), { cause });
  }
}
