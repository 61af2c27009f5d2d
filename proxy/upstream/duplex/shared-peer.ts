import { WritError } from '../../../engine/errors.ts';
import type { Message } from '../../mcp/message.ts';
import { Connection } from './connection.ts';
import { Outlet, quiet } from './outlet.ts';
import type { Heard } from './read.ts';
import { metaOf, type Names, renameBack, renameRequest, subscriptionKey } from './renamed.ts';
import type { Refusal } from './replies.ts';
import type { Duplex, DuplexCounts, DuplexLimits } from './types.ts';
import { Use } from './use.ts';

/** Requests under way, streams among them. */
const mostOpen = 1_024;

interface Open {
  outlet: Outlet;
  names: Names;
  /** A stream without an end of its own, which takes nothing but what names it. */
  long: boolean;
}

/**
 * A duplex for all that one caller asks in the version without sessions. Clients choose ids by themselves, so each request
 * gets an id of its own on the way there, and its own name back.
 */
export class SharedPeer {
  readonly use: Use;
  readonly #connection: Connection;
  readonly #limits: DuplexLimits;
  readonly #counts: DuplexCounts;
  readonly #open = new Map<number, Open>();
  #lastId = 0;
  /** It has answered something by a result: it speaks this version. */
  #useful = false;

  constructor(duplex: Duplex, limits: DuplexLimits, counts: DuplexCounts, onEnded: (closed: boolean) => void) {
    this.#limits = limits;
    this.#counts = counts;
    this.use = new Use(limits.sessionIdleMs, () => void this.close());
    this.#connection = new Connection(duplex, limits, counts, {
      hear: (heard) => this.#hear(heard),
      garbled: (id) => {
        const error = new WritError('WRIT_UPSTREAM_INVALID', 'Its answer is not a JSON-RPC message.');
        this.#settle(id)?.outlet.fail(error);
      },
      ended: (error, closed) => {
        this.use.stop();
        for (const { outlet } of this.#open.values()) outlet.fail(error);
        onEnded(closed);
      },
    });
  }

  request(message: Message & { kind: 'request' }, text: string, long: boolean): Outlet | Refusal {
    if (this.#open.size >= mostOpen) return 'tooMany';
    if (!this.#connection.takes(text)) return 'unread';
    const id = ++this.#lastId;
    const renamed = renameRequest(message, text, id);
    const done = this.use.begin();
    const outlet = new Outlet(quiet(this.#limits, long), () => {
      done();
      if (this.#open.delete(id)) this.#cancel(id);
    });
    this.#open.set(id, { outlet, names: renamed.names, long });
    this.#connection.send(renamed.text).catch((error: WritError) => this.#settle(id)?.outlet.fail(error));
    return outlet;
  }

  async tell(text: string): Promise<Refusal | undefined> {
    this.use.touch();
    if (!this.#connection.takes(text)) return 'unread';
    await this.#connection.send(text);
    return undefined;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** Lets go of a server that turned out to speak other versions alone. */
  closeIfUseless(): void {
    if (!this.#useful && this.#open.size === 0) void this.close();
  }

  #hear({ message, text }: Heard): Promise<void> | void {
    // 2026-07-28: what a server asks is in its results.
    const to = message.kind === 'request' ? undefined : this.#addressee(message);
    if (to === undefined) {
      if (message.kind === 'response') this.#counts.unexpected++;
      else this.#counts.unclaimed++;
      return;
    }
    const { outlet, back } = to;
    if (back !== undefined) outlet.put(renameBack(message, text, back), true);
    if (message.kind === 'response' || back === undefined) outlet.end();
    return outlet.room();
  }

  /** Whose message it is, and which names to put back: none where it says no more than that a stream has ended. */
  #addressee(
    message: Exclude<Message, { kind: 'request' }>,
  ): { outlet: Outlet; back?: [string[], string][] } | undefined {
    if (message.kind === 'response') {
      const open = this.#settle(message.id);
      if (open === undefined) return undefined;
      const { id } = open.names;
      this.#useful ||= message.error === undefined;
      const tagged = metaOf(message.result)[subscriptionKey] === message.id;
      return { outlet: open.outlet, back: [[['id'], id], ...tag(tagged, 'result', id)] };
    }
    const { method, params } = message;
    // 2026-07-28, stdio: by this alone a server ends a subscription; over HTTP it is said by the end of the stream.
    if (method === 'notifications/cancelled') {
      const ended = this.#settle(params.requestId);
      return ended && { outlet: ended.outlet };
    }
    const subscription = metaOf(params)[subscriptionKey];
    const named = this.#find(subscription);
    if (named) return { outlet: named.outlet, back: tag(true, 'params', named.names.id) };
    if (method === 'notifications/progress') {
      const about = this.#find(params.progressToken);
      const token = about?.names.progressToken;
      return about && token !== undefined
        ? { outlet: about.outlet, back: [[['params', 'progressToken'], token]] }
        : undefined;
    }
    // Of several requests it could be any; what one of them is shown was not decided for the others.
    const [only, ...others] = [...this.#open.values()].filter(({ long }) => !long);
    return only === undefined || others.length > 0 || subscription !== undefined
      ? undefined
      : { outlet: only.outlet, back: [] };
  }

  #find(id: unknown): Open | undefined {
    return typeof id === 'number' ? this.#open.get(id) : undefined;
  }

  #settle(id: unknown): Open | undefined {
    const open = this.#find(id);
    if (typeof id === 'number') this.#open.delete(id);
    return open;
  }

  /** 2026-07-28: over HTTP a disconnect is the cancel; on stdio it has to be said. */
  #cancel(id: number): void {
    const text = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
    if (this.#connection.takes(text)) this.#connection.send(text).catch(() => {});
  }
}

function tag(tagged: boolean, holder: 'params' | 'result', id: string): [string[], string][] {
  return tagged ? [[[holder, '_meta', subscriptionKey], id]] : [];
}
