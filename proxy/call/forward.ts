import { WritError } from '../../engine/errors.ts';
import { parse } from '../../engine/json/parse.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Message, readMessage } from '../mcp/message.ts';
import { serverRequestRefusal } from '../mcp/replies.ts';
import type { Sent, UpstreamAnswer } from '../upstream/upstream.ts';
import type { Call, Outgoing } from './types.ts';

/** One message that came back, and how to send it on as it came. */
export interface Incoming {
  message: Message;
  /** The very bytes, for a message that is not changed. */
  raw: Uint8Array | string;
  /** True for the answer to the request: nothing comes after it. */
  final: boolean;
  event?: { id: string | undefined; event: string | undefined };
}

/** What a server sent back for one call. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  streaming: boolean;
  /** Ends after the answer to the request. For a notification nothing comes. */
  messages: AsyncIterable<Incoming>;
  /** Tells the server that a request of its own is not passed on, so that it does not wait for an answer. */
  decline(message: Message): void;
}

function read(call: Call, raw: Uint8Array): Message {
  try {
    // Its size was bounded as it came in.
    return readMessage(parse(raw, { direction: 'to-client', maxBytes: raw.length }));
  } catch (cause) {
    const what = `${call.server.name} sent something that is not one JSON-RPC message.`;
    throw new WritError('WRIT_UPSTREAM_INVALID', what, { cause });
  }
}

/** Correlated by HTTP exchange; an answer to another id would be the answer to another caller. */
function isAnswer(call: Call, message: Message): boolean {
  if (message.kind !== 'response') return false;
  const id = call.message.kind === 'request' ? call.message.id : null;
  if (message.id === id || (message.id === null && message.error !== undefined)) return true;
  throw new WritError('WRIT_UPSTREAM_INVALID', `${call.server.name} answered a request that was not asked.`);
}

async function* fromBody(call: Call, answer: UpstreamAnswer & { kind: 'body' }): AsyncGenerator<Incoming> {
  if (call.message.kind === 'notification') return;
  const message = read(call, answer.body);
  if (!isAnswer(call, message)) throw new WritError('WRIT_UPSTREAM_INVALID', 'It sent no answer to the request.');
  yield { message, raw: answer.body, final: true };
}

async function* fromEvents(call: Call, answer: UpstreamAnswer & { kind: 'events' }): AsyncGenerator<Incoming> {
  for await (const { data, id, event } of answer.events) {
    const message = read(call, Buffer.from(data));
    const final = isAnswer(call, message);
    yield { message, raw: data, final, event: { id, event } };
    if (final) return;
  }
  if (call.message.kind === 'request')
    throw new WritError('WRIT_UPSTREAM_INVALID', `${call.server.name} ended its stream before it answered.`);
}

/** Refusals that a server may leave unanswered while it asks for more. */
const mostRefusals = 16;

/** Nobody waits for what the server says to a refusal, and a server that is gone needs no telling. */
function decliner(call: Call): (message: Message) => void {
  let open = 0;
  return (message) => {
    if (message.kind !== 'request') return;
    if (open === mostRefusals)
      throw new WritError('WRIT_UPSTREAM_INVALID', `${call.server.name} asks and does not listen.`);
    open++;
    const refusal = call.server.upstream.post(
      serverRequestRefusal(message.id, 'WRIT_MESSAGE_UNSUPPORTED'),
      call.headers,
    );
    const done = (answer?: UpstreamAnswer) => {
      open--;
      if (answer?.kind === 'events') refusal.abort();
    };
    refusal.answer.then(done, () => done());
  };
}

/** Statuses an MCP client acts on pass; 401 and 403 were said to the gateway, and no caller can answer them. */
function passedStatus(call: Call, { status }: UpstreamAnswer): number {
  if (status < 300) return status;
  // 2025-11-25, "Session Management": by this a client knows to initialize again.
  if (status === 404 && call.headers['mcp-session-id'] !== undefined) throw new WritError('WRIT_SESSION_ENDED');
  if (call.message.kind === 'request' && (status === 400 || status === 404 || status === 429)) return status;
  throw new WritError('WRIT_UPSTREAM_INVALID', `${call.server.name} answered with HTTP status ${status}.`);
}

/** Sends the message on; the caller going away aborts it. Rejects with WRIT_UPSTREAM_UNREACHABLE or _INVALID. */
export async function forward(call: Call, outgoing: Outgoing, exchange: Exchange): Promise<Answer> {
  const sent: Sent = call.server.upstream.post(outgoing.body, call.headers);
  exchange.onGone(sent.abort);
  const answer = await sent.answer;
  // 2026-07-28 has no sessions: an id there is not for anyone to keep.
  const session = call.era === 'legacy' ? answer.headers['mcp-session-id'] : undefined;
  return {
    status: passedStatus(call, answer),
    // 2025-11-25, "Session Management": an id is visible ASCII, so that it comes back as it was given.
    headers: typeof session === 'string' && /^[!-~]+$/.test(session) ? { 'mcp-session-id': session } : {},
    streaming: answer.kind === 'events',
    messages: answer.kind === 'events' ? fromEvents(call, answer) : fromBody(call, answer),
    decline: decliner(call),
  };
}
