import { WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { withMember } from '../../engine/json/with-member.ts';
import type { Identity } from '../../engine/policy/types.ts';
import { carryBatch } from '../call/batch.ts';
import { withoutMessage } from '../call/describe.ts';
import { sessionEnd, sessionListen, type Verb } from '../call/methods.ts';
import { type Received, receive } from '../call/receive.ts';
import type { Exchange } from '../exchange.ts';
import type { Asking } from '../mcp/message.ts';
import type { Gateway } from '../types.ts';
import type { Server } from '../upstream/server.ts';
import { type Answered, answered, askAll, failAll } from './ask-all.ts';
import { askOne, unknown } from './ask-one.ts';
import { type Context, contextOf } from './context.ts';
import { routeOf, withParams } from './for-server.ts';
import { carryDiscover, carryInitialize } from './greet.ts';
import { listenAll } from './listen.ts';
import { carryList, isMerged } from './lists.ts';
import { splitId, splitName } from './names.ts';
import { SessionIds } from './session-ids.ts';
import { carrySubscription } from './subscriptions.ts';
import { UnderWay } from './under-way.ts';

type Request = Received & { message: Asking & { kind: 'request' } };
type Notification = Received & { message: Asking & { kind: 'notification' } };

/** Notifications of a client that are for every server of its session. */
const forAll = new Set(['notifications/initialized', 'notifications/roots/list_changed']);

/**
 * All servers at one address, their names before the names of what they offer. Every message is carried to the servers it is for
 * as by their own endpoints, so nothing can be reached here that could not be there, and no server learns of another.
 */
export class CombinedEndpoint {
  readonly #gateway: Gateway;
  readonly #means: Pick<Context, 'serve' | 'underWay' | 'ids'>;

  constructor(gateway: Gateway, serve: Context['serve']) {
    this.#gateway = gateway;
    this.#means = { serve, underWay: new UnderWay(), ids: new SessionIds() };
  }

  /** POST: one message or a batch. */
  async carry(exchange: Exchange): Promise<void> {
    const caller = await this.#gateway.authenticate(exchange.headers.authorization);
    const received = await receive(this.#gateway, exchange);
    const one = (part: Exchange, member: Received) => this.#one(part, caller, member);
    await (Array.isArray(received) ? carryBatch(this.#gateway, exchange, received, one) : one(exchange, received));
  }

  /** GET and DELETE. */
  async carryVerb(exchange: Exchange, verb: Verb): Promise<void> {
    const caller = await this.#gateway.authenticate(exchange.headers.authorization);
    const context = contextOf(this.#gateway, caller, exchange, withoutMessage(verb).message, this.#means);
    await (verb === sessionEnd ? this.#end(context) : this.#listen(context));
  }

  async #one(exchange: Exchange, caller: Identity, received: Received): Promise<void> {
    const { message, bytes } = received;
    if (message.kind === 'request') exchange.requestId = message.id;
    const context = contextOf(this.#gateway, caller, exchange, message, this.#means);
    if (message.kind === 'request') await this.#request(context, { message, bytes });
    else if (message.kind === 'notification') await this.#notification(context, { message, bytes });
    else await this.#answer(context, received);
  }

  async #request(context: Context, received: Request): Promise<void> {
    const { message } = received;
    const { method } = message;
    const route = routeOf(message);
    if (route === null) throw unknown();
    if (route !== undefined) {
      const server = context.servers.get(route.server);
      if (server === undefined) throw unknown();
      const asked = withParams(received, route.params);
      return context.underWay.during(context, message, [server], () =>
        askOne(context, server, asked, { use: route.use }),
      );
    }
    if (method === 'initialize') return carryInitialize(context, received);
    if (method === 'server/discover') return carryDiscover(context, received);
    if (method === 'subscriptions/listen') return carrySubscription(context, received);
    const servers = [...context.servers.values()];
    if (isMerged(method)) return context.underWay.during(context, message, servers, () => carryList(context, received));
    if (method === 'ping' || method === 'logging/setLevel') return this.#everyone(context, received);
    throw new WritError('WRIT_MESSAGE_UNSUPPORTED', 'Its method names no server; use <gateway>/<server>/mcp.');
  }

  /** What needs no more than to be heard: done where one server does it. */
  async #everyone(context: Context, received: Request): Promise<void> {
    const asked = withParams(received, received.message.params);
    const outcomes = await askAll(context, new Map([...context.servers.values()].map((server) => [server, asked])));
    const given: Answered[] = answered(outcomes);
    if (given.length === 0) return failAll(context, outcomes);
    context.whole.answer(200, JSON.stringify({ jsonrpc: '2.0', id: received.message.id, result: {} }));
  }

  async #notification(context: Context, { message, bytes }: Notification): Promise<void> {
    const { method, params, document } = message;
    if (method === 'notifications/progress') {
      const split = splitId(params.progressToken);
      const server = context.servers.get(split?.server ?? '');
      if (split === undefined || server === undefined) throw new WritError('WRIT_ANSWER_UNEXPECTED');
      const own = withMember(params, 'progressToken', split.rest, document.numbers);
      return askOne(context, server, withParams({ message, bytes }, own));
    }
    let servers: Iterable<Server> = context.servers.values();
    // What is said of a request is for whoever has it, and for nobody else to read.
    if (method === 'notifications/cancelled') servers = context.underWay.serversOf(context, params.requestId);
    else if (!forAll.has(method))
      throw new WritError('WRIT_MESSAGE_UNSUPPORTED', 'Its method names no server; use <gateway>/<server>/mcp.');
    const asked = new Map([...servers].map((server) => [server, { message, bytes }]));
    const outcomes = await askAll(context, asked);
    const taken = outcomes.some(({ error, status }) => error === null && status < 300);
    if (taken || outcomes.length === 0) context.whole.answer(202, null);
    else failAll(context, outcomes);
  }

  /** An answer goes to the server that asked, under the very id it gave; no other request of it awaits one. */
  async #answer(context: Context, { message }: Received): Promise<void> {
    const split = message.kind === 'response' ? splitId(message.id) : undefined;
    const server = context.servers.get(split?.server ?? '');
    if (message.kind !== 'response' || split === undefined || server === undefined)
      throw new WritError('WRIT_ANSWER_UNEXPECTED');
    const { value, numbers } = message.document;
    const own = { value: withMember(Object(value), 'id', split.rest, numbers), numbers };
    const bytes = Buffer.from(serialize(own));
    await askOne(context, server, { message: { ...message, id: split.rest, document: own }, bytes });
  }

  async #end(context: Context): Promise<void> {
    if (context.session === null) throw new WritError('WRIT_PARAMS_INVALID', 'Mcp-Session-Id must name a session.');
    const asked = new Map([...context.servers.values()].map((server) => [server, sessionEnd] as const));
    const outcomes = await askAll(context, asked, false);
    if (outcomes.length > 0 && outcomes.every(({ error, status }) => error !== null || status >= 300))
      return failAll(context, outcomes);
    context.whole.answer(200, null);
  }

  /** What servers say of their own accord; or, with the id of an event of a call, what its server has said since. */
  async #listen(context: Context): Promise<void> {
    const last = context.whole.headers['last-event-id'];
    if (typeof last === 'string') {
      const split = splitName(last);
      const server = context.servers.get(split?.server ?? '');
      if (split === undefined || server === undefined)
        throw new WritError('WRIT_PARAMS_INVALID', 'Last-Event-ID is not of this session.');
      return askOne(context, server, sessionListen, { headers: { 'last-event-id': split.rest } });
    }
    const asked = new Map([...context.servers.values()].map((server) => [server, sessionListen] as const));
    const { whole } = context;
    await listenAll(context, asked, {
      begun: () => void (whole.streaming || whole.stream({})),
      heard: (server, message) => context.underWay.maySay(context, server, message),
      ended: () => {},
    });
  }
}
