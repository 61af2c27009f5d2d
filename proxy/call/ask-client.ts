import { asWritError, WritError } from '../../engine/errors.ts';
import { isObject } from '../../engine/json/types.ts';
import type { Message } from '../mcp/message.ts';
import type { Gateway } from '../types.ts';
import { decideAside, toClient } from './aside.ts';
import type { Incoming } from './incoming.ts';
import { then } from './masked.ts';
import { changed, hiding, maskedWords, type Release, shown } from './released.ts';
import type { OpenCall, Outgoing } from './types.ts';

/**
 * A server asks its client for something: sampling, elicitation, roots. Decided and recorded as a call of its own, in the other
 * direction; passed with its very id, and remembered, as only the client it was sent to may answer. Of a call whose answer is
 * masked it is masked as well, or nothing is asked where nobody knows where the question says what is hidden.
 *
 * 2026-07-28 has no such requests; what a server then needs to know it asks in its result.
 */
export async function askClient(
  gateway: Gateway,
  { call, decision }: OpenCall,
  incoming: Incoming,
  message: Message & { kind: 'request' },
): Promise<Release> {
  // Nobody tells apart callers without a name and without a session: anyone could answer for another.
  const unnamed = call.caller.kind === 'anonymous' && call.session.upstream === null;
  const level = hiding(call, decision);
  if (call.era === 'modern' || unnamed || level === 'all') return { kind: 'withheld', rules: [] };
  const aside = await decideAside(gateway, toClient(call, message, Buffer.from(incoming.raw)), level === 'masked');
  if (aside.kind === 'refused') return { kind: 'withheld', rules: aside.decision?.rules ?? [] };
  const { outgoing, record } = aside;
  const asking = level === 'masked' ? maskedQuestion(gateway, { call, decision }, outgoing, message) : undefined;
  const asked =
    asking instanceof Promise
      ? await asking.catch(async (cause: unknown) => {
          await record.ended(asWritError(cause, 'WRIT_MASK_FAILED'), false);
          throw cause;
        })
      : asking;
  if (asked?.kind === 'withheld') {
    await record.ended(new WritError('WRIT_MASK_FAILED'), false);
    return asked;
  }
  const awaited = call.server.conversations
    .of(call.session.key, call.session.upstream !== null)
    .ask(message.id, { method: message.method }, call.resumes !== undefined);
  if (!awaited) {
    const why = `${call.server.name} asks more than can wait, or under an id that waits.`;
    await record.ended(new WritError('WRIT_UPSTREAM_INVALID', why), false);
    return { kind: 'withheld', rules: [] };
  }
  await record.completed();
  if (asked !== undefined) return asked;
  if (outgoing.document === message.document) return shown(incoming);
  return changed(outgoing.document, outgoing.applied, 0, []);
}

/** Of a call whose answer is masked a question is too, by what masks on results find in any text. */
function maskedQuestion(
  gateway: Gateway,
  { call, decision }: Pick<OpenCall, 'call' | 'decision'>,
  { document: { value, numbers }, applied }: Outgoing,
  { id, method }: Message & { kind: 'request' },
): Release | Promise<Release> {
  const params = isObject(value) && isObject(value.params) ? value.params : {};
  return then(maskedWords(gateway, call, decision, { value: params, numbers }, method), (masked): Release => {
    if (masked.denied.length > 0) return { kind: 'withheld', rules: masked.denied };
    const document = { value: { jsonrpc: '2.0', id, method, params: masked.document.value }, numbers };
    return changed(document, [...applied, ...masked.applied], masked.withheld, []);
  });
}
