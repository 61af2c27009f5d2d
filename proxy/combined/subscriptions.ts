import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import type { Received } from '../call/receive.ts';
import type { Asking, Message } from '../mcp/message.ts';
import type { Server } from '../upstream/server.ts';
import type { Context } from './context.ts';
import { withParams } from './for-server.ts';
import { type Hearing, listenAll } from './listen.ts';
import { joinUri, splitUri } from './names.ts';

type Request = Received & { message: Asking & { kind: 'request' } };

const subscriptionKey = 'io.modelcontextprotocol/subscriptionId';
/** A server that says nothing must not keep the others from being heard. */
const mostPatienceMs = 2_000;
const kinds = ['toolsListChanged', 'promptsListChanged', 'resourcesListChanged'];

/** The message for one server: of the resources, its own. */
function ofServer(received: Request, server: Server): Received {
  const { params, document } = received.message;
  const { numbers } = document;
  const { notifications } = params;
  if (!isObject(notifications)) return withParams(received, params);
  const uris = notifications.resourceSubscriptions;
  let own: JsonObject = notifications;
  if (Array.isArray(uris)) {
    const split = uris.flatMap((uri) => (typeof uri === 'string' ? (splitUri(uri) ?? []) : []));
    const mine = split.filter((each) => each.server === server.name).map(({ rest }) => rest);
    own = withMember(notifications, 'resourceSubscriptions', mine, numbers);
  }
  return withParams(received, withMember(params, 'notifications', own, numbers));
}

/** What servers agreed to, together, in one acknowledgement ahead of everything else (2026-07-28, "Subscriptions"). */
class Acknowledgement implements Hearing {
  readonly #context: Context;
  readonly #id: Json;
  readonly #awaited: Set<Server>;
  readonly #agreed = new Map<Server, JsonObject>();
  readonly #sent = Promise.withResolvers<void>();
  #patience = true;
  #done = false;

  constructor(context: Context, id: Json, servers: Iterable<Server>) {
    this.#context = context;
    this.#id = id;
    this.#awaited = new Set(servers);
    setTimeout(() => {
      this.#patience = false;
      this.#settle();
    }, mostPatienceMs).unref();
  }

  begun(): void {}

  async heard(server: Server, message: Message): Promise<boolean> {
    const told = message.kind === 'notification' ? message.method : '';
    if (told === 'notifications/subscriptions/acknowledged' && message.kind === 'notification') {
      const { notifications } = message.params;
      if (!this.#agreed.has(server)) this.#agreed.set(server, isObject(notifications) ? notifications : {});
      this.ended(server);
      return false;
    }
    // One server that ends a subscription ends its own part of this one.
    if (told === 'notifications/cancelled') return false;
    // Whoever speaks without having agreed has not agreed to anything: its acknowledgement is behind what waits here.
    if (!this.#agreed.has(server)) this.#agreed.set(server, {});
    this.ended(server);
    await this.#sent.promise;
    return true;
  }

  ended(server: Server): void {
    this.#awaited.delete(server);
    this.#settle();
  }

  #settle(): void {
    if (this.#done || (this.#patience && this.#awaited.size > 0)) return;
    if (this.#agreed.size > 0) {
      this.#done = true;
      const { whole } = this.#context;
      const params = { _meta: { [subscriptionKey]: this.#id }, notifications: this.#all() };
      const method = 'notifications/subscriptions/acknowledged';
      if (!whole.streaming) whole.stream({});
      void whole.send(JSON.stringify({ jsonrpc: '2.0', method, params }));
    }
    if (this.#done) this.#sent.resolve();
  }

  #all(): JsonObject {
    const agreed = [...this.#agreed];
    const all: JsonObject = {};
    for (const kind of kinds) if (agreed.some(([, own]) => own[kind] === true)) all[kind] = true;
    const uris = agreed.flatMap(([server, { resourceSubscriptions }]) =>
      Array.isArray(resourceSubscriptions)
        ? resourceSubscriptions.flatMap((uri) => (typeof uri === 'string' ? [joinUri(server.name, uri)] : []))
        : [],
    );
    if (uris.length > 0) all.resourceSubscriptions = uris;
    return all;
  }
}

/** 2026-07-28: listens to every server that speaks it, each for what is its own. */
export async function carrySubscription(context: Context, received: Request): Promise<void> {
  const { id } = received.message;
  const servers = [...context.servers.values()];
  const asked = new Map(servers.map((server) => [server, ofServer(received, server)]));
  const result = { resultType: 'complete', _meta: { [subscriptionKey]: id } };
  const last = JSON.stringify({ jsonrpc: '2.0', id, result });
  await listenAll(context, asked, new Acknowledgement(context, id, servers), last);
}
