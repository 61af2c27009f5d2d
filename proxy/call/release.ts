import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { maskError, withCode } from '../../engine/masking/mask-error.ts';
import { withoutReserved } from '../mcp/receipt.ts';
import type { Gateway } from '../types.ts';
import { askClient } from './ask-client.ts';
import { decide } from './decide.ts';
import type { Incoming } from './incoming.ts';
import { then } from './masked.ts';
import { asksElsewhere, releaseQuestions } from './questions.ts';
import { releaseNotification } from './release-notification.ts';
import { releaseResult } from './release-result.ts';
import { alone, besides, changed, hiding, maskedWords, type Release, type Response, shown } from './released.ts';
import { resumed } from './resumption.ts';
import { inRounds } from './rounds.ts';
import type { Call, OpenCall } from './types.ts';

function releaseError(
  gateway: Gateway,
  open: OpenCall,
  incoming: Incoming,
  response: Response,
): Release | Promise<Release> {
  const { call, decision } = open;
  if (response.error === undefined) return shown(incoming);
  const level = hiding(call, decision);
  if (level !== 'all' && asksElsewhere(response.error)) return releaseQuestions(gateway, open, incoming, response);
  if (level === 'nothing') return shown(incoming);
  const { value: envelope, numbers } = response.document;
  const others = besides(envelope as JsonObject);
  const { error: said } = response;
  const withoutWords = () => {
    const error = maskError(said, call.server.name);
    return changed(alone(response, { error }, numbers), [], 1 + others, []);
  };
  if (level === 'masked') {
    const masking = maskedWords(gateway, call, decision, { value: response.error, numbers });
    return then(masking, ({ document, denied, applied, withheld }) =>
      denied.length === 0 && isObject(document.value)
        ? changed(alone(response, { error: withCode(document.value) }, numbers), applied, withheld + others, [])
        : withoutWords(),
    );
  }
  return withoutWords();
}

/**
 * A question in place of an answer has further rounds; policy is asked about each part of it. Only of methods that have rounds: a
 * list that also asked would pass as a question, and nobody would look at its items.
 */
function isQuestion({ message, original }: Call, result: Json | undefined): boolean {
  const mayAsk = inRounds.has(message.method) || (message.method === 'tasks/get' && original !== undefined);
  return mayAsk && isObject(result) && (result.resultType === 'input_required' || isObject(result.inputRequests));
}

/** What is left is all the server's own. */
function releaseOwn(gateway: Gateway, open: OpenCall, incoming: Incoming): Release | Promise<Release> {
  const { message } = incoming;
  if (message.kind === 'request') return askClient(gateway, open, incoming, message);
  if (message.kind === 'notification') return releaseNotification(gateway, open, incoming, message);
  if (!incoming.final) return releaseElsewhere(gateway, open, incoming);
  if (message.error !== undefined) return releaseError(gateway, open, incoming, message);
  if (isQuestion(open.call, message.result)) return releaseQuestions(gateway, open, incoming, message);
  return releaseResult(gateway, open, incoming, message);
}

/**
 * An answer on a stream that is resumed is shown as it would be on its own if its call were made now: it may come long after. What
 * another answer hides nobody knows.
 */
function releaseElsewhere(gateway: Gateway, { call }: OpenCall, incoming: Incoming): Release | Promise<Release> {
  const open = resumed(call, incoming);
  if (open === undefined) return { kind: 'withheld', rules: [] };
  const again: Call = { ...open.call, policy: call.policy, input: { ...open.call.input, now: call.input.now } };
  const ruling = decide(again);
  if (ruling.kind === 'failed') throw ruling.error;
  const { decision } = ruling.evaluation;
  if (decision.effect !== 'allow') return { kind: 'withheld', rules: decision.rules };
  return releaseOwn(gateway, { ...open, call: again, decision }, { ...incoming, final: true });
}

/**
 * Decides what may be shown of one message that came back, and masks it. Names that are the gateway's own are dropped first.
 * What needs no record of its own is decided at once.
 */
export function release(gateway: Gateway, open: OpenCall, incoming: Incoming): Release | Promise<Release> {
  const { message, dropped } = withoutReserved(incoming.message);
  if (dropped === 0) return releaseOwn(gateway, open, incoming);
  const released = releaseOwn(gateway, open, { ...incoming, message, raw: serialize(message.document) });
  const counted = (one: Release): Release =>
    one.kind === 'shown' ? { ...one, withheld: one.withheld + dropped } : one;
  return released instanceof Promise ? released.then(counted) : counted(released);
}
