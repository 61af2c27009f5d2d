import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { AnswerHandler } from '../../proxy/upstream/answer-handler.ts';
import type { UpstreamAnswer } from '../../proxy/upstream/types.ts';
import { isLoopback } from './target.ts';

/** A request under way. */
export interface Sent {
  /** Rejects with WRIT_UPSTREAM_UNREACHABLE or WRIT_UPSTREAM_INVALID. */
  answer: Promise<UpstreamAnswer>;
  abort(): void;
}

export interface SendOptions {
  method: 'POST' | 'GET' | 'DELETE';
  headers: Record<string, string>;
  body?: Uint8Array | string;
  /** Its answer is a stream without an end of its own. */
  long?: boolean;
  /** Longest wait for headers, in milliseconds. */
  headersTimeout?: number;
}

/** Largest answer, or single event of a stream, in bytes. */
const largestAnswer = 64 * 1024 * 1024;
/** A client gives up long before; this ends what nobody waits for any more. */
const headersMs = 15 * 60_000;
const silenceMs = 30 * 60_000;

/** The MCP endpoint over HTTP. Redirects are not followed: a token is sent to the endpoint named, and nowhere else. */
export class Endpoint {
  readonly url: URL;
  readonly #dispatcher: Dispatcher;

  constructor(url: URL, dispatcher: Dispatcher = dispatcherFor(url)) {
    this.url = url;
    this.#dispatcher = dispatcher;
  }

  send({ method, headers, body, long = false, headersTimeout = headersMs }: SendOptions): Sent {
    const handler = new AnswerHandler(largestAnswer);
    const path = this.url.pathname + this.url.search;
    const all = { ...headers, 'accept-encoding': 'identity' };
    const timeouts = { headersTimeout, bodyTimeout: long ? 0 : silenceMs };
    const { origin } = this.url;
    this.#dispatcher.dispatch({ origin, path, method, headers: all, body: body ?? null, ...timeouts }, handler);
    return { answer: handler.answer, abort: () => handler.abort(new Error('aborted')) };
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }
}

/** Goes through the proxy of the environment (`https_proxy`, `no_proxy`) but to this machine itself. */
export function dispatcherFor(url: URL): Dispatcher {
  return isLoopback(url) ? new Agent() : new EnvHttpProxyAgent();
}
