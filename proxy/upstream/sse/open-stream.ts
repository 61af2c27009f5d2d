import { type Dispatcher, Pool } from 'undici';
import { WritError } from '../../../engine/errors.ts';
import { AnswerHandler } from '../answer-handler.ts';
import type { Duplex } from '../duplex/types.ts';
import type { StreamItem, UpstreamAnswer } from '../types.ts';
import { endpointIn } from './endpoint.ts';

export interface SseServer {
  url: URL;
  /** Headers of every request. */
  credentials: Record<string, string>;
  /** PEM: who vouches for its certificate; without it, whom Node trusts. */
  ca?: string | undefined;
}

export interface SseLimits {
  /** Largest message. */
  bytes: number;
  /** Longest silence, in milliseconds, before an answer to a message and before the first event. */
  idleMs: number;
  /** Longest silence, in milliseconds, of the stream. */
  streamIdleMs: number;
}

/** Of one conversation, the stream's among them. */
const connections = 16;

/**
 * Begins a conversation as 2024-11-05 has it, "HTTP with SSE": one stream brings all that the server says, its first event
 * names the endpoint that messages are posted to. The server's session is that stream, so a broken one is not resumed.
 * Rejects with WRIT_UPSTREAM_UNREACHABLE or WRIT_UPSTREAM_INVALID.
 */
export async function openStream({ url, credentials, ca }: SseServer, limits: SseLimits): Promise<Duplex> {
  const pool = new Pool(url.origin, {
    headersTimeout: limits.idleMs,
    bodyTimeout: limits.streamIdleMs,
    allowH2: false,
    connections,
    ...(ca !== undefined && { connect: { ca } }),
  });
  const close = () => pool.destroy().catch(() => {});
  const request = (options: Pick<Dispatcher.DispatchOptions, 'path' | 'method' | 'body'>, accept: string) => {
    const handler = new AnswerHandler(limits.bytes);
    const type: Record<string, string> = options.method === 'POST' ? { 'content-type': 'application/json' } : {};
    const headers = { accept, ...type, 'accept-encoding': 'identity', ...credentials };
    pool.dispatch({ ...options, headers }, handler);
    return handler;
  };
  const stream = request({ path: url.pathname + url.search, method: 'GET', body: null }, 'text/event-stream');
  const late = setTimeout(() => stream.abort(unreachable('It named no endpoint in time.')), limits.idleMs);
  try {
    const items = itemsOf(await stream.answer);
    const path = await firstEndpoint(items, url);
    return {
      messages: messagesOf(items),
      async send(text) {
        const posted = request({ path, method: 'POST', body: text }, 'application/json');
        const answer = await posted.answer;
        if (answer.kind === 'events') posted.abort(unreachable('Its answers come on the stream.'));
        if (answer.kind === 'body' && answer.status < 300) return;
        throw unreachable(`It answered a message with HTTP status ${answer.status}.`);
      },
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  } finally {
    clearTimeout(late);
  }
}

function itemsOf(answer: UpstreamAnswer): AsyncIterator<StreamItem> {
  if (answer.kind === 'events') return answer.events[Symbol.asyncIterator]();
  throw answer.status >= 500
    ? unreachable(`It answered with HTTP status ${answer.status}.`)
    : invalid(`It answered with HTTP status ${answer.status} and no event stream.`);
}

/** The data of events of one name, comments and the rest passed over. */
async function* eventsOf(items: AsyncIterator<StreamItem>): AsyncGenerator<StreamItem & { kind: 'event' }> {
  for (let next = await items.next(); next.done !== true; next = await items.next()) {
    if (next.value.kind === 'event') yield next.value;
  }
}

async function firstEndpoint(items: AsyncIterator<StreamItem>, url: URL): Promise<string> {
  for (;;) {
    const next = await items.next();
    if (next.done) throw unreachable('It ended its stream before it named an endpoint.');
    if (next.value.kind !== 'event') continue;
    if (next.value.event !== 'endpoint') throw invalid('The first event of its stream names no endpoint.');
    return endpointIn(next.value.data, url);
  }
}

async function* messagesOf(items: AsyncIterator<StreamItem>): AsyncGenerator<Uint8Array> {
  try {
    for await (const { event, data } of eventsOf(items)) {
      if (event === 'endpoint') throw invalid('It names an endpoint again.');
      if ((event === undefined || event === 'message') && data !== '') yield Buffer.from(data);
    }
  } finally {
    await items.return?.();
  }
}

function unreachable(detail: string): WritError {
  return new WritError('WRIT_UPSTREAM_UNREACHABLE', detail);
}

function invalid(detail: string): WritError {
  return new WritError('WRIT_UPSTREAM_INVALID', detail);
}
