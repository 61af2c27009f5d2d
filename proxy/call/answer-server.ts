import { asWritError, WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type JsonObject } from '../../engine/json/types.ts';
import { withMember, withoutMembers } from '../../engine/json/with-member.ts';
import { maskError } from '../../engine/masking/mask-error.ts';
import type { Message } from '../mcp/message.ts';
import type { Reply } from '../mcp/replies.ts';
import { serverRequestRefusal } from '../mcp/replies.ts';
import { principalOf } from '../session/session.ts';
import type { Gateway } from '../types.ts';
import { answerTo, decideAside } from './aside.ts';
import type { CallRecord } from './record.ts';
import { answersOf } from './rounds.ts';
import type { Call, Outgoing, Ruling } from './types.ts';

/**
 * The client answers a request of the server, in the session in which it was asked and by the id it had. The answer is decided as
 * a message of its own; where it may not pass, the server is told so. Throws WRIT_ANSWER_UNEXPECTED where nothing was asked.
 */
export async function answerServer(
  gateway: Gateway,
  call: Call,
  response: Message & { kind: 'response' },
): Promise<Reply | null> {
  const { server, session } = call;
  const conversation = server.conversations.find(session.key);
  const asked = response.id === null ? undefined : conversation?.answered(response.id);
  if (asked === undefined || response.id === null) throw new WritError('WRIT_ANSWER_UNEXPECTED');
  // An error is decided as what it says, under that name: its words are the client's as well.
  const said = response.error === undefined ? (response.result ?? null) : { error: response.error };
  const aside = await decideAside(gateway, answerTo(call, asked.method, response.document, said));
  if (aside.kind === 'refused') {
    // The server learns of it if it can be told; what the client is told is the same.
    await tell(call, serverRequestRefusal(response.id, 'WRIT_MESSAGE_UNSUPPORTED')).catch(() => undefined);
    if (aside.error !== null) throw aside.error;
    return aside.reply;
  }
  try {
    await tell(call, response.error === undefined ? aside.outgoing.body : errorFor(call, response, aside.outgoing));
  } catch (cause) {
    const error = asWritError(cause, 'WRIT_INTERNAL');
    await aside.record.ended(error, false);
    throw error;
  }
  await aside.record.completed();
  return null;
}

/** A client's error as its server may see it: where something of its answers is masked, the code alone. */
function errorFor(call: Call, { id, error, document }: Message & { kind: 'response' }, { decision }: Outgoing) {
  if (error === undefined || decision.mask_fields.every(({ on }) => on === 'result')) return call.bytes;
  const value = { jsonrpc: '2.0', id, error: maskError(error, 'The client') };
  return serialize({ value, numbers: document.numbers });
}

/** Posts what awaits no answer. Rejects with WRIT_UPSTREAM_* where the server did not take it. */
async function tell({ server, session, headers, caller }: Call, body: Uint8Array | string): Promise<void> {
  const sent = server.upstream.post(body, headers, principalOf(caller));
  const answer = await sent.answer;
  if (answer.kind === 'events') sent.abort();
  if (answer.status === 404 && session.upstream !== null) throw new WritError('WRIT_SESSION_ENDED');
  if (answer.status >= 300)
    throw new WritError('WRIT_UPSTREAM_INVALID', `${server.name} answered with HTTP status ${answer.status}.`);
}

/**
 * Decides the answers that a further round of a call brings, each as a message of its own. Returns them as they may go to the
 * server, or the ruling that refuses one and with it the round; null where there are none.
 */
export async function decideAnswers(
  gateway: Gateway,
  call: Call,
): Promise<{ answers: JsonObject | null } | { refused: Ruling }> {
  const given = answersOf(call);
  const { numbers } = call.message.document;
  const { inputResponses } = call.message.params;
  if (!isObject(inputResponses)) return { answers: null };
  const unasked = Object.keys(inputResponses).filter((key) => !given.some((one) => one.key === key));
  let answers = withoutMembers(inputResponses, unasked, numbers);
  const passed: CallRecord[] = [];
  for (const { key, method, answer } of given) {
    const asked = answerTo(call, method, { value: { result: answer }, numbers }, answer);
    const aside = await decideAside(gateway, asked);
    if (aside.kind === 'refused') {
      const none = new WritError('WRIT_MESSAGE_UNSUPPORTED', 'Another answer of the same round is refused.');
      for (const record of passed) await record.ended(none, false);
      return { refused: aside.ruling };
    }
    passed.push(aside.record);
    const { document } = aside.outgoing;
    if (document !== asked.message.document && isObject(document.value))
      answers = withMember(answers, key, document.value.result ?? null, numbers);
  }
  for (const record of passed) await record.completed();
  return { answers };
}
