import { randomBytes } from 'node:crypto';
import { asWritError, WritError } from '../../../engine/errors.ts';
import { parse } from '../../../engine/json/parse.ts';
import { modernVersion, versionKey } from '../../mcp/era.ts';
import { type Message, readMessage } from '../../mcp/message.ts';
import type { Sent, Upstream, UpstreamAnswer } from '../types.ts';
import { Outlet } from './outlet.ts';
import { full, Peers } from './peers.ts';
import { metaOf } from './renamed.ts';
import { body, discovered, empty, events, refuse } from './replies.ts';
import { Session } from './session.ts';
import { SharedPeer } from './shared-peer.ts';
import type { DuplexCounts, DuplexLimits, OpenDuplex } from './types.ts';

type Request = Message & { kind: 'request' };

/** Hands what was begun to whoever may break it off. */
type Begun = (abort: () => void) => void;

/**
 * A server that is spoken with over duplexes, as if it spoke Streamable HTTP. In the versions with sessions `initialize`
 * begins one, with a duplex and an id of its own; in the version without, all that one caller asks shares a duplex.
 */
export class DuplexUpstream implements Upstream {
  readonly counts: DuplexCounts = { unreadable: 0, unexpected: 0, unclaimed: 0, unasked: 0 };
  readonly #limits: DuplexLimits;
  readonly #peers: Peers;
  readonly #sessions = new Map<string, { session: Session; caller: string }>();
  readonly #shared = new Map<string, Promise<SharedPeer | typeof full>>();

  constructor(open: OpenDuplex, limits: DuplexLimits) {
    this.#limits = limits;
    this.#peers = new Peers(open, limits);
  }

  post(bytes: Uint8Array | string, headers: Record<string, string>, caller: string, long = false): Sent {
    return sent(async (begun) => {
      const buffer = Buffer.from(bytes);
      const message = read(buffer);
      if (message === undefined) return refuse('unreadable');
      const text = buffer.toString('utf8');
      const params = message.kind === 'response' ? {} : message.params;
      if (headers['mcp-protocol-version'] === modernVersion || metaOf({ ...params })[versionKey] !== undefined)
        return this.#modern(message, text, caller, long, begun);
      if (message.kind === 'request' && message.method === 'initialize')
        return this.#initialize(message, text, caller, begun);
      const session = this.#find(headers, caller);
      if (!(session instanceof Session)) return session;
      if (message.kind === 'request') return answerOf(session.request(message, text, true), message, begun);
      const refusal = await session.tell(message, text);
      return refusal === undefined ? empty(202) : refuse(refusal);
    });
  }

  listen(headers: Record<string, string>, caller: string): Sent {
    return sent(async (begun) => {
      if (headers['mcp-protocol-version'] === modernVersion) return refuse('methodNotAllowed');
      const session = this.#find(headers, caller);
      return session instanceof Session ? answerOf(session.listen(), undefined, begun) : session;
    });
  }

  end(headers: Record<string, string>, caller: string): Sent {
    return sent(async () => {
      if (headers['mcp-protocol-version'] === modernVersion) return refuse('methodNotAllowed');
      const session = this.#find(headers, caller);
      if (!(session instanceof Session)) return session;
      this.#sessions.delete(headers['mcp-session-id'] ?? '');
      void this.#peers.end(session);
      return empty(204);
    });
  }

  close(): Promise<void> {
    return this.#peers.close();
  }

