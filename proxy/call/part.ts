import type { IncomingHttpHeaders } from 'node:http';
import type { EventMeta, Exchange } from '../exchange.ts';
import type { RequestId } from '../mcp/message.ts';
import type { Receipt } from '../mcp/receipt.ts';
import type { StreamItem } from '../upstream/types.ts';

/** Where what is said in answer to a part goes. */
export interface PartSink {
  answer(status: number, body: string | Uint8Array | null, headers: Record<string, string>): void;
  stream(headers: Record<string, string>): void;
  send(body: string | Uint8Array, meta: EventMeta): Promise<void> | void;
  pass(item: StreamItem): Promise<void> | void;
}

/** One message among several that came together, with a way back of its own. It goes away with what it came in. */
export class Part implements Exchange {
  requestId: RequestId | null = null;
  receipt: Receipt | null = null;
  readonly headers: IncomingHttpHeaders;
  readonly #whole: Exchange;
  readonly #bytes: Uint8Array;
  readonly #sink: PartSink;
  readonly #onBreak = new Set<() => void>();
  readonly #break = () => this.breakOff();
  #streaming = false;
  #answered = false;

  constructor(whole: Exchange, bytes: Uint8Array, sink: PartSink, headers = whole.headers) {
    this.#whole = whole;
    this.#bytes = bytes;
    this.#sink = sink;
    this.headers = headers;
  }

  get address(): string | null {
    return this.#whole.address;
  }

  get gone(): boolean {
    return this.#whole.gone;
  }

  get streaming(): boolean {
    return this.#streaming;
  }

  async body(): Promise<Uint8Array> {
    return this.#bytes;
  }

  onGone(callback: () => void): void {
    this.#onBreak.add(callback);
    if (this.#onBreak.size === 1) this.#whole.onGone(this.#break);
    else if (this.gone) callback();
  }

  offGone(callback: () => void): void {
    this.#onBreak.delete(callback);
  }

  /** Lets go of this part alone. */
  breakOff(): void {
    for (const callback of this.#onBreak) callback();
  }

  lasts(): void {
    this.#whole.lasts();
  }

  answer(status: number, body: string | Uint8Array | null, headers: Record<string, string> = {}): void {
    if (this.#answered) return;
    this.#answered = true;
    // What it came in may last for many more.
    this.#whole.offGone(this.#break);
    this.#sink.answer(status, body, headers);
  }

  stream(headers: Record<string, string>): void {
    this.#streaming = true;
    this.#sink.stream(headers);
  }

  send(body: string | Uint8Array, meta: EventMeta = {}): Promise<void> | void {
    return this.#answered ? undefined : this.#sink.send(body, meta);
  }

  pass(item: StreamItem): Promise<void> | void {
    return this.#answered ? undefined : this.#sink.pass(item);
  }
}
