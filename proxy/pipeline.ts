import { asWritError } from '../engine/errors.ts';
import type { Identity } from '../engine/policy/types.ts';
import { answerServer, decideAnswers } from './call/answer-server.ts';
import { carryBatch } from './call/batch.ts';
import { allows, decide } from './call/decide.ts';
import { type Arrival, describe, describeAnswer, withoutMessage } from './call/describe.ts';
import { forward } from './call/forward.ts';
import { learnTool } from './call/learn.ts';
import type { Verb } from './call/methods.ts';
import { prepare } from './call/prepare.ts';
import { type Received, receive } from './call/receive.ts';
import { type CallRecord, recordDecision } from './call/record.ts';
import { release } from './call/release.ts';
import { hides } from './call/released.ts';
import { hiddenMeta, rememberResumable, resumed, silentFiller } from './call/resumption.ts';
import { turnBack, withTokensKept } from './call/turn-back.ts';
import type { Call, Outgoing } from './call/types.ts';
import type { Exchange } from './exchange.ts';
import { type Receipt, withReceipt } from './mcp/receipt.ts';
import type { CallSpan } from './telemetry/types.ts';
import type { Gateway } from './types.ts';
import type { Server } from './upstream/server.ts';

/**
 * The story of a call. A step that refuses throws a WritError, which the listener answers with its one code and status;
 * docs/lifecycle.md draws the same path. Nothing is sent on before its decision is on disk, and nothing is shown before
 * its outcome is.
 */
export async function carry(gateway: Gateway, server: Server, exchange: Exchange): Promise<void> {
  const caller = await gateway.authenticate(exchange.headers.authorization);
  const received = await receive(gateway, exchange);
  const one = (part: Exchange, member: Received) => carryOne(gateway, server, part, caller, member);
  await (Array.isArray(received) ? carryBatch(gateway, exchange, received, one) : one(exchange, received));
}

/** One message to one server, from a caller who is known. */
export function carryOne(
  gateway: Gateway,
  server: Server,
  exchange: Exchange,
  caller: Identity,
  { message, bytes }: Received,
): Promise<void> {
  return message.kind === 'response'
    ? carryAnswer(gateway, { server, exchange, caller, message, bytes })
    : carryMessage(gateway, { server, exchange, caller, message, bytes });
}

/** What a client says by GET or DELETE: it listens to what its session's server has to say, or ends the session. */
export async function carryVerb(gateway: Gateway, server: Server, exchange: Exchange, verb: Verb): Promise<void> {
  const caller = await gateway.authenticate(exchange.headers.authorization);
  await carryMessage(gateway, { server, exchange, caller, ...withoutMessage(verb) });
}

/** One request or notification of a client. */
export async function carryMessage(gateway: Gateway, arrival: Arrival): Promise<void> {
  const { server, exchange } = arrival;
  const { headers } = exchange;
  const span = gateway.telemetry.begin({ server: server.name, direction: 'to-server', transport: 'tcp', headers });
  try {
    await carryCall(gateway, arrival, span);
    span.ended(null, exchange.gone);
  } catch (cause) {
    span.ended(asWritError(cause, 'WRIT_INTERNAL'), exchange.gone);
    throw cause;
  }
}

async function carryCall(gateway: Gateway, arrival: Arrival, span: CallSpan): Promise<void> {
  const { exchange, message } = arrival;
  if (message.kind === 'request') exchange.requestId = message.id;
  const said = exchange.headers['mcp-protocol-version'];
  span.read(message, typeof said === 'string' ? said : null, gateway.policy());
  await learnTool(gateway, arrival);
  const described = describe(gateway, arrival);
  span.deciding();
  const own = decide(described);
  const asked =
    described.round !== undefined && allows(own) ? await decideAnswers(gateway, described) : { answers: null };
  const ruling = 'refused' in asked ? asked.refused : own;
  span.decided(described.id, ruling);
  const { call, sent, refused } = await turnBack(gateway, described, ruling);
  const preparing = refused ?? prepare(gateway, sent, ruling, 'answers' in asked ? asked.answers : null);
  const next = await withTokensKept(gateway, call, preparing instanceof Promise ? await preparing : preparing);
  const { record, receipt } = await recordDecision(gateway.recorder, call, ruling, next);
  exchange.receipt = receipt;
  if (next.kind === 'fail') throw next.error;
  if (next.kind === 'answer') return exchange.answer(next.reply.status, withReceipt(next.reply.body, receipt));
  await pass(gateway, call, next, record, receipt, exchange, span).catch(async (cause: unknown) => {
    exchange.breakOff();
    const error = asWritError(cause, 'WRIT_INTERNAL');
    await record.ended(error, exchange.gone);
    throw error;
  });
}

/** A client's answer to a request of the server. */
async function carryAnswer(
  gateway: Gateway,
  arrival: Omit<Arrival, 'message'> & { message: Received['message'] & { kind: 'response' } },
): Promise<void> {
  const reply = await answerServer(gateway, describeAnswer(gateway, arrival), arrival.message);
  arrival.exchange.answer(reply?.status ?? 202, reply?.body ?? null);
}

/** Sends the message on and shows what comes back, each message once it may be shown and is on record. */
async function pass(
  gateway: Gateway,
  call: Call,
  outgoing: Outgoing,
  record: CallRecord,
  receipt: Receipt,
  exchange: Exchange,
  span: CallSpan,
): Promise<void> {
  span.masked(outgoing.applied);
  const answer = await forward(gateway, call, outgoing, exchange, span);
  if (answer.streaming) {
    exchange.stream(answer.headers());
    span.streaming();
  }
  const open = { call, decision: outgoing.decision, record };
  // Of a stream that is listened to this may become so while it lasts.
  const hidden = () => hides(call, outgoing.decision);
  let resumable = false;
  for await (const incoming of answer.messages) {
    resumable ||= rememberResumable(open, incoming);
    if ('filler' in incoming) {
      await exchange.pass(hidden() ? silentFiller(gateway, call, incoming.filler) : incoming.filler);
      continue;
    }
    const releasing = release(gateway, open, incoming);
    const released = releasing instanceof Promise ? await releasing : releasing;
    await gateway.tokens.flush(call);
    await record.back(incoming, released);
    if (released.kind === 'shown') span.masked(released.applied);
    span.back(incoming.message, released);
    await resumed(call, incoming)?.record.back({ ...incoming, final: true }, released);
    if (released.kind === 'withheld') answer.decline(incoming.message);
    // The name and id of an event are words of the server too, which no mask looks into.
    else {
      const body = incoming.final ? withReceipt(released.body, receipt, released.value) : released.body;
      if (!answer.streaming) {
        const result = incoming.message.kind === 'response' ? incoming.message.result : undefined;
        return exchange.answer(answer.status, body, answer.headers(result));
      }
      const same = released.body === incoming.raw && !hidden();
      await exchange.send(body, same ? incoming.event : hiddenMeta(gateway, call, incoming.event?.id));
    }
    if (incoming.final) return exchange.answer(answer.status, null);
  }
  // A stream that may be resumed has its outcome when it was; what else comes here awaits no answer.
  if (!resumable) await record.completed();
  exchange.answer(answer.streaming ? 200 : 202, null, answer.headers());
}
