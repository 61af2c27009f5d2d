import { isObject } from '../../engine/json/types.ts';
import type { UpstreamAnswer } from '../../proxy/upstream/types.ts';
import { type Asked, type Member, readEnvelope } from './envelope.ts';
import { toPost } from './link.ts';
import { modernHeaders } from './modern-headers.ts';
import type { Party } from './party.ts';

const mostPages = 100;

/** Asks for the list of tools in the name of a call, whose `_meta` says which client asks. */
export async function learnTools(party: Party, version: string, call: Asked | undefined, signal: AbortSignal) {
  if (call?.method !== 'tools/call') return;
  const { _meta: meta } = call.params;
  // Of the call's own: a progress token would name a request that is not there.
  const own = isObject(meta) ? Object.entries(meta).filter(([key]) => key.startsWith('io.modelcontextprotocol/')) : [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const params = { _meta: Object.fromEntries(own), ...(cursor !== undefined && { cursor }) };
    const request: Asked = { kind: 'request', id: '"writ-tools"', method: 'tools/list', params };
    const headers = { ...toPost, ...modernHeaders(request, version, party.params) };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 'writ-tools', method: request.method, params });
    const result = await resultIn(await party.link.request({ method: 'POST', headers, body }, signal));
    party.params.learn(result);
    if (!isObject(result) || typeof result.nextCursor !== 'string') return;
    cursor = result.nextCursor;
  }
}

async function resultIn(answer: UpstreamAnswer) {
  if (answer.kind === 'body') return answer.status < 300 ? resultOf(answer.body) : undefined;
  for await (const item of answer.events) {
    const result = item.kind === 'event' && item.data !== '' ? resultOf(Buffer.from(item.data)) : undefined;
    if (result !== undefined) return result;
  }
  return undefined;
}

function resultOf(body: Uint8Array) {
  const response = readEnvelope(body).members.find(
    (member): member is Extract<Member, { kind: 'response' }> => member.kind === 'response',
  );
  return response?.result;
}
