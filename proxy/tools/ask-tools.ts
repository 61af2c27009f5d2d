import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import { parse } from '../../engine/json/parse.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { type Message, readMessage } from '../mcp/message.ts';
import type { Sent, Upstream, UpstreamAnswer } from '../upstream/types.ts';

/** How a tools/list is asked: in which era, and with which headers and `_meta` a request of it has. */
export interface Asker {
  headers: Record<string, string>;
  /** `params._meta`, where the era wants one. */
  meta?: JsonObject;
  /** Whose session it is, for transports that keep callers apart. */
  caller: string;
}

/** What is read of one server's list, whatever it goes on to say. */
export interface AskLimits {
  pages: number;
  tools: number;
  /** Of all pages together. */
  bytes: number;
  /** Of events on a stream that are not the answer. */
  others: number;
}

export const askLimits: AskLimits = { pages: 100, tools: 10_000, bytes: 33_554_432, others: 1_000 };

/**
 * Asks a server for all its tools, page by page. Nothing is kept or recorded here.
 *
 * @throws WritError WRIT_UPSTREAM_UNREACHABLE, or WRIT_UPSTREAM_INVALID for what is not a list of tools or goes beyond
 *   `limits`
 */
export async function askTools(
  upstream: Upstream,
  asker: Asker,
  limits: AskLimits = askLimits,
  aborted?: AbortSignal,
): Promise<Json[]> {
  const tools: Json[] = [];
  const left = { bytes: limits.bytes };
  let cursor: string | undefined;
  const cursors = new Set<string>();
  for (let page = 0; page < limits.pages; page++) {
    const { result } = await ask(
      upstream,
      asker,
      'tools/list',
      cursor === undefined ? {} : { cursor },
      left,
      limits,
      aborted,
    );
    if (!Array.isArray(result.tools)) throw invalid('Its tools/list result has no tools.');
    if (tools.length + result.tools.length > limits.tools) throw invalid(`It lists more than ${limits.tools} tools.`);
    tools.push(...result.tools);
    if (result.nextCursor === undefined || result.nextCursor === null) return tools;
    if (typeof result.nextCursor !== 'string' || cursors.has(result.nextCursor))
      throw invalid('The pages of its tools/list lead back to themselves.');
    cursor = result.nextCursor;
    cursors.add(cursor);
  }
  throw invalid(`Its tools/list has more than ${limits.pages} pages.`);
}

/** A result, and the headers it came with. */
export interface Asked {
  result: JsonObject;
  headers: IncomingHttpHeaders;
}

/** One request and its result. Requests of the server meanwhile are not answered, its notifications not heard. */
export async function ask(
  upstream: Upstream,
  { headers, meta, caller }: Asker,
  method: string,
  params: JsonObject,
  left: { bytes: number },
  limits: AskLimits = askLimits,
  aborted?: AbortSignal,
): Promise<Asked> {
  const id = randomUUID();
  const body = { jsonrpc: '2.0', id, method, params: meta === undefined ? params : { ...params, _meta: meta } };
  const sent = upstream.post(JSON.stringify(body), headers, caller);
  const stop = () => sent.abort();
  aborted?.addEventListener('abort', stop);
  try {
    if (aborted?.aborted) stop();
    return await answerTo(id, sent, left, limits);
  } finally {
    aborted?.removeEventListener('abort', stop);
  }
}

async function answerTo(id: string, sent: Sent, left: { bytes: number }, limits: AskLimits): Promise<Asked> {
  const answer = await sent.answer;
  const { headers } = answer;
  const read = (bytes: Uint8Array): JsonObject | undefined => {
    left.bytes -= bytes.length;
    if (left.bytes < 0) throw invalid('What it lists is larger than the limit.');
    return resultOf(id, bytes);
  };
  if (answer.kind === 'body') {
    const result = read(whole(answer));
    if (result === undefined) throw invalid('It did not answer what it was asked.');
    return { result, headers };
  }
  try {
    let others = 0;
    for await (const item of answer.events) {
      const result = item.kind === 'event' && item.data !== '' ? read(Buffer.from(item.data)) : undefined;
      if (result !== undefined) return { result, headers };
      if (++others > limits.others) break;
    }
  } finally {
    sent.abort();
  }
  throw invalid('Its stream has no answer to what it was asked.');
}

function whole({ status, body }: Extract<UpstreamAnswer, { kind: 'body' }>): Uint8Array {
  if (status === 401 || status === 403) throw invalid('It refuses the credentials of the gateway.');
  if (body.length === 0) throw invalid(`It answers HTTP ${status} without a body.`);
  return body;
}

/** The result, where a message is the answer. Throws where it is an error or no MCP. */
function resultOf(id: string, bytes: Uint8Array): JsonObject | undefined {
  let message: Message;
  try {
    message = readMessage(parse(bytes, { direction: 'to-client', maxBytes: bytes.length }));
  } catch (cause) {
    throw invalid('It answers something that is not JSON-RPC.', cause);
  }
  if (message.kind !== 'response') return undefined;
  if (message.error !== undefined) throw new RpcError(Number(message.error.code));
  if (message.id !== id) throw invalid('It answers another request than it was sent.');
  if (!isObject(message.result)) throw invalid('It answers without a result.');
  return message.result;
}

/** The server answered with an error of its own; its words are not repeated. */
export class RpcError extends WritError {
  readonly rpc: number;

  constructor(rpc: number) {
    super('WRIT_UPSTREAM_INVALID', `It answers with the error ${rpc}.`);
    this.rpc = rpc;
  }
}

function invalid(detail: string, cause?: unknown): WritError {
  return new WritError('WRIT_UPSTREAM_INVALID', detail, { cause });
}
