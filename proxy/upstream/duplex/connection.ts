import { asWritError, WritError } from '../../../engine/errors.ts';
import type { RequestId } from '../../mcp/message.ts';
import { type Heard, idsIn, readHeard } from './read.ts';
import type { Duplex, DuplexCounts, DuplexLimits } from './types.ts';

/** Unreadable messages in a row, after which nothing readable is expected any more. */
const mostUnreadable = 1_000;

/** Who hears what comes over a connection. */
export interface Hearer {
  /** The next message is not taken before this resolves. */
  hear(heard: Heard): Promise<void> | void;
  /** A message that cannot be read, which was to answer this request. */
  garbled(id: RequestId): void;
  /** Told once, when nothing more comes or can be sent. `closed`: because the gateway closed it. */
  ended(error: WritError, closed: boolean): void;
}

/** A duplex in use: what it says is read and handed on, what it is told is bounded. */
export class Connection {
  readonly #duplex: Duplex;
  readonly #limits: DuplexLimits;
  readonly #counts: DuplexCounts;
  readonly #hearer: Hearer;
  /** Characters that the server has not taken yet. */
  #unsent = 0;
  #ended = false;

  constructor(duplex: Duplex, limits: DuplexLimits, counts: DuplexCounts, hearer: Hearer) {
    this.#duplex = duplex;
    this.#limits = limits;
    this.#counts = counts;
    this.#hearer = hearer;
    void this.#read();
  }

  /** False where so much waits for a server that does not read that no more may. */
  takes(text: string): boolean {
    return this.#unsent === 0 || this.#unsent + text.length <= this.#limits.bytes;
  }

  /** Rejects with WRIT_UPSTREAM_UNREACHABLE. A server that does not read for too long ends the connection. */
  async send(text: string): Promise<void> {
    this.#unsent += text.length;
    const timer = setTimeout(() => this.fail(unreachable('It does not read what it is sent.')), this.#limits.idleMs);
    timer.unref();
    try {
      await this.#duplex.send(text);
    } catch (cause) {
      throw asWritError(cause, 'WRIT_UPSTREAM_UNREACHABLE');
    } finally {
      clearTimeout(timer);
      this.#unsent -= text.length;
    }
  }

  fail(error: WritError): void {
    this.#end(error, false);
  }

  close(): Promise<void> {
    this.#end(unreachable('The session has ended.'), true);
    return this.#duplex.close();
  }

  async #read(): Promise<void> {
    try {
      let unreadable = 0;
      for await (const bytes of this.#duplex.messages) {
        if (this.#ended) break;
        const heard = readHeard(bytes);
        unreadable = heard === undefined ? unreadable + 1 : 0;
        if (heard !== undefined) await this.#hearer.hear(heard);
        else this.#garbled(bytes);
        if (unreadable > mostUnreadable)
          throw new WritError('WRIT_UPSTREAM_INVALID', 'What it sends is not JSON-RPC messages.');
      }
      this.fail(unreachable('It ended the session.'));
    } catch (cause) {
      this.fail(asWritError(cause, 'WRIT_UPSTREAM_UNREACHABLE'));
    }
  }

  #end(error: WritError, closed: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#hearer.ended(error, closed);
    void this.#duplex.close();
  }

  #garbled(bytes: Uint8Array): void {
    this.#counts.unreadable++;
    for (const id of idsIn(bytes)) this.#hearer.garbled(id);
  }
}

function unreachable(detail: string): WritError {
  return new WritError('WRIT_UPSTREAM_UNREACHABLE', detail);
}
