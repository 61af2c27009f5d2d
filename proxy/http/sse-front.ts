import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { asWritError, WritError } from '../../engine/errors.ts';
import { sessionEnd, sessionListen } from '../call/methods.ts';
import { Part, type PartSink } from '../call/part.ts';
import type { Exchange } from '../exchange.ts';
import { failureReply } from '../mcp/replies.ts';
import { carry, carryVerb } from '../pipeline.ts';
import { principalOf } from '../session/session.ts';
import type { Gateway } from '../types.ts';
import type { Server } from '../upstream/server.ts';

/** A client of 2024-11-05: its stream, and what its messages have in common. */
interface Front {
  server: Server;
  principal: string;
  stream: Exchange;
  /** Headers of the session, once the server has begun one: 2024-11-05 has them in no message. */
  session: IncomingHttpHeaders;
  listening: boolean;
  /** Resolves when its client has taken what was sent so far, or is gone. */
  taken: Promise<unknown>;
}

/** What is said to the server once the client has gone: nobody is left whose going away could take it back. */
class Farewell extends Part {
  override get gone(): boolean {
    return false;
  }

  override onGone(): void {}
}

/** HTTP methods and headers of 2025-03-26 on, which a client of the older transport does not mean by them. */
const ofStreamable = ['mcp-session-id', 'last-event-id'];

function without(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofStreamable.includes(name)));
}

/**
 * HTTP+SSE, the transport of 2024-11-05, for clients that know no other: one stream for everything a server says, which begins by
 * telling where to post. Each message that is posted goes the way of every other message, and what comes back goes to the
 * stream; the server behind may speak any transport.
 */
export class SseFront {
  readonly #gateway: Gateway;
  readonly #fronts = new Map<string, Front>();

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** GET: begins the stream; `endpoint` is where its client posts. Resolves when the client has gone away. */
  async open(server: Server, exchange: Exchange, endpoint: string): Promise<void> {
    const caller = await this.#gateway.authenticate(exchange.headers.authorization);
    exchange.lasts();
    const id = randomBytes(16).toString('base64url');
    const front = {
      server,
      principal: principalOf(caller),
      stream: exchange,
      session: {},
      listening: false,
      taken: Promise.resolve(),
    };
    this.#fronts.set(id, front);
    exchange.stream({});
    await exchange.send(`${endpoint}?sessionId=${id}`, { event: 'endpoint' });
    await new Promise<void>((resolve) => exchange.onGone(resolve));
    this.#fronts.delete(id);
    if (!('mcp-session-id' in front.session)) return;
    const farewell = this.#part(front, exchange.headers, new Uint8Array(), Farewell);
    await carryVerb(this.#gateway, server, farewell, sessionEnd).catch(() => {});
  }

  /** POST: takes one message, and has what comes of it sent on the stream. */
  async post(server: Server, exchange: Exchange, id: string | null): Promise<void> {
    const caller = await this.#gateway.authenticate(exchange.headers.authorization);
    const front = id === null ? undefined : this.#fronts.get(id);
    // Another caller's stream is as unknown as one that has ended.
    if (front === undefined || front.server !== server || front.principal !== principalOf(caller))
      throw new WritError('WRIT_SESSION_ENDED');
    const bytes = await exchange.body(this.#gateway.config.gateway.limits.request_bytes);
    exchange.answer(202, null);
    const part = this.#part(front, exchange.headers, bytes);
    await this.#carried(front, part, carry(this.#gateway, server, part));
    if (!front.listening && 'mcp-session-id' in front.session && saysInitialized(bytes)) this.#listen(front, exchange);
  }

  /** What a server says of its own accord comes on a stream of its own from Streamable HTTP, and on the one there is here. */
  #listen(front: Front, exchange: Exchange): void {
    front.listening = true;
    const part = this.#part(front, exchange.headers, new Uint8Array());
    void carryVerb(this.#gateway, front.server, part, sessionListen).catch((cause: unknown) => {
      const error = asWritError(cause, 'WRIT_INTERNAL');
      // Most servers have nothing to say of their own accord, and answer 405.
      if (error.code !== 'WRIT_METHOD_NOT_ALLOWED') this.#failed(error, part);
      part.answer(200, null);
    });
  }

  /** A request to the server that was given up because its client went away is on record, and no failure. */
  #failed(error: WritError, part: Part): void {
    if (part.gone && error.code === 'WRIT_UPSTREAM_UNREACHABLE') return;
    this.#gateway.failed(error, part.receipt?.call ?? null);
  }

  async #carried(front: Front, part: Part, carried: Promise<void>): Promise<void> {
    try {
      await carried;
    } catch (cause) {
      const error = asWritError(cause, 'WRIT_INTERNAL');
      this.#failed(error, part);
      const { body } = failureReply(error, part.requestId, part.receipt);
      // What awaits no answer gets none: there is no status left to say it by.
      part.answer(200, part.requestId === null ? null : body);
    }
    // A client that does not read keeps the place of its call.
    await front.taken;
  }

  #part(front: Front, headers: IncomingHttpHeaders, bytes: Uint8Array, Kind = Part): Part {
    const began = (answered: Record<string, string>) => {
      const id = answered['mcp-session-id'];
      if (id !== undefined) front.session = { 'mcp-session-id': id };
    };
    const sink: PartSink = {
      answer: (_, body, answered) => {
        began(answered);
        if (body !== null) front.taken = Promise.all([front.taken, front.stream.send(body)]);
      },
      stream: began,
      send: (body) => front.stream.send(body),
      // Ids and times to wait are those of a stream that its client does not know.
      pass: () => undefined,
    };
    return new Kind(front.stream, bytes, sink, { ...without(headers), ...front.session });
  }
}

/** Whether a message, which was carried already, says that the session may begin. */
function saysInitialized(bytes: Uint8Array): boolean {
  try {
    return Object(JSON.parse(Buffer.from(bytes).toString('utf8'))).method === 'notifications/initialized';
  } catch {
    return false;
  }
}
