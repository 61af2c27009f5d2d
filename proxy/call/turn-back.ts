import { asWritError, WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { withMember, withoutMembers } from '../../engine/json/with-member.ts';
import type { Decision } from '../../engine/policy/types.ts';
import { faultReply } from '../mcp/replies.ts';
import { findTokens, type Holding, holdsToken, mayHoldTokens, withValues } from '../tokens/find.ts';
import { noPlace, Places } from '../tokens/places.ts';
import type { Resolved, TokenUse } from '../tokens/resolve.ts';
import { rewrite } from '../tokens/rewrite.ts';
import type { Gateway } from '../types.ts';
import { mirroringAnew } from './headers.ts';
import type { Call, Next, Ruling, TurnedBack } from './types.ts';

/** Tokens that one call may use. */
const mostUses = 256;

/** A call as it is remembered, and as it goes on; and what it comes to, where it does not. */
export interface Turned {
  call: Call;
  sent: Call;
  refused?: Next;
}

/**
 * Turns the tokens in the arguments of a tool back into what they stand for, where policy lets them be. A token anywhere else in a
 * message to a server refuses it, and so does one that is not this caller's to use there: none is passed on.
 * What is not allowed anyway is as it was. Never throws.
 */
export async function turnBack(gateway: Gateway, call: Call, ruling: Ruling): Promise<Turned> {
  const same = { call, sent: call };
  if (ruling.kind === 'failed' || ruling.evaluation.decision.effect !== 'allow') return same;
  try {
    if (!holdsTokens(call)) return same;
    const { method } = call.message;
    if (method !== 'tools/call' || call.place !== 'arguments' || call.arguments === null) throw noPlace();
    return await ofTool(gateway, call, call.arguments, ruling.evaluation.decision);
  } catch (cause) {
    const error = asWritError(cause, 'WRIT_MASK_FAILED');
    return { ...same, refused: refusal(call, error) };
  }
}

/** Tokens that a mask on arguments made are kept before a server learns of them. Never throws. */
export async function withTokensKept(gateway: Gateway, call: Call, next: Next): Promise<Next> {
  try {
    if (next.kind === 'forward') await gateway.tokens.flush(call);
    return next;
  } catch (cause) {
    return { kind: 'fail', error: asWritError(cause, 'WRIT_STORE_UNAVAILABLE') };
  }
}

/** Clients show the model what is wrong with the arguments of a tool, and it can correct them. */
function refusal({ message, era }: Call, error: WritError): Next {
  const correctable = error.code.startsWith('WRIT_MASK_TOKEN_') || error.code === 'WRIT_ARGUMENTS_INVALID';
  if (message.method !== 'tools/call' || !correctable) return { kind: 'fail', error };
  return { kind: 'answer', reply: faultReply(message, era, error), decision: null, error };
}

function holdsTokens({ bytes, message, headers }: Call): boolean {
  const inHeaders = Object.values(headers).some((value) => holdsToken(value));
  if (!inHeaders && !mayHoldTokens(bytes)) return false;
  return inHeaders || holdsToken(message.document.value);
}

async function ofTool(gateway: Gateway, call: Call, given: JsonObject, decision: Decision): Promise<Turned> {
  const { numbers } = call.message.document;
  const places = new Places(decision.detokenise ?? [], given);
  const { texts, flawed } = findTokens(given);
  if (flawed || holdsToken(besides(call))) throw places.refusal();
  const uses = texts.flatMap((text): TokenUse[] => {
    const permits = places.permitsOf(text);
    return text.tokens.map((token) => ({ token, permits }));
  });
  if (uses.length > mostUses) throw new WritError('WRIT_MASK_TOKEN_PLACE', `One call may use ${mostUses} of them.`);
  const resolved = await gateway.tokens.resolve(call, uses);
  const values = new Map(uses.map(({ token }, at) => [token, resolved[at]?.value ?? '']));
  const rewritten = rewrite(given, textsOf(texts, values), numbers);
  if (!isObject(rewritten)) throw new WritError('WRIT_MASK_FAILED');
  refuseMisfit(call, rewritten);
  const turnedBack = { values: [...values].map(([token, value]) => ({ value, token })), applied: counted(resolved) };
  const sent = sentAs(call, rewritten, turnedBack);
  if (sent.bytes.length > gateway.config.gateway.limits.request_bytes) throw new WritError('WRIT_JSON_TOO_LARGE');
  return { call: { ...call, turnedBack }, sent };
}

/** All of a message but the arguments, and what other rounds bring: answers are decided each by itself. */
function besides({ message }: Call): Json {
  const { value, numbers } = message.document;
  if (!isObject(value)) return value;
  const params = withoutMembers(message.params, ['arguments', 'inputResponses', 'requestState'], numbers);
  return [withoutMembers(value, ['params'], numbers), params];
}

function textsOf(holdings: readonly Holding[], values: ReadonlyMap<string, string>) {
  const texts = new Map<Holding['holder'], Map<string | number, string>>();
  for (const { holder, key, text, tokens } of holdings) {
    if (looksLikeJson(text) && tokens.some((token) => breaksJson(values.get(token) ?? '')))
      throw new WritError(
        'WRIT_MASK_TOKEN_PLACE',
        'It stands within JSON text, of which its value would break the form.',
      );
    const held = texts.get(holder) ?? new Map<string | number, string>();
    texts.set(holder, held);
    held.set(
      key,
      withValues(text, (token) => values.get(token) ?? token),
    );
  }
  return texts;
}

/** What a value says is not to be read as part of the JSON around it: whoever wrote the value may want just that. */
const looksLikeJson = (text: string) => /^\s*[{["]/.test(text);
const breaksJson = (value: string) => JSON.stringify(value) !== `"${value}"`;

/** The schema is asked again about what is sent. Its faults are not told: they would tell of values. */
function refuseMisfit({ server, caller, input }: Call, args: JsonObject): void {
  const { tool } = input.call;
  if (tool !== undefined && server.tools.check(tool, args, caller.tenant)?.kind === 'faults')
    throw new WritError('WRIT_ARGUMENTS_INVALID', 'They do not where tokens are turned into what they stand for.');
}

function sentAs(call: Call, args: JsonObject, turnedBack: TurnedBack): Call {
  const { message, server, caller, input } = call;
  const { value, numbers } = message.document;
  if (!isObject(value) || input.call.tool === undefined) throw new WritError('WRIT_MASK_FAILED');
  const params = withMember(message.params, 'arguments', args, numbers);
  const document = { value: withMember(value, 'params', params, numbers), numbers };
  const mirrors = server.tools.mirrored(input.call.tool, caller.tenant);
  const unknown = Object.keys(call.headers).some((name) => name.startsWith('mcp-param-') && !mirrors?.has(name));
  if (unknown)
    throw new WritError('WRIT_MASK_TOKEN_PLACE', 'An Mcp-Param header may repeat it that the tool does not declare.');
  const headers = mirroringAnew(call.headers, args, mirrors);
  if (Object.values(headers).some((header) => holdsToken(header))) throw noPlace();
  const bytes = Buffer.from(serialize(document));
  return { ...call, message: { ...message, params, document }, bytes, arguments: args, headers, turnedBack };
}

/** How often each rule let a token be turned back, for the log. */
function counted(resolved: readonly Resolved[]): TurnedBack['applied'] {
  const sums: TurnedBack['applied'] = [];
  for (const { rule, category } of resolved) {
    const sum = sums.find((other) => other.rule === rule && other.category === category);
    if (sum === undefined) sums.push({ rule, strategy: 'detokenise', category, count: 1 });
    else sum.count++;
  }
  return sums;
}