  /** A session is its caller's alone: to others it is as if there were none. */
  #find(headers: Record<string, string>, caller: string): Session | UpstreamAnswer {
    const id = headers['mcp-session-id'];
    if (id === undefined) return refuse('sessionMissing');
    const found = this.#sessions.get(id);
    return found?.caller === caller ? found.session : refuse('sessionUnknown');
  }

  async #initialize(message: Request, text: string, caller: string, begun: Begun): Promise<UpstreamAnswer> {
    const id = randomBytes(16).toString('base64url');
    const session = await this.#peers.begin(
      caller,
      (duplex, onEnded) =>
        new Session(duplex, this.#limits, this.counts, (closed) => {
          this.#sessions.delete(id);
          onEnded(closed);
        }),
    );
    if (session === full) return refuse('full', message.id);
    try {
      const outlet = session.request(message, text, false);
      if (!(outlet instanceof Outlet)) return refuse(outlet, message.id);
      const answer = await onlyAnswer(outlet, begun);
      if (answer.message.error !== undefined) {
        void this.#peers.end(session);
        return body(200, answer.text);
      }
      this.#sessions.set(id, { session, caller });
      return body(200, answer.text, { 'mcp-session-id': id });
    } catch (cause) {
      void this.#peers.end(session);
      throw cause;
    }
  }

  async #modern(message: Message, text: string, caller: string, long: boolean, begun: Begun): Promise<UpstreamAnswer> {
    if (message.kind === 'response') return refuse('noAnswers');
    // 2026-07-28: over HTTP a disconnect is the cancel. Which of several requests of one id this means, nobody knows.
    if (message.kind === 'notification' && message.method === 'notifications/cancelled') return empty(202);
    const id = message.kind === 'request' ? message.id : null;
    const shared = await this.#sharedBy(caller);
    if (shared === full) return refuse('full', id);
    if (message.kind === 'notification') {
      const refusal = await shared.tell(text);
      return refusal === undefined ? empty(202) : refuse(refusal);
    }
    const outlet = shared.request(message, text, long);
    if (message.method !== 'server/discover' || !(outlet instanceof Outlet)) return answerOf(outlet, message, begun);
    const answer = await onlyAnswer(outlet, begun);
    shared.closeIfUseless();
    return discovered(answer.text, answer.message.error?.code);
  }

  /** The duplex of a caller, begun where there is none. */
  #sharedBy(caller: string): Promise<SharedPeer | typeof full> {
    const known = this.#shared.get(caller);
    if (known !== undefined) return known;
    const begun = this.#peers.begin(
      caller,
      (duplex, onEnded) =>
        new SharedPeer(duplex, this.#limits, this.counts, (closed) => {
          forget();
          onEnded(closed);
        }),
    );
    const forget = () => this.#shared.get(caller) === begun && this.#shared.delete(caller);
    this.#shared.set(caller, begun);
    begun.then((shared) => shared === full && forget(), forget);
    return begun;
  }
}

function read(bytes: Uint8Array): Message | undefined {
  try {
    return readMessage(parse(bytes, { direction: 'to-server', maxBytes: bytes.length }));
  } catch {
    return undefined;
  }
}

function answerOf(
  outlet: Outlet | Parameters<typeof refuse>[0],
  request: Request | undefined,
  begun: Begun,
): UpstreamAnswer {
  if (!(outlet instanceof Outlet)) return refuse(outlet, request?.id);
  begun(() => outlet.leave());
  return events(outlet);
}

/** The answer to a request alone; what else its stream holds is of progress, which its client cannot be told. */
async function onlyAnswer(outlet: Outlet, begun: Begun) {
  begun(() => outlet.leave());
  for await (const item of outlet) {
    if (item.kind !== 'event') continue;
    const message = readMessage(parse(Buffer.from(item.data), { direction: 'to-client', maxBytes: Infinity }));
    if (message.kind === 'response') return { message, text: item.data };
  }
  throw new WritError('WRIT_UPSTREAM_UNREACHABLE', 'It did not answer.');
}

/** What is under way, which may be broken off before or after its answer has begun. */
function sent(work: (begun: Begun) => Promise<UpstreamAnswer>): Sent {
  const gone = Promise.withResolvers<never>();
  let aborted = false;
  let leave: () => void = () => {};
  const working = work((abort) => {
    leave = abort;
    if (aborted) abort();
  }).catch((cause: unknown) => {
    throw asWritError(cause, 'WRIT_INTERNAL');
  });
  const answer = Promise.race([working, gone.promise]);
  // Whoever broke it off need not wait for what came of it.
  answer.catch(() => {});
  return {
    answer,
    abort() {
      aborted = true;
      gone.reject(new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The caller went away.'));
      leave();
    },
  };
}
