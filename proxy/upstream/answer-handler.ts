import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { WritError } from '../../engine/errors.ts';
import { codingOf, Decoder } from './decode.ts';
import { EventStream } from './event-stream.ts';
import type { UpstreamAnswer } from './types.ts';

function unreachable(cause: unknown): WritError {
  return cause instanceof WritError ? cause : new WritError('WRIT_UPSTREAM_UNREACHABLE', undefined, { cause });
}

function isEventStream(headers: IncomingHttpHeaders): boolean {
  return /^text\/event-stream\s*(;|$)/i.test(headers['content-type'] ?? '');
}

/**
 * Reads one answer straight from undici's dispatcher: the whole body where it is JSON, events as they come where it is
 * a stream. Nothing is passed on from here that a caller could take for the gateway's own.
 */
export class AnswerHandler implements Dispatcher.DispatchHandler {
  readonly answer: Promise<UpstreamAnswer>;
  /** Largest body, or single event of a stream, in bytes. */
  readonly #limit: number;
  #resolve: (answer: UpstreamAnswer) => void = () => {};
  #reject: (error: WritError) => void = () => {};
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #chunks: Buffer[] = [];
  #size = 0;
  #events: EventStream | undefined;
  /** Where its body is coded although we ask for none; what cannot be read cannot be masked. */
  #decoder: Decoder | undefined;
  #aborted = false;

  constructor(limit: number) {
    this.#limit = limit;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  abort(reason: Error): void {
    this.#aborted = true;
    this.#controller?.abort(reason);
    this.#decoder?.destroy();
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
    try {
      const coding = codingOf(headers['content-encoding']);
      if (coding !== undefined)
        this.#decoder = new Decoder(coding, controller, {
          data: (chunk) => this.#take(chunk),
          end: () => this.#end(),
          refuse: (error) => this.abort(error),
        });
    } catch (error) {
      this.abort(unreachable(error));
      return;
    }
    if (status < 300 && isEventStream(headers)) {
      // A failure is short: read whole, it holds no connection while nobody takes its events.
      this.#events = new EventStream(this.#limit, this.#decoder ?? controller, (error) => this.abort(error));
      this.#resolve({ kind: 'events', status, headers, events: this.#events });
    }
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#decoder) this.#decoder.feed(chunk);
    else this.#take(chunk);
  }

  onResponseEnd(): void {
    if (this.#decoder) this.#decoder.end();
    else this.#end();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#decoder?.destroy();
    this.#events?.fail(unreachable(error));
    this.#reject(unreachable(error));
  }

  #take(chunk: Buffer): void {
    if (this.#events) {
      this.#events.feed(chunk);
      return;
    }
    this.#size += chunk.length;
    if (this.#size > this.#limit)
      this.abort(new WritError('WRIT_UPSTREAM_INVALID', 'Its answer is larger than the limit.'));
    else this.#chunks.push(chunk);
  }

  #end(): void {
    if (this.#events) {
      this.#events.end();
      return;
    }
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.#size);
    this.#resolve({ kind: 'body', status: this.#status, headers: this.#headers, body });
  }
}
