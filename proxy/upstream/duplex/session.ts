import { WritError } from '../../../engine/errors.ts';
import { isObject, type Json } from '../../../engine/json/types.ts';
import type { Message, RequestId } from '../../mcp/message.ts';
import { Connection } from './connection.ts';
import { Outlet, quiet } from './outlet.ts';
import { type Heard, keyOf } from './read.ts';
import type { Refusal } from './replies.ts';
import type { Duplex, DuplexCounts, DuplexLimits } from './types.ts';
import { Use } from './use.ts';
import { WaitingRoom } from './waiting-room.ts';

/** Requests under way in one session; requests whose caller went away; requests of the server; streams by GET. */
const most = { open: 256, left: 256, asked: 1_024, streams: 4 };

type Request = Message & { kind: 'request' };

interface Open {
  outlet: Outlet;
  /** Key of its progress token. */
  token: string | undefined;
  /** Takes what belongs to nobody in particular. */
  shares: boolean;
}

/** A session of the versions with sessions: one client alone with one duplex. Messages pass as they are. */
export class Session {
  readonly use: Use;
  readonly #connection: Connection;
  readonly #limits: DuplexLimits;
  readonly #counts: DuplexCounts;
  /** Of requests, in the order they came. */
  readonly #open = new Map<string, Open>();
  /** Requests nobody waits for, whose ids are taken until they are answered: 2025-11-25, a disconnect is no cancel. */
  readonly #left = new Set<string>();
  /** Requests of the server that await an answer of the client. */
  readonly #asked = new Set<string>();
  readonly #waiting = new WaitingRoom();
  #streams: Outlet[] = [];

  constructor(duplex: Duplex, limits: DuplexLimits, counts: DuplexCounts, onEnded: (closed: boolean) => void) {
    this.#limits = limits;
    this.#counts = counts;
    this.use = new Use(limits.sessionIdleMs, () => void this.close());
    this.#connection = new Connection(duplex, limits, counts, {
      hear: (heard) => this.#hear(heard),
      garbled: (id) => {
        const error = new WritError('WRIT_UPSTREAM_INVALID', 'Its answer is not a JSON-RPC message.');
        this.#settle(keyOf(id))?.outlet.fail(error);
      },
      ended: (error, closed) => {
        this.use.stop();
        for (const { outlet } of this.#open.values()) outlet.fail(error);
        for (const stream of this.#streams) stream.end();
        this.#waiting.take();
        onEnded(closed);
      },
    });
  }

  /** Sends a request. `shares`: its stream also takes what the server says to nobody in particular. */
  request({ id, params }: Request, text: string, shares: boolean): Outlet | Refusal {
    const key = keyOf(id);
    if (this.#open.has(key) || this.#left.has(key)) return 'inFlight';
    if (this.#open.size >= most.open) return 'tooMany';
    if (!this.#connection.takes(text)) return 'unread';
    const meta = params._meta;
    const token = isObject(meta) && meta.progressToken !== undefined ? keyOf(meta.progressToken) : undefined;
    const done = this.use.begin();
    const onLeft = (rest: string[]) => {
      done();
      if (this.#open.delete(key)) this.#leave(key);
      for (const each of rest) this.#give(each);
    };
    const outlet = new Outlet(quiet(this.#limits, false), onLeft, () => this.#asked.size > 0);
    this.#open.set(key, { outlet, token, shares });
    if (shares) this.#serve(outlet);
    this.#connection.send(text).catch((error: WritError) => this.#settle(key)?.outlet.fail(error));
    return outlet;
  }

  /** Sends a notification, or an answer to a request of the server. Undefined once the server has it. */
  async tell(message: Exclude<Message, Request>, text: string): Promise<Refusal | undefined> {
    this.use.touch();
    if (!this.#connection.takes(text)) return 'unread';
    if (message.kind === 'response' && (message.id === null || !this.#asked.delete(keyOf(message.id)))) {
      this.#counts.unasked++;
      return undefined;
    }
    await this.#connection.send(text);
    // Such a request is not answered any more.
    if (message.kind === 'notification' && message.method === 'notifications/cancelled')
      this.#settle(keyOf(message.params.requestId ?? null))?.outlet.end();
    return undefined;
  }

  /** The stream on which the server speaks of its own accord. The newest is the one in use. */
  listen(): Outlet | Refusal {
    if (this.#streams.length >= most.streams) return 'streamOpen';
    const done = this.use.begin();
    const stream = new Outlet(quiet(this.#limits, true), (rest) => {
      done();
      this.#streams = this.#streams.filter((each) => each !== stream);
      for (const each of rest) this.#give(each);
    });
    this.#streams.push(stream);
    this.#serve(stream);
    return stream;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #hear({ message, text }: Heard): Promise<void> | void {
    if (message.kind === 'response') return this.#answered(message.id, text);
    if (message.kind === 'request') {
      if (this.#asked.size >= most.asked) {
        this.#counts.unclaimed++;
        return;
      }
      this.#asked.add(keyOf(message.id));
    } else if (message.method === 'notifications/progress') {
      const { progressToken } = message.params;
      const about = progressToken === undefined ? undefined : this.#reporting(progressToken);
      if (about !== undefined) {
        about.put(text, true);
        return about.room();
      }
    }
    return this.#give(text)?.room();
  }

  #answered(id: RequestId | null, text: string): Promise<void> | void {
    const key = id === null ? '' : keyOf(id);
    const asked = this.#settle(key);
    if (asked === undefined) {
      this.#counts.unexpected++;
      return;
    }
    asked.outlet.put(text, true);
    asked.outlet.end();
    return asked.outlet.room();
  }

  #reporting(token: Json): Outlet | undefined {
    const key = keyOf(token);
    for (const each of this.#open.values()) if (each.token === key) return each.outlet;
    return undefined;
  }

  /** Hands on what belongs to nobody in particular, to be waited for by whoever got it. */
  #give(text: string): Outlet | WaitingRoom | undefined {
    let taker = this.#streams.findLast(({ open }) => open);
    for (const { outlet, shares } of this.#open.values())
      if (taker === undefined && shares && outlet.open) taker = outlet;
    if (taker === undefined) this.#waiting.put(text);
    else taker.put(text, false);
    return taker ?? this.#waiting;
  }

  #serve(outlet: Outlet): void {
    for (const text of this.#waiting.take()) outlet.put(text, false);
  }

  /** Forgets a request: it is answered, or will not be. Its outlet, where someone waits. */
  #settle(key: string): Open | undefined {
    const open = this.#open.get(key);
    this.#open.delete(key);
    this.#left.delete(key);
    return open;
  }

  #leave(key: string): void {
    this.#left.add(key);
    // Its ids run out: a server that leaves so much unanswered is not going to come back.
    if (this.#left.size >= most.left)
      this.#connection.fail(new WritError('WRIT_UPSTREAM_UNREACHABLE', 'It leaves too many requests unanswered.'));
  }
}
