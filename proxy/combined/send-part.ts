import type { IncomingHttpHeaders } from 'node:http';
import { asWritError, type WritError } from '../../engine/errors.ts';
import { withoutMessage } from '../call/describe.ts';
import type { Verb } from '../call/methods.ts';
import { Part, type PartSink } from '../call/part.ts';
import type { Received } from '../call/receive.ts';
import { carryOne } from '../pipeline.ts';
import type { Server } from '../upstream/server.ts';
import type { Context } from './context.ts';
import { partHeaders } from './part-headers.ts';

/** A part that goes to one server, among whose calls it counts until it is found to be a stream that lasts. */
class ServerPart extends Part {
  readonly #leave: () => void;

  constructor(context: Context, bytes: Uint8Array, sink: PartSink, headers: IncomingHttpHeaders, leave: () => void) {
    super(context.whole, bytes, sink, headers);
    this.#leave = leave;
  }

  override lasts(): void {
    this.#leave();
    super.lasts();
  }
}

/**
 * Carries a message to one server just as that server's own endpoint would: decided, masked and recorded as its. Never rejects;
 * the part says where it is on record, whatever came of it.
 */
export async function sendPart(
  context: Context,
  server: Server,
  asked: Received | Verb,
  sink: PartSink,
  { headers: more = {}, opened }: { headers?: IncomingHttpHeaders; opened?: (part: Part) => void } = {},
): Promise<{ part: Part | null; error: WritError | null }> {
  const received = typeof asked === 'string' ? withoutMessage(asked) : asked;
  const { gateway, caller } = context;
  const message = received.message.kind === 'response' ? undefined : received.message;
  let part: Part | null = null;
  let leave = () => {};
  try {
    leave = context.serve(server);
    const headers = { ...partHeaders(context, server.name, message), ...more };
    part = new ServerPart(context, received.bytes, sink, headers, leave);
    opened?.(part);
    await carryOne(gateway, server, part, caller, received);
    return { part, error: null };
  } catch (cause) {
    return { part, error: asWritError(cause, 'WRIT_INTERNAL') };
  } finally {
    leave();
  }
}
