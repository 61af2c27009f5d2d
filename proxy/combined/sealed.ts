import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import type { Identity } from '../../engine/policy/types.ts';
import type { Sealer } from '../session/sealer.ts';
import { type ClientInfo, principalOf } from '../session/session.ts';

/** A server's part in a session of the combined endpoint. */
export interface Membership {
  /** The server's own id of its session; null where it gave none. */
  upstream: string | null;
  /** The protocol version that it agreed to. */
  version: string;
}

/** A session of the combined endpoint: one with each server that was there when it began. */
export interface CombinedSession {
  servers: ReadonlyMap<string, Membership>;
  /** The protocol version that `initialize` asked for. */
  begunWith: string;
  client: ClientInfo;
}

/** The id of a session has to fit into a header: what a client says of itself counts by its beginning. */
const longestText = 128;
const text = (value: Json | undefined) => (typeof value === 'string' ? value : null);
const short = (value: string | null) => value?.slice(0, longestText) ?? null;

/** The id that a client gets: it holds the servers' ids, sealed with whose they are, for this endpoint alone. */
export function sealSession(sealer: Sealer, caller: Identity, session: CombinedSession): string {
  const { servers, begunWith, client } = session;
  const members = [...servers].map(([name, { upstream, version }]) => [name, upstream, version]);
  const said = [short(begunWith), short(client.name), short(client.version)];
  return sealer.seal('combined-session', [principalOf(caller), ...said, members]);
}

/** Undefined for an id that is not one of this caller at this endpoint. */
export function openSession(sealer: Sealer, caller: Identity, id: string): CombinedSession | undefined {
  const opened = sealer.open('combined-session', id);
  if (!Array.isArray(opened) || opened[0] !== principalOf(caller)) return undefined;
  const [, begunWith, name, version, members] = opened;
  if (typeof begunWith !== 'string' || !Array.isArray(members)) return undefined;
  const servers = new Map<string, Membership>();
  for (const member of members) {
    const [server, upstream, agreed] = Array.isArray(member) ? member : [];
    if (typeof server !== 'string' || typeof agreed !== 'string') return undefined;
    servers.set(server, { upstream: text(upstream), version: agreed });
  }
  return { servers, begunWith, client: { name: text(name), version: text(version) } };
}

/** Where a list goes on, in the words of each server that has more of it. */
export function sealCursor(sealer: Sealer, caller: Identity, method: string, cursors: Map<string, string>): string {
  return sealer.seal('combined-cursor', [principalOf(caller), method, Object.fromEntries(cursors)]);
}

/** Undefined for what is not a cursor of this caller in this list. */
export function openCursor(
  sealer: Sealer,
  caller: Identity,
  method: string,
  said: Json,
): Map<string, string> | undefined {
  const opened = typeof said === 'string' ? sealer.open('combined-cursor', said) : undefined;
  const [principal, list, cursors] = Array.isArray(opened) ? opened : [];
  if (principal !== principalOf(caller) || list !== method || !isObject(cursors)) return undefined;
  return new Map(Object.entries(cursors satisfies JsonObject).map(([server, cursor]) => [server, String(cursor)]));
}
