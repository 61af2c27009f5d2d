import type { IncomingMessage, ServerResponse } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import type { RequestId } from '../mcp/message.ts';
import type { Receipt } from '../mcp/receipt.ts';

/** A stream that says nothing for long is closed by proxies and clients; a comment now and then keeps it open. */
const quietMs = 15_000;
const comment = ':\n\n';

/** One HTTP request and its answer, as the pipeline needs them. */
export class Exchange {
  readonly request: IncomingMessage;
  /** Id of the JSON-RPC request, once it is read; an error names it. */
  requestId: RequestId | null = null;
  /** Where the call is on record, once its decision is. */
  receipt: Receipt | null = null;
  readonly #response: ServerResponse;
  #streaming = false;
  #gone = false;
  #onGone: (() => void) | undefined;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.#response = response;
    response.once('close', () => {
      if (response.writableFinished) return;
      this.#gone = true;
      this.#onGone?.();
    });
  }

  get headers() {
    return this.request.headers;
  }

  /** True once the client has gone away before its answer was complete. */
  get gone(): boolean {
    return this.#gone;
  }

  /** True once an event stream was begun: from then on every answer is an event. */
  get streaming(): boolean {
    return this.#streaming;
  }

  /** Nothing that is written now would reach the client. */
  get #over(): boolean {
    return this.#gone || this.#response.writableEnded;
  }

  /** Calls back when the client goes away early; at once if it already has. */
  onGone(callback: () => void): void {
    this.#onGone = callback;
    if (this.#gone) callback();
  }

  /** Lets go of what was begun for this request, as if the client had gone away. */
  breakOff(): void {
    this.#onGone?.();
  }

  /** Reads the whole body. Rejects with WRIT_JSON_TOO_LARGE past `limit` bytes, without keeping what came. */
  body(limit: number): Promise<Uint8Array> {
    const announced = Number(this.headers['content-length'] ?? 0);
    if (announced > limit) return Promise.reject(tooLarge(limit));
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const cut = () => reject(new WritError('WRIT_MESSAGE_INVALID', 'The body ended early.'));
      // A request that broke off before anyone listened has no more events to tell of it.
      if (this.request.destroyed) return cut();
      const whole = () => {
        // A request closes after its end too; an error made for that would cost a stack each time.
        this.request.off('error', cut).off('close', cut);
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
      };
      const take = (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= limit) return;
        chunks.length = 0;
        // The rest still has to be read, or it would be taken for the next request of the connection.
        this.request.off('data', take).off('end', whole).resume();
        reject(tooLarge(limit));
      };
      this.request.on('data', take).once('end', whole);
      this.request.once('error', cut).once('close', cut);
    });
  }

  /** Answers once and for all: a second answer is dropped. On a stream that has begun, the body is the last event. */
  answer(status: number, body: string | Uint8Array | null, headers: Record<string, string> = {}): void {
    if (this.#over) return;
    if (this.#streaming) {
      if (body !== null) this.#response.write(event(text(body)));
      this.#response.end();
      return;
    }
    if (body === null) {
      this.#response.writeHead(status, { 'content-length': '0', ...headers }).end();
      return;
    }
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    this.#response
      .writeHead(status, { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers })
      .end(bytes);
    // An unread body would be taken for the next request of the connection.
    if (!this.request.complete) this.request.resume();
  }

  /** Begins an event stream. Its headers leave at once: some proxies hold an answer until its first byte. */
  stream(headers: Record<string, string>): void {
    if (this.#over) return;
    const response = this.#response;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      ...headers,
    });
    this.#streaming = true;
    response.flushHeaders();
    const quiet = setInterval(
      () => this.#over || response.writableNeedDrain || response.write(comment),
      quietMs,
    ).unref();
    response.once('close', () => clearInterval(quiet));
  }

  /** Sends one event. Resolves when the client has taken enough for the next: a slow client holds its server back. */
  send(body: string | Uint8Array, meta: EventMeta = {}): Promise<void> | void {
    if (this.#over || this.#response.write(event(text(body), meta))) return;
    return new Promise((resolve) => {
      const done = () => {
        this.#response.off('drain', done).off('close', done);
        resolve();
      };
      this.#response.on('drain', done).on('close', done);
    });
  }
}

const text = (body: string | Uint8Array) => (typeof body === 'string' ? body : Buffer.from(body).toString('utf8'));

export interface EventMeta {
  id?: string | undefined;
  event?: string | undefined;
}

function tooLarge(limit: number): WritError {
  return new WritError('WRIT_JSON_TOO_LARGE', `The limit is ${limit} bytes.`);
}

/** WHATWG HTML, server-sent events: a line break in data begins a further data line. */
function event(data: string, meta: EventMeta = {}): string {
  const id = meta.id === undefined ? '' : `id: ${meta.id}\n`;
  return `event: ${meta.event ?? 'message'}\n${id}data: ${data.replace(/\r\n|\r|\n/g, '\ndata: ')}\n\n`;
}
