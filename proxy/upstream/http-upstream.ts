import { WritError } from '../../engine/errors.ts';
import { AnswerHandler } from './answer-handler.ts';
import { type ConnectionPool, openPools, type Pools } from './pool.ts';
import type { Sent, Upstream } from './types.ts';

export interface UpstreamLimits {
  /** Largest answer, or single event of a stream, in bytes. */
  bytes: number;
  /** Longest silence, in milliseconds, before headers and between chunks. */
  idleMs: number;
  /** The same for streams without an end of their own. */
  streamIdleMs: number;
  /** Connections for calls. A long stream has one of its own besides, so that streams leave calls theirs. */
  connections: number;
}

/** One MCP server reached over Streamable HTTP. Credentials are the gateway's own, never the caller's. */
export class HttpUpstream implements Upstream {
  readonly #pools: Pools;
  readonly #path: string;
  readonly #credentials: Record<string, string>;
  readonly #limits: UpstreamLimits;

  /** `ca` in PEM: the authorities that vouch for this server, in place of those this machine trusts. */
  constructor(url: URL, credentials: Record<string, string>, limits: UpstreamLimits, ca?: string) {
    this.#pools = openPools(url, limits, ca);
    this.#path = url.pathname + url.search;
    this.#credentials = credentials;
    this.#limits = limits;
  }

  post(body: Uint8Array | string, headers: Record<string, string>, _caller?: string, long = false): Sent {
    const said = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers };
    return this.#send(long ? this.#pools.streams : this.#pools.calls, 'POST', said, body);
  }

  listen(headers: Record<string, string>): Sent {
    return this.#send(this.#pools.streams, 'GET', { accept: 'text/event-stream', ...headers });
  }

  end(headers: Record<string, string>): Sent {
    return this.#send(this.#pools.calls, 'DELETE', { accept: 'application/json', ...headers });
  }

  async close(): Promise<void> {
    await this.#pools.close();
  }

  #send(
    pool: ConnectionPool,
    method: 'POST' | 'GET' | 'DELETE',
    headers: Record<string, string>,
    body: Uint8Array | string | null = null,
  ): Sent {
    const handler = new AnswerHandler(this.#limits.bytes);
    const all = { ...headers, 'accept-encoding': 'identity', ...this.#credentials };
    pool.dispatch({ path: this.#path, method, headers: all, body }, handler);
    return {
      answer: handler.answer,
      abort: () => handler.abort(new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The caller went away.')),
    };
  }
}
