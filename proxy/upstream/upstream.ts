import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { WritError } from '../../engine/errors.ts';
import { EventStream } from './event-stream.ts';

export interface UpstreamLimits {
  /** Largest answer, or single event of a stream, in bytes. */
  bytes: number;
  /** Longest silence, in milliseconds, before headers and between chunks. */
  idleMs: number;
  connections: number;
}

/** What came back: one body, a stream of events, or nothing but a status. */
export type UpstreamAnswer =
  | { kind: 'body'; status: number; headers: IncomingHttpHeaders; body: Uint8Array }
  | { kind: 'events'; status: number; headers: IncomingHttpHeaders; events: EventStream };

/** A request under way. `abort` reaches the server whether its answer has begun or not. */
export interface Sent {
  answer: Promise<UpstreamAnswer>;
  abort(): void;
}

function unreachable(cause: Error): WritError {
  return cause instanceof WritError ? cause : new WritError('WRIT_UPSTREAM_UNREACHABLE', undefined, { cause });
}

function isEventStream(headers: IncomingHttpHeaders): boolean {
  return /^text\/event-stream\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/**
 * Reads one answer straight from undici's dispatcher: the whole body where it is JSON, events as they come where it is
 * a stream. Nothing is passed on from here that a caller could take for the gateway's own.
 */
class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly answer: Promise<UpstreamAnswer>;
  readonly #limits: UpstreamLimits;
  #resolve: (answer: UpstreamAnswer) => void = () => {};
  #reject: (error: WritError) => void = () => {};
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #size = 0;
  #events: EventStream | undefined;
  #aborted = false;

  constructor(limits: UpstreamLimits) {
    this.#limits = limits;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  abort(reason: Error): void {
    this.#aborted = true;
    this.#controller?.abort(reason);
    this.#events?.fail(unreachable(reason));
    this.#reject(unreachable(reason));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#aborted) controller.abort(new Error('aborted before it was sent'));
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    const encoding = headers['content-encoding'] ?? 'identity';
    // We ask for identity; what cannot be read cannot be masked.
    if (encoding !== 'identity') {
      this.abort(new WritError('WRIT_UPSTREAM_INVALID', 'Its content encoding was not asked for.'));
    } else if (status < 300 && isEventStream(headers)) {
      // A failure is short: read whole, it holds no connection while nobody takes its events.
      this.#events = new EventStream(this.#limits.bytes, controller, (error) => this.abort(error));
      this.#resolve({ kind: 'events', status, headers, events: this.#events });
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#events) {
      this.#events.feed(chunk);
      return;
    }
    this.#size += chunk.length;
    if (this.#size > this.#limits.bytes)
      this.abort(new WritError('WRIT_UPSTREAM_INVALID', 'Its answer is larger than the limit.'));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#events) {
      this.#events.end();
      return;
    }
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#size);
    this.#resolve({ kind: 'body', status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#events?.fail(unreachable(error));
    this.#reject(unreachable(error));
  }
}

/** One MCP server reached over Streamable HTTP. Credentials are the gateway's own, never the caller's. */
export class Upstream {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #credentials: Record<string, string>;
  readonly #limits: UpstreamLimits;

  constructor(url: URL, credentials: Record<string, string>, limits: UpstreamLimits) {
    this.#pool = new Pool(url.origin, {
      connections: limits.connections,
      headersTimeout: limits.idleMs,
      bodyTimeout: limits.idleMs,
      // Silence and back pressure are then those of one connection a call.
      allowH2: false,
    });
    this.#path = url.pathname + url.search;
    this.#credentials = credentials;
    this.#limits = limits;
  }

  post(body: Uint8Array | string, headers: Record<string, string>): Sent {
    const handler = new AnswerHandler(this.#limits);
    this.#pool.dispatch(
      {
        path: this.#path,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'accept-encoding': 'identity',
          ...headers,
          ...this.#credentials,
        },
        body,
      },
      handler,
    );
    return {
      answer: handler.answer,
      abort: () => handler.abort(new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The caller went away.')),
    };
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
