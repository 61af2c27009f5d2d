import { createParser, type EventSourceParser } from 'eventsource-parser';
import { WritError } from '../../engine/errors.ts';
import type { StreamItem } from './types.ts';

interface Flow {
  pause(): void;
  resume(): void;
}

const tooLarge = 'An event of its stream is larger than the limit.';

/** How many items may wait to be taken, and their characters, before the server is held back. */
const highWater = { items: 16, characters: 262_144 };

/**
 * What one stream of a server holds, in order, taken one at a time. Holds the server back while nothing is taken; an event
 * larger than `limit` bytes, or bytes that are not UTF-8, fail the stream through `refuse`. Whoever stops taking lets
 * the server end its answer, but not go on with it.
 */
export class EventStream implements AsyncIterable<StreamItem> {
  readonly #limit: number;
  readonly #flow: Flow;
  readonly #refuse: (error: WritError) => void;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #parser: EventSourceParser;
  #waiting: StreamItem[] = [];
  /** Characters of the items that wait. */
  #held = 0;
  #ended = false;
  #left = false;
  #error: WritError | undefined;
  #wake: (() => void) | undefined;

  constructor(limit: number, flow: Flow, refuse: (error: WritError) => void) {
    this.#limit = limit;
    this.#flow = flow;
    this.#refuse = refuse;
    this.#parser = createParser({
      // What is not whole yet is counted with the name of its field.
      maxBufferSize: limit + 'data: '.length,
      onEvent: ({ data, id, event }) => {
        if (Buffer.byteLength(data) > this.#limit) this.#stop(tooLarge);
        this.#put({ kind: 'event', data, id, event });
      },
      onComment: (text) => this.#put({ kind: 'comment', text }),
      onRetry: (milliseconds) => this.#put({ kind: 'retry', milliseconds }),
      onError: ({ type }) => {
        if (type === 'max-buffer-size-exceeded') this.#stop(tooLarge);
      },
    });
  }

  feed(chunk: Uint8Array): void {
    if (this.#error || this.#ended) return;
    try {
      this.#parser.feed(this.#decoder.decode(chunk, { stream: true }));
    } catch (cause) {
      this.#stop('Its event stream is not UTF-8.', cause);
    }
    if (this.#left) this.#stop('It went on after its answer.');
    if (this.#isFull()) this.#flow.pause();
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  fail(error: WritError): void {
    this.#error ??= error;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StreamItem> {
    try {
      for (;;) {
        const next = this.#waiting.shift();
        if (next !== undefined) {
          this.#held -= sizeOf(next);
          if (!this.#isFull()) this.#flow.resume();
          yield next;
        } else if (this.#error) throw this.#error;
        else if (this.#ended) return;
        else
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
      }
    } finally {
      this.#left = true;
      this.#waiting = [];
      this.#flow.resume();
    }
  }

  #put(item: StreamItem): void {
    if (this.#error) return;
    this.#waiting.push(item);
    this.#held += sizeOf(item);
  }

  #isFull(): boolean {
    return this.#waiting.length >= highWater.items || this.#held >= highWater.characters;
  }

  #stop(detail: string, cause?: unknown): void {
    if (this.#error) return;
    this.#error = new WritError('WRIT_UPSTREAM_INVALID', detail, { cause });
    this.#refuse(this.#error);
  }
}

function sizeOf(item: StreamItem): number {
  if (item.kind === 'event') return item.data.length;
  return item.kind === 'comment' ? item.text.length : 0;
}
