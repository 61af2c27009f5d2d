import { WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import type { Verb } from '../call/methods.ts';
import type { Part, PartSink } from '../call/part.ts';
import type { Received } from '../call/receive.ts';
import { type Message, readMessage } from '../mcp/message.ts';
import { receiptKey } from '../mcp/receipt.ts';
import type { Server } from '../upstream/server.ts';
import { read } from './ask-one.ts';
import type { Context } from './context.ts';
import { forClient } from './for-client.ts';
import { type Waited, waitFor } from './patience.ts';
import { sendPart } from './send-part.ts';

/** What came of the part of a message that went to one server. */
export interface Outcome {
  server: Server;
  part: Part | null;
  /** Thrown on the way, where nothing was answered. */
  error: WritError | null;
  /** Of the last answer; 200 on a stream. */
  status: number;
  headers: Record<string, string>;
  /** The answer to a request, and as it came. */
  answer: (Message & { kind: 'response' }) | null;
  body: string | Uint8Array | null;
}

/** An outcome with a result. */
export type Answered = Outcome & { result: JsonObject; receipt: Json | undefined };

/** What a server says while it is asked with others: passed on, but for how far it has come, which would be as of all. */
function tell({ whole }: Context, server: Server, message: Message): Promise<void> | void {
  if (message.kind === 'notification' && message.method === 'notifications/progress') return;
  if (!whole.streaming) whole.stream({});
  return whole.send(serialize(forClient(server.name, message.document)));
}

/** How long a server may take while another has answered already. Clients wait for a minute, most of them. */
const patienceMs = 20_000;

function ask(context: Context, server: Server, asked: Received | Verb, aloud: boolean): Waited<Outcome> {
  const outcome: Outcome = { server, part: null, error: null, status: 200, headers: {}, answer: null, body: null };
  const take = (body: string | Uint8Array): Message => {
    const message = readMessage(read(body));
    if (message.kind === 'response') Object.assign(outcome, { answer: message, body });
    return message;
  };
  const sink: PartSink = {
    answer(status, body, headers) {
      if (outcome.answer === null) Object.assign(outcome, { status, headers: { ...outcome.headers, ...headers } });
      if (body !== null) take(body);
    },
    stream: (headers) => void Object.assign(outcome, { headers }),
    send(body) {
      const message = take(body);
      return message.kind === 'response' || !aloud ? undefined : tell(context, server, message);
    },
    pass: () => undefined,
  };
  const opened = (part: Part) => {
    outcome.part = part;
  };
  const finish = async () => {
    const { error } = await sendPart(context, server, asked, sink, { opened });
    // What is merged fails in part, not as a whole; whoever runs the gateway hears of it.
    if (error !== null && !context.whole.gone) context.gateway.failed(error, outcome.part?.receipt?.call ?? null);
    return { ...outcome, error };
  };
  return { done: finish(), giveUp: () => outcome.part?.breakOff() };
}

/** Asks several servers at once. `aloud` where what they say before they answer is passed on. */
export function askAll(
  context: Context,
  asked: ReadonlyMap<Server, Received | Verb>,
  aloud = true,
): Promise<Outcome[]> {
  const all = [...asked].map(([server, each]) => ask(context, server, each, aloud));
  return waitFor(all, ({ error }) => error === null, patienceMs);
}

/** Those that answered with a result. */
export function answered(outcomes: readonly Outcome[]): Answered[] {
  return outcomes.flatMap((outcome) => {
    const result = outcome.answer?.result;
    if (outcome.error !== null || !isObject(result)) return [];
    return [{ ...outcome, result, receipt: isObject(result._meta) ? result._meta[receiptKey] : undefined }];
  });
}

/** Codes by which a server, or policy in front of it, says that it has nothing to offer: it is not there, or may not be used. */
const methodNotFound = -32601;
export const policyRefusal = -31403;

export const codeOf = ({ answer }: Outcome): Json | undefined => answer?.error?.code;

/** None could be asked: answers as the first that failed, and as one that refused only where all did. Throws its error. */
export function failAll({ whole }: Context, outcomes: readonly Outcome[]): void {
  const quiet = (outcome: Outcome) => codeOf(outcome) === policyRefusal || codeOf(outcome) === methodNotFound;
  const first = outcomes.find((outcome) => !quiet(outcome)) ?? outcomes[0];
  if (first === undefined) throw new WritError('WRIT_SESSION_ENDED', 'Its servers are not here any more.');
  whole.receipt = first.part?.receipt ?? null;
  if (first.error !== null) throw first.error;
  whole.answer(first.status, first.body);
}
