import type { RequestId } from '../../mcp/message.ts';
import type { UpstreamAnswer } from '../types.ts';
import type { Outlet } from './outlet.ts';

/** JSON-RPC "Invalid Request", and what servers of the official SDK say of a session they do not know. */
const invalidRequest = -32600;
const sessionNotFound = -32001;

/** 2026-07-28, transports: the status of an answer that says no. */
const statusOf = new Map([
  [-32601, 404],
  [-32602, 400],
  [-32020, 400],
  [-32021, 400],
  [-32022, 400],
]);

export const empty = (status: number, headers: Record<string, string> = {}): UpstreamAnswer => ({
  kind: 'body',
  status,
  headers,
  body: new Uint8Array(),
});

export function body(status: number, text: string, headers: Record<string, string> = {}): UpstreamAnswer {
  const all = { 'content-type': 'application/json', ...headers };
  return { kind: 'body', status, headers: all, body: Buffer.from(text) };
}

export function events(outlet: Outlet): UpstreamAnswer {
  return { kind: 'events', status: 200, headers: { 'content-type': 'text/event-stream' }, events: outlet };
}

/** Of `server/discover`: by its status a client of both eras knows that it has to go on with `initialize`. */
export function discovered(text: string, code: unknown): UpstreamAnswer {
  return body(typeof code === 'number' ? (statusOf.get(code) ?? 200) : 200, text);
}

/** Why the adapter itself answers. */
const refusals = {
  unreadable: [400, invalidRequest, 'It is not one JSON-RPC message.'],
  sessionMissing: [400, invalidRequest, 'The Mcp-Session-Id header is missing.'],
  sessionUnknown: [404, sessionNotFound, 'Session not found'],
  inFlight: [400, invalidRequest, 'A request with this id is under way.'],
  noAnswers: [400, invalidRequest, 'In this version of the protocol no request of a server awaits an answer.'],
  methodNotAllowed: [405, invalidRequest, 'Method not allowed.'],
  streamOpen: [409, invalidRequest, 'Too many streams of this session are open.'],
  tooMany: [429, invalidRequest, 'Too many requests of this session are under way.'],
  unread: [503, -32603, 'The server does not read what it was sent before.'],
  full: [503, -32603, 'The server has as many sessions as it may have.'],
} as const;

export type Refusal = keyof typeof refusals;

export function refuse(why: Refusal, id: RequestId | null = null): UpstreamAnswer {
  const [status, code, message] = refusals[why];
  const text = JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
  return body(status, text, status === 503 ? { 'retry-after': '5' } : {});
}
