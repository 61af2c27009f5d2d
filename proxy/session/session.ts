import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import type { Identity } from '../../engine/policy/types.ts';
import type { Sealer } from './sealer.ts';

/** What a client said of itself. */
export interface ClientInfo {
  name: string | null;
  version: string | null;
}

/** The session a message belongs to: of one caller with one server. */
export interface Session {
  /** The server's own id of it; null where it gave none. */
  readonly upstream: string | null;
  /** The protocol version that was agreed, or asked for where that was not known yet; null where no session says. */
  readonly begunWith: string | null;
  readonly client: ClientInfo;
  /** Names the session among all of one server: its id and whose it is. */
  readonly key: string;
}

/** The id of a session holds these, and has to fit into a header: what is longer counts by its beginning. */
const longestText = 128;
const text = (value: Json | undefined) => (typeof value === 'string' ? value.slice(0, longestText) : null);

const nobody: ClientInfo = { name: null, version: null };

/** The caller among those of all tenants. */
export function principalOf({ tenant, kind, id }: Identity): string {
  return JSON.stringify([tenant, kind === 'anonymous' ? null : id]);
}

/** For messages that name no session: what belongs together is what one caller says to one server. */
export function withoutSession(caller: Identity, client = nobody): Session {
  return { upstream: null, begunWith: null, client, key: principalOf(caller) };
}

/**
 * The id a client gets for a session. It holds the server's id, sealed with whose the session is: nobody else can use it, and
 * no server sees an id that another gave (2025-11-25, "Security Best Practices", session hijacking).
 */
export function sessionId(
  sealer: Sealer,
  server: string,
  caller: Identity,
  upstream: string,
  begunWith: string,
  client: ClientInfo,
): string {
  return sealer.seal('session', [server, principalOf(caller), upstream, text(begunWith), client.name, client.version]);
}

/** Under which what the gateway remembers of a session is found. */
export const sessionKey = (principal: string, upstream: string) => `${principal} ${upstream}`;

/** Reads the session of a message. Throws WRIT_SESSION_ENDED for an id that is not one of this caller with this server. */
export function sessionOf(sealer: Sealer, server: string, caller: Identity, headers: IncomingHttpHeaders): Session {
  const id = headers['mcp-session-id'];
  if (id === undefined) return withoutSession(caller);
  const opened = typeof id === 'string' ? sealer.open('session', id) : undefined;
  if (!Array.isArray(opened)) throw new WritError('WRIT_SESSION_ENDED');
  const [of, principal, upstream, begunWith, name, version] = opened;
  if (of !== server || principal !== principalOf(caller) || typeof upstream !== 'string')
    throw new WritError('WRIT_SESSION_ENDED');
  const client = { name: text(name), version: text(version) };
  return { upstream, begunWith: text(begunWith), client, key: sessionKey(principal, upstream) };
}

/** What a client says of itself, where it does: `clientInfo` of initialize, or of `_meta` in 2026-07-28. */
export function clientInfo(said: Json | undefined): ClientInfo {
  return isObject(said) ? { name: text(said.name), version: text(said.version) } : nobody;
}
