import { setTimeout } from 'node:timers/promises';
import { errorKinds } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import type { Verb } from '../call/methods.ts';
import type { PartSink } from '../call/part.ts';
import type { Received } from '../call/receive.ts';
import { type Message, readMessage } from '../mcp/message.ts';
import type { Server } from '../upstream/server.ts';
import { failAll, type Outcome } from './ask-all.ts';
import { read } from './ask-one.ts';
import type { Context } from './context.ts';
import { forClient } from './for-client.ts';
import { sendPart } from './send-part.ts';

/** How long to wait before a server that ended its stream is listened to again. Each time is on record. */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/** What becomes of what the servers say. */
export interface Hearing {
  /** One of them has begun its stream. */
  begun(server: Server): void;
  /** It says something; false where that is not for the client. */
  heard(server: Server, message: Message): boolean | Promise<boolean>;
  /** It says no more, or never said anything. */
  ended(server: Server): void;
}

interface Heard extends Outcome {
  streamed: boolean;
}

async function listenOnce(context: Context, server: Server, asked: Received | Verb, hearing: Hearing): Promise<Heard> {
  const { whole } = context;
  const heard: Heard = {
    server,
    part: null,
    error: null,
    status: 200,
    headers: {},
    answer: null,
    body: null,
    streamed: false,
  };
  const sink: PartSink = {
    answer(status, body) {
      if (heard.streamed) return;
      Object.assign(heard, { status, body });
      const message = body === null ? null : readMessage(read(body));
      if (message?.kind === 'response') heard.answer = message;
    },
    stream() {
      heard.streamed = true;
      hearing.begun(server);
    },
    async send(body) {
      const message = readMessage(read(body));
      // The answer of one server ends its stream alone.
      if (message.kind === 'response' || !(await hearing.heard(server, message))) return;
      await whole.send(serialize(forClient(server.name, message.document)));
    },
    // Ids and times to wait are those of one stream among several.
    pass: () => undefined,
  };
  const sent = await sendPart(context, server, asked, sink);
  return { ...heard, ...sent };
}

/** Waits; not for longer than the client does. */
async function pause(context: Context, ms: number): Promise<void> {
  const left = new AbortController();
  context.whole.onGone(() => left.abort());
  await setTimeout(ms, undefined, { ref: false, signal: left.signal }).catch(() => undefined);
}

/** Listens to one server for as long as the client listens, again where its stream ends. */
async function keepListening(
  context: Context,
  server: Server,
  asked: Received | Verb,
  hearing: Hearing,
): Promise<Heard> {
  let streamed = false;
  for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
    const since = performance.now();
    const heard = await listenOnce(context, server, asked, hearing);
    streamed ||= heard.streamed;
    const { error } = heard;
    const again = error === null ? heard.streamed : streamed && errorKinds[error.code].retriable;
    if (error !== null && !context.whole.gone) context.gateway.failed(error, heard.part?.receipt?.call ?? null);
    if (!again || context.whole.gone) {
      hearing.ended(server);
      return { ...heard, streamed };
    }
    if (performance.now() - since > longestWaitMs) wait = firstWaitMs;
    await pause(context, wait);
    if (context.whole.gone) return { ...heard, streamed };
  }
}

/** The streams of several servers as one, which begins with the first of them and ends with the last. */
export async function listenAll(
  context: Context,
  asked: ReadonlyMap<Server, Received | Verb>,
  hearing: Hearing,
  last: string | null = null,
): Promise<void> {
  const { whole } = context;
  const all = await Promise.all([...asked].map(([server, each]) => keepListening(context, server, each, hearing)));
  if (all.some(({ streamed }) => streamed)) whole.answer(200, last);
  else failAll(context, all);
}
