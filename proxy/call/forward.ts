import { WritError } from '../../engine/errors.ts';
import { parse } from '../../engine/json/parse.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import type { Exchange } from '../exchange.ts';
import { type Message, readMessage } from '../mcp/message.ts';
import { serverRequestRefusal } from '../mcp/replies.ts';
import { principalOf, sessionId, sessionKey } from '../session/session.ts';
import { carryTrace } from '../telemetry/carry-trace.ts';
import type { CallSpan } from '../telemetry/types.ts';
import type { Gateway } from '../types.ts';
import type { Sent, UpstreamAnswer } from '../upstream/types.ts';
import { endToEnd } from './headers.ts';
import type { Filler, Incoming } from './incoming.ts';
import { sessionEnd, sessionListen, withoutEnd } from './methods.ts';
import { hides } from './released.ts';
import type { Call, Outgoing } from './types.ts';

/** What a server sent back for one call. */
export interface Answer {
  status: number;
  /** What goes with it; `result` is that of the answer, where it is known by then. */
  headers(result?: Json): Record<string, string>;
  streaming: boolean;
  /** Ends after the answer to the request. For a notification nothing comes. */
  messages: AsyncIterable<Incoming | Filler>;
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
  // What was sent before on another stream of the session comes here when that is resumed.
  if (call.message.method === sessionListen) return false;
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

async function* fromEvents(call: Call, answer: UpstreamAnswer & { kind: 'events' }): AsyncGenerator<Incoming | Filler> {
  const { message: asked, era } = call;
  let resumes = false;
  for await (const item of answer.events) {
    resumes ||= era === 'legacy' && item.kind === 'event' && item.id !== undefined;
    if (item.kind !== 'event' || item.data === '') {
      yield { filler: item };
      continue;
    }
    const { data, id, event } = item;
    const message = read(call, Buffer.from(data));
    const final = isAnswer(call, message);
    yield { message, raw: data, final, event: { id, event } };
    if (final) return;
  }
  // 2025-11-25: a server may close a stream that can be resumed, and answer on another.
  if (asked.kind === 'request' && !withoutEnd.has(asked.method) && !resumes)
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
    const body = serverRequestRefusal(message.id, 'WRIT_MESSAGE_UNSUPPORTED');
    const refusal = call.server.upstream.post(body, call.headers, principalOf(call.caller));
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
  const { method } = call.message;
  if (status === 405 && (method === sessionListen || method === sessionEnd))
    throw new WritError('WRIT_METHOD_NOT_ALLOWED');
  // 2025-11-25, "Session Management": by this a client knows to initialize again.
  if (status === 404 && call.session.upstream !== null) {
    call.server.conversations.forget(call.session.key);
    throw new WritError('WRIT_SESSION_ENDED');
  }
  if (call.message.kind === 'request' && (status === 400 || status === 404 || status === 429)) return status;
  // The same: by this a server that has sessions refuses what names none.
  if (status === 400 && call.era === 'legacy' && call.session.upstream === null)
    throw new WritError('WRIT_SESSION_MISSING');
  if (status === 503) throw new WritError('WRIT_UPSTREAM_UNREACHABLE', `${call.server.name} has too much in hand.`);
  throw new WritError('WRIT_UPSTREAM_INVALID', `${call.server.name} answered with HTTP status ${status}.`);
}

function send({ server, message, headers, caller }: Call, { body }: Outgoing): Sent {
  const principal = principalOf(caller);
  if (message.method === sessionListen) return server.upstream.listen(headers, principal);
  if (message.method === sessionEnd) return server.upstream.end(headers, principal);
  return server.upstream.post(body, headers, principal, withoutEnd.has(message.method));
}

/** The id of a session that the server began, as the client gets it. */
function begunSession(gateway: Gateway, call: Call, answer: UpstreamAnswer, result?: Json): Record<string, string> {
  const id = call.message.method === 'initialize' ? answer.headers['mcp-session-id'] : undefined;
  // 2025-11-25, "Session Management": an id is visible ASCII, so that it comes back as it was given.
  if (typeof id !== 'string' || !/^[!-~]{1,1024}$/.test(id)) return {};
  // On a stream these headers leave before the version is agreed.
  const agreed = isObject(result) ? result.protocolVersion : undefined;
  const begunWith = String(agreed ?? call.message.params.protocolVersion);
  // Begun here, so that nothing was hidden in it yet.
  call.server.conversations.of(sessionKey(principalOf(call.caller), id));
  const sealed = sessionId(gateway.sealer, call.server.name, call.caller, id, begunWith, call.session.client);
  return { 'mcp-session-id': sealed };
}

/** Sends the message on; the caller going away aborts it. Rejects with WRIT_UPSTREAM_UNREACHABLE or _INVALID. */
export async function forward(
  gateway: Gateway,
  call: Call,
  outgoing: Outgoing,
  exchange: Exchange,
  span: CallSpan,
): Promise<Answer> {
  if (call.message.method === sessionListen || withoutEnd.has(call.message.method)) exchange.lasts();
  if (call.era === 'legacy' && call.message.kind === 'request' && hides(call, outgoing.decision))
    call.server.conversations.of(call.session.key).hidden = true;
  const { body, headers } = carryTrace({
    body: outgoing.body,
    headers: outgoing.headers,
    message: call.message,
    from: endToEnd(exchange.headers),
    traceparent: span.sending(call.server.peer),
    baggage: gateway.config.telemetry?.baggage ?? 'drop',
  });
  const sent = send({ ...call, headers }, { ...outgoing, body });
  exchange.onGone(sent.abort);
  const answer = await sent.answer;
  const status = passedStatus(call, answer);
  // What was open in it is nobody's any more.
  if (call.message.method === sessionEnd) call.server.conversations.forget(call.session.key);
  if (call.message.method === sessionListen && answer.kind === 'body')
    throw new WritError('WRIT_UPSTREAM_INVALID', `${call.server.name} answered GET with something that is no stream.`);
  return {
    status,
    headers: (result) => begunSession(gateway, call, answer, result),
    streaming: answer.kind === 'events',
    messages: answer.kind === 'events' ? fromEvents(call, answer) : fromBody(call, answer),
    decline: decliner(call),
  };
}
