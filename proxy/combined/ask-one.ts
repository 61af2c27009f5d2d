import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import { parse } from '../../engine/json/parse.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json, type JsonDocument } from '../../engine/json/types.ts';
import { prospective } from '../../engine/policy/listing.ts';
import { describe } from '../call/describe.ts';
import type { Verb } from '../call/methods.ts';
import { Part, type PartSink } from '../call/part.ts';
import type { Received } from '../call/receive.ts';
import { readMessage } from '../mcp/message.ts';
import { failureReply } from '../mcp/replies.ts';
import type { Server } from '../upstream/server.ts';
import type { Context } from './context.ts';
import { forClient } from './for-client.ts';
import type { Use } from './for-server.ts';
import { joinName } from './names.ts';
import { partHeaders } from './part-headers.ts';
import { sendPart } from './send-part.ts';

const decisionKey = 'writ/decision';

/** Reads what a part was answered with, which the gateway has read or written before. */
export function read(body: string | Uint8Array): JsonDocument {
  const bytes = Buffer.from(body);
  return parse(bytes, { direction: 'to-client', maxBytes: bytes.length });
}

/** What one server's endpoint says, as this one says it. */
function named(server: Server, body: string | Uint8Array, document = read(body)): string | Uint8Array {
  const changed = forClient(server.name, document);
  return changed === document ? body : serialize(changed);
}

/** Whether policy answered, and refused for good. No server can say so: names that begin with `writ/` are taken from it. */
function isDenial({ value }: JsonDocument): boolean {
  if (!isObject(value)) return false;
  const { result, error } = value;
  const holder: Json | undefined = isObject(error) ? error.data : isObject(result) ? result._meta : undefined;
  const told = isObject(holder) ? holder[decisionKey] : undefined;
  return isObject(told) && told.effect === 'deny';
}

/** Whether the caller would not be shown what is named here in any list: then it is as unknown as what does not exist. */
function isHidden(context: Context, server: Server, { method, params }: Use, { message }: Received): boolean {
  if (message.kind === 'response') return false;
  const { gateway, caller, whole } = context;
  const own = Object.entries(partHeaders(context, server.name));
  const headers: IncomingHttpHeaders = Object.fromEntries(
    own.filter(([name]) => !name.startsWith('mcp-param-') && name !== 'mcp-method'),
  );
  const { _meta } = message.params;
  const bare = { ...params, ...(_meta !== undefined && { _meta }) };
  const asked = { kind: 'notification', method, params: bare, document: message.document } as const;
  const none: PartSink = { answer() {}, stream() {}, send() {}, pass() {} };
  try {
    const exchange = new Part(whole, new Uint8Array(), none, headers);
    const { policy, input } = describe(gateway, { server, exchange, caller, message: asked, bytes: new Uint8Array() });
    const { tool, prompt, uri } = input.call;
    const target = {
      ...(tool !== undefined && { tool }),
      ...(prompt !== undefined && { prompt }),
      ...(uri !== undefined && { uri }),
    };
    return policy.decide(prospective(input, method, target)).decision.effect === 'deny';
  } catch {
    return false;
  }
}

/** The same for a name without a server, of a server that is not there, and of what the caller may not see. */
export function unknown(): WritError {
  return new WritError('WRIT_NAME_UNKNOWN');
}

/**
 * Asks one server and passes on what it says, stream and all. Ids of events lead back to it, so that its stream can be resumed.
 * `use` is what the message names.
 */
export async function askOne(
  context: Context,
  server: Server,
  asked: Received | Verb,
  { use, headers = {} }: { use?: Use; headers?: IncomingHttpHeaders } = {},
): Promise<void> {
  const { whole } = context;
  const hides = () => use !== undefined && typeof asked !== 'string' && isHidden(context, server, use, asked);
  const shown = (body: string | Uint8Array, document = read(body)) => {
    if (isDenial(document) && hides()) return failureReply(unknown(), whole.requestId, null).body;
    return named(server, body, document);
  };
  const idOf = (id: string | undefined) => (id ? joinName(server.name, id) : id);
  const sink: PartSink = {
    answer: (status, body, more) => whole.answer(status, body === null ? null : shown(body), more),
    stream: (more) => whole.stream(more),
    send(body, meta) {
      const document = read(body);
      // On a stream that is resumed the request is under way no more.
      if (typeof asked !== 'string' && !context.underWay.maySay(context, server, readMessage(document)))
        return undefined;
      return whole.send(shown(body, document), { ...meta, id: idOf(meta.id) });
    },
    pass: (item) => whole.pass(item.kind === 'event' ? { ...item, id: idOf(item.id) } : item),
  };
  const { part, error } = await sendPart(context, server, asked, sink, { headers });
  if (error === null) return;
  if (hides()) {
    context.gateway.failed(error, part?.receipt?.call ?? null);
    throw unknown();
  }
  whole.receipt = part?.receipt ?? null;
  throw error;
}
