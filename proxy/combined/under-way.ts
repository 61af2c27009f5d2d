import { isObject, type Json } from '../../engine/json/types.ts';
import type { Asking, Message } from '../mcp/message.ts';
import { principalOf } from '../session/session.ts';
import type { Server } from '../upstream/server.ts';
import type { Context } from './context.ts';

/** Tells ids and tokens apart, by type too, among those of all sessions. */
const keyOf = ({ caller, whole }: Context, of: 'id' | 'token', value: Json | undefined) =>
  JSON.stringify([principalOf(caller), whole.headers['mcp-session-id'] ?? null, of, value ?? null]);

/** Which servers have which requests of which session, while they have them. */
export class UnderWay {
  readonly #servers = new Map<string, readonly Server[]>();

  async during(
    context: Context,
    { id, params: { _meta } }: Asking & { kind: 'request' },
    servers: readonly Server[],
    work: () => Promise<void>,
  ): Promise<void> {
    const token = isObject(_meta) ? _meta.progressToken : undefined;
    const keys = [keyOf(context, 'id', id), ...(token === undefined ? [] : [keyOf(context, 'token', token)])];
    // An id is used once in a session, and so is a token (2025-11-25). Of two at once, the first is meant.
    const mine = keys.filter((key) => !this.#servers.has(key));
    for (const key of mine) this.#servers.set(key, servers);
    try {
      await work();
    } finally {
      for (const key of mine) this.#servers.delete(key);
    }
  }

  /** The servers that have a request; none where it is answered, or was never asked. */
  serversOf(context: Context, id: Json | undefined): readonly Server[] {
    return this.#servers.get(keyOf(context, 'id', id)) ?? [];
  }

  /** Whether a server may say this: how far a request has come is for the server to say that has it. */
  maySay(context: Context, server: Server, message: Message): boolean {
    if (message.kind !== 'notification' || message.method !== 'notifications/progress') return true;
    return this.#servers.get(keyOf(context, 'token', message.params.progressToken))?.includes(server) ?? false;
  }
}
