import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../../engine/policy/types.ts';
import { type Era, mirroredName } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';
import type { Sealer } from '../session/sealer.ts';
import { sessionId } from '../session/session.ts';
import type { CombinedSession } from './sealed.ts';

/** 2026-07-28, "Value Encoding": what is not plain visible ASCII, or would be taken for an encoding, travels in base64. */
function encodeMirrored(value: string): string {
  const plain = /^[!-~](?:[ -~]*[!-~])?$/.test(value) && !/^=\?base64\?.*\?=$/i.test(value);
  return plain ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`;
}

/**
 * The headers of a message as one server's endpoint would have got them: the session is that with the server, in the version
 * that it agreed to, and what repeats the name of the body says the name of the server's own. Arguments are the same, so what
 * repeats them stays.
 */
export function partHeaders(
  sealer: Sealer,
  caller: Identity,
  whole: IncomingHttpHeaders,
  { era, session, server }: { era: Era; session: CombinedSession | null; server: string },
  message?: Asking,
): IncomingHttpHeaders {
  const { 'mcp-session-id': _, 'last-event-id': __, 'mcp-name': name, ...headers } = whole;
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
  return { ...headers, 'mcp-session-id': sessionId(sealer, server, caller, upstream, begunWith, client) };
}
