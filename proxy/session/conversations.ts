import type { RequestId } from '../mcp/message.ts';

/** A request of a server that its client has been shown and has not answered. */
export interface Asked {
  method: string;
}

/** Questions that one client may leave open, and calls of one session whose answers may come again. */
const mostAsked = 64;
const mostAnswers = 256;
/** Ids of calls, and characters of one, that are noted; what comes after is not remembered. */
const mostIds = 8192;
const longestId = 128;
/** Sessions remembered of one server; the one longest unused is forgotten first. */
const mostSessions = 10_000;

/** JSON-RPC ids are told apart by type: 1 is not "1". */
const keyOf = (id: RequestId) => `${typeof id} ${id}`;

/** What the gateway remembers of one session while it lasts. `Open` is a call whose answer may come on another stream. */
class Conversation<Open> {
  readonly #asked = new Map<string, Asked>();
  /** Null where an id was that of a call which is forgotten, or of two. */
  readonly #open = new Map<string, Open | null>();
  /** Keys of the calls that are remembered, the oldest first. */
  readonly #live = new Set<string>();
  /** Whether something was hidden of a call, so of what a stream that is resumed may say again. */
  hidden: boolean;

  constructor(hidden: boolean) {
    this.hidden = hidden;
  }

  /**
   * Notes a request that the client is about to be shown. False where too many wait, or one with this id does; a stream that is
   * resumed may show that `again`.
   */
  ask(id: RequestId, asked: Asked, again: boolean): boolean {
    const key = keyOf(id);
    const waiting = this.#asked.get(key);
    if (waiting !== undefined) return again && waiting.method === asked.method;
    if (this.#asked.size >= mostAsked) return false;
    this.#asked.set(key, asked);
    return true;
  }

  /** The request that an answer is for; undefined where none waits for it. Nothing is answered twice. */
  answered(id: RequestId): Asked | undefined {
    const key = keyOf(id);
    const asked = this.#asked.get(key);
    this.#asked.delete(key);
    return asked;
  }

  /**
   * Notes a call whose answer may come, or come again, on a stream that is resumed. Ids are a client's to choose: of one that two
   * calls had, nobody knows of which its answer is. So one that is forgotten, the oldest first, leaves its id behind.
   */
  remember(id: RequestId, open: Open): void {
    const key = keyOf(id);
    if (this.#open.has(key)) this.#forget(key);
    else if (this.#open.size < mostIds && key.length <= longestId) {
      this.#open.set(key, open);
      this.#live.add(key);
      const [oldest] = this.#live;
      if (this.#live.size > mostAnswers && oldest !== undefined) this.#forget(oldest);
    }
  }

  remembered(id: RequestId): Open | undefined {
    return this.#open.get(keyOf(id)) ?? undefined;
  }

  #forget(key: string): void {
    this.#live.delete(key);
    this.#open.set(key, null);
  }
}

/** What the gateway remembers of the sessions of one server, in memory: a session goes on with the instance that began it. */
export class Conversations<Open> {
  readonly #sessions = new Map<string, Conversation<Open>>();

  /**
   * The conversation of a session, begun where there is none. `mayHide` where the session is older than that: it was begun by
   * another process, or forgotten here, and nobody knows what was hidden in it.
   */
  of(session: string, mayHide = false): Conversation<Open> {
    const known = this.#sessions.get(session) ?? new Conversation<Open>(mayHide);
    this.#sessions.delete(session);
    this.#sessions.set(session, known);
    if (this.#sessions.size > mostSessions) this.#sessions.delete(this.#sessions.keys().next().value ?? '');
    return known;
  }

  /** The conversation of a session, where there is one: asking for it begins none. */
  find(session: string): Conversation<Open> | undefined {
    return this.#sessions.get(session);
  }

  /** Lets go of what was open in a session. That something was hidden in it stays: its server may still speak of that. */
  forget(session: string): void {
    const hidden = this.#sessions.get(session)?.hidden;
    if (hidden === undefined) return;
    this.#sessions.set(session, new Conversation<Open>(hidden));
  }
}
