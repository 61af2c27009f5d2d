import { asWritError } from '../../engine/errors.ts';
import type { Exchange } from '../exchange.ts';
import { failureReply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import { Part } from './part.ts';
import type { Received } from './receive.ts';

/**
 * Carries each message of a batch by itself (2025-03-26, "Batching"). Their answers go back as one array, or on one stream as
 * soon as a server answers one of them by a stream.
 */
export async function carryBatch(
  gateway: Gateway,
  whole: Exchange,
  members: readonly Received[],
  carryOne: (part: Exchange, member: Received) => Promise<void>,
): Promise<void> {
  const bodies: string[] = [];
  let size = 0;
  let taken: Promise<unknown> = Promise.resolve();
  const send = (body: string) => {
    taken = Promise.all([taken, whole.send(body)]);
  };
  const begin = () => {
    if (whole.streaming) return;
    whole.stream({});
    for (const body of bodies.splice(0)) send(body);
  };
  let unheard: { status: number; body: string } | undefined;
  const sink = (awaited: boolean) => ({
    answer(status: number, body: string | Uint8Array | null) {
      const text = body === null ? null : Buffer.from(body).toString('utf8');
      if (text === null) return;
      if (!awaited) unheard = { status, body: text };
      else if (whole.streaming) send(text);
      else {
        size += text.length;
        bodies.push(text);
        // More than one answer may hold is not gathered: the client takes them one by one.
        if (size > gateway.config.gateway.limits.answer_bytes) begin();
      }
    },
    stream: begin,
    send: (body: string | Uint8Array) => whole.send(body),
    // What numbers events of one stream is nothing on another.
    pass: () => undefined,
  });
  const carryPart = async (member: Received) => {
    const part = new Part(whole, member.bytes, sink(member.message.kind === 'request'));
    await carryOne(part, member).catch((cause: unknown) => {
      const error = asWritError(cause, 'WRIT_INTERNAL');
      gateway.failed(error, part.receipt?.call ?? null);
      const { status, body } = failureReply(error, part.requestId, part.receipt);
      part.answer(status, body);
    });
  };
  // One after another: a batch has the place of one call.
  for (const member of members) {
    await carryPart(member);
    await taken;
  }
  if (whole.streaming) return whole.answer(200, null);
  if (bodies.length > 0) return whole.answer(200, `[${bodies.join(',')}]`);
  whole.answer(unheard?.status ?? 202, unheard?.body ?? null);
}
