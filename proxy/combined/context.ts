import { WritError } from '../../engine/errors.ts';
import type { Identity } from '../../engine/policy/types.ts';
import type { Exchange } from '../exchange.ts';
import { type Era, eraOf } from '../mcp/era.ts';
import type { Asking, Message } from '../mcp/message.ts';
import type { Gateway } from '../types.ts';
import type { Server } from '../upstream/server.ts';
import { type CombinedSession, openSession } from './sealed.ts';
import type { SessionIds } from './session-ids.ts';
import type { UnderWay } from './under-way.ts';

/** One message at the combined endpoint: who sends it, in which session, and which servers it could be for. */
export interface Context {
  gateway: Gateway;
  caller: Identity;
  /** The way back, for all that the message is made into. */
  whole: Exchange;
  era: Era;
  session: CombinedSession | null;
  /** Those of the session; all, where there is none. */
  servers: ReadonlyMap<string, Server>;
  underWay: UnderWay;
  ids: SessionIds;
  /** Takes a place at one server; what it returns gives it back. Throws WRIT_OVERLOADED. */
  serve(server: Server): () => void;
}

/** An answer of a client asks for nothing; it is looked at as what tells nothing of its own. */
function asking(message: Message): Asking {
  if (message.kind !== 'response') return message;
  return { kind: 'notification', method: 'response', params: {}, document: message.document };
}

/**
 * What is known of a message before anyone asks which server it is for. Headers are held against the message as it came. Throws
 * WRIT_SESSION_ENDED for an id that is not one of this caller at this endpoint, and what `eraOf` does.
 */
export function contextOf(
  gateway: Gateway,
  caller: Identity,
  whole: Exchange,
  message: Message,
  means: Pick<Context, 'serve' | 'underWay' | 'ids'>,
): Context {
  const asked = asking(message);
  const era = eraOf(asked, whole.headers);
  const all = { gateway, caller, whole, era, session: null, servers: gateway.servers, ...means };
  const id = whole.headers['mcp-session-id'];
  // 2026-07-28 has no sessions: an id there is nobody's. 2025-11-25: initialize begins one.
  if (id === undefined || era === 'modern' || asked.method === 'initialize') return all;
  const session = typeof id === 'string' ? openSession(gateway.sealer, caller, id) : undefined;
  if (session === undefined) throw new WritError('WRIT_SESSION_ENDED');
  const servers = new Map([...gateway.servers].filter(([name]) => session.servers.has(name)));
  return { ...all, session, servers };
}
