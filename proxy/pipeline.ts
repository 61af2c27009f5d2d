import { asWritError } from '../engine/errors.ts';
import { decide } from './call/decide.ts';
import { describe } from './call/describe.ts';
import { forward } from './call/forward.ts';
import { prepare } from './call/prepare.ts';
import { receive } from './call/receive.ts';
import { type CallRecord, recordDecision } from './call/record.ts';
import { release } from './call/release.ts';
import type { Call, Outgoing } from './call/types.ts';
import type { Exchange } from './http/exchange.ts';
import { type Receipt, withReceipt } from './mcp/receipt.ts';
import type { Gateway } from './types.ts';
import type { Server } from './upstream/server.ts';

/**
 * The story of a call. A step that refuses throws a WritError, which the listener answers with its one code and status;
 * docs/lifecycle.md draws the same path. Nothing is sent on before its decision is on disk, and nothing is shown before
 * its outcome is.
 */
export async function carry(gateway: Gateway, server: Server, exchange: Exchange): Promise<void> {
  const caller = await gateway.authenticate(exchange.headers.authorization);
  const { message, bytes } = await receive(gateway, exchange);
  const call = describe(gateway, server, exchange, caller, message, bytes);
  const ruling = decide(call);
  const next = prepare(gateway, call, ruling);
  const { record, receipt } = await recordDecision(gateway.recorder, call, ruling, next);
  exchange.receipt = receipt;
  if (next.kind === 'fail') throw next.error;
  if (next.kind === 'answer') return exchange.answer(next.reply.status, withReceipt(next.reply.body, receipt));
  await pass(gateway, call, next, record, receipt, exchange).catch(async (cause: unknown) => {
    exchange.breakOff();
    const error = asWritError(cause, 'WRIT_INTERNAL');
    await record.ended(error, exchange.gone);
    throw error;
  });
}

/** Sends the message on and shows what comes back, each message once it may be shown and is on record. */
async function pass(
  gateway: Gateway,
  call: Call,
  outgoing: Outgoing,
  record: CallRecord,
  receipt: Receipt,
  exchange: Exchange,
): Promise<void> {
  const answer = await forward(call, outgoing, exchange);
  if (answer.streaming) exchange.stream(answer.headers);
  for await (const incoming of answer.messages) {
    const released = release(gateway, call, outgoing.decision, incoming);
    await record.back(incoming, released);
    if (released.kind === 'withheld') answer.decline(incoming.message);
    // The name and id of an event are words of the server too, which no mask looks into.
    else {
      const body = incoming.final ? withReceipt(released.body, receipt, released.value) : released.body;
      if (!answer.streaming) return exchange.answer(answer.status, body, answer.headers);
      await exchange.send(body, released.body === incoming.raw ? incoming.event : {});
    }
    if (incoming.final) return exchange.answer(answer.status, null);
  }
  // Only a notification comes here: it is answered by having been taken.
  await record.completed();
  exchange.answer(202, null, answer.headers);
}
