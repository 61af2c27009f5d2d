import type { IncomingMessage, ServerResponse } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import type { EventMeta, Exchange } from '../exchange.ts';
import type { RequestId } from '../mcp/message.ts';
import type { Receipt } from '../mcp/receipt.ts';
import type { StreamItem } from '../upstream/types.ts';
import type { Slot } from './slots.ts';

/** A stream that says nothing for long is closed by proxies and clients; a comment now and then keeps it open. */
const quietMs = 15_000;
const comment = ':\n\n';

/** One HTTP request and its answer. */
export class HttpExchange implements Exchange {
  readonly request: IncomingMessage;
  requestId: RequestId | null = null;
  receipt: Receipt | null = null;
  readonly #response: ServerResponse;
  /** The place it takes among those that are served at once. */
  slot: Slot | undefined;
  #streaming = false;
  #lasting = false;
  #gone = false;
  readonly #onGone = new Set<() => void>();

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.#response = response;
    response.once('close', () => {
      if (response.writableFinished) return;
      this.#gone = true;
      this.breakOff();
    });
  }

  get headers() {
    return this.request.headers;
  }

  get address(): string | null {
    return this.request.socket.remoteAddress ?? null;
  }

  get gone(): boolean {
    return this.#gone;
  }

  get streaming(): boolean {
    return this.#streaming;
  }

  /** Nothing that is written now would reach the client. */
  get #over(): boolean {
    return this.#gone || this.#response.writableEnded;
  }

  onGone(callback: () => void): void {
    this.#onGone.add(callback);
    if (this.#gone) callback();
  }

  offGone(callback: () => void): void {
    this.#onGone.delete(callback);
  }

  /** Ends a stream that would last, as the gateway goes away. Whoever served it sees its caller go. */
  leave(): void {
    if (!this.#lasting || this.#over) return;
    this.#response.end();
    this.#gone = true;
    this.breakOff();
  }

  breakOff(): void {
    for (const callback of this.#onGone) callback();
  }

  lasts(): void {
    this.slot?.lasts();
    this.#lasting = true;
  }

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

  send(body: string | Uint8Array, meta: EventMeta = {}): Promise<void> | void {
    return this.#write(event(text(body), meta));
  }

  pass(item: StreamItem): Promise<void> | void {
    if (item.kind === 'event') return this.#write(event(item.data, item));
    if (item.kind === 'retry') return this.#write(`retry: ${item.milliseconds}\n\n`);
    return this.#write(`${item.text.replace(/^/gm, ':')}\n\n`);
  }

  #write(written: string): Promise<void> | void {
    if (this.#over || this.#response.write(written)) return;
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

function tooLarge(limit: number): WritError {
  return new WritError('WRIT_JSON_TOO_LARGE', `The limit is ${limit} bytes.`);
}

/** WHATWG HTML, server-sent events: a line break in data begins a further data line. */
function event(data: string, meta: EventMeta = {}): string {
  const id = meta.id === undefined ? '' : `id: ${meta.id}\n`;
  return `event: ${meta.event ?? 'message'}\n${id}data: ${data.replace(/\r\n|\r|\n/g, '\ndata: ')}\n\n`;
}
