import { WritError } from '../../engine/errors.ts';
import { encodeMirrored, mirroredName } from '../../proxy/mcp/era.ts';
import type { Member } from './envelope.ts';
import type { ParamHeaders } from './param-headers.ts';

/**
 * The headers that repeat a message of the stateless era (2026-07-28, "Request Metadata"). Throws WRIT_MESSAGE_INVALID
 * where version or method cannot stand in a header, which no encoding is defined for.
 */
export function modernHeaders(
  member: Exclude<Member, { kind: 'response' }>,
  version: string,
  params: ParamHeaders,
): Record<string, string> {
  const { method } = member;
  for (const [value, what] of [
    [version, 'The protocol version'],
    [method, 'method'],
  ])
    if (!/^[!-~]+$/.test(value ?? '')) throw new WritError('WRIT_MESSAGE_INVALID', `${what} is not visible ASCII.`);
  const headers: Record<string, string> = { 'mcp-protocol-version': version, 'mcp-method': method };
  const name = member.params[mirroredName.get(method) ?? ''];
  if (typeof name === 'string') headers['mcp-name'] = encodeMirrored(name);
  if (method === 'tools/call') Object.assign(headers, params.of(member.params.name, member.params.arguments));
  return headers;
}
