import type { IncomingHttpHeaders } from 'node:http';
import { encodeMirrored, mirroredName } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';
import { sessionId } from '../session/session.ts';
import type { Context } from './context.ts';

type Parted = Pick<Context, 'caller' | 'era' | 'session' | 'ids'> & {
  gateway: Pick<Context['gateway'], 'sealer'>;
  whole: Pick<Context['whole'], 'headers'>;
};

/**
 * The headers of a message as one server's endpoint would have got them: the session is that with the server, in the version
 * that it agreed to, and what repeats the name of the body says the name of the server's own. Arguments are the same, so what
 * repeats them stays.
 */
export function partHeaders(
  { gateway, caller, whole, era, session, ids }: Parted,
  server: string,
  message?: Asking,
): IncomingHttpHeaders {
  const { 'mcp-session-id': id, 'last-event-id': _, 'mcp-name': name, ...headers } = whole.headers;
  if (name !== undefined && message !== undefined) {
    const said = message.params[mirroredName.get(message.method) ?? ''];
    headers['mcp-name'] = typeof said === 'string' ? encodeMirrored(said) : name;
  }
  const member = session?.servers.get(server);
  if (era === 'modern' || session === null || member === undefined) return headers;
  const { upstream, version } = member;
  if (headers['mcp-protocol-version'] !== undefined) headers['mcp-protocol-version'] = version;
  if (upstream === null) return headers;
  const { begunWith, client } = session;
  const seal = () => sessionId(gateway.sealer, server, caller, upstream, begunWith, client);
  return { ...headers, 'mcp-session-id': ids.of(String(id), server, seal) };
}
