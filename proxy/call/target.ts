import { WritError } from '../../engine/errors.ts';
import { isObject, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withoutMembers } from '../../engine/json/with-member.ts';
import type { Era } from '../mcp/era.ts';
import { MemberNames } from '../mcp/member-names.ts';
import type { Asking } from '../mcp/message.ts';

/** What a message is aimed at, in the words of the policy contract. */
export interface Target {
  tool?: string;
  prompt?: string;
  uri?: string;
  arguments?: JsonObject;
}

/** Where in a message the arguments that policy sees stand: a member of params, params but for `_meta`, or a result. */
export type Place = 'arguments' | 'params' | 'result';

/** Parameters by which a message is decided, or refused. */
const parameters = new MemberNames([
  ...['_meta', 'name', 'arguments', 'uri', 'ref', 'argument', 'context'],
  ...['task', 'taskId', 'inputResponses', 'requestState', 'notifications'],
]);
/** Methods about one resource; of these, 2026-07-28 has the first alone. */
const ofResources: Record<Era, ReadonlySet<string>> = {
  modern: new Set(['resources/read']),
  legacy: new Set(['resources/read', 'resources/subscribe', 'resources/unsubscribe']),
};

function invalid(detail: string): WritError {
  return new WritError('WRIT_PARAMS_INVALID', detail);
}

function needText(params: JsonObject, name: 'name' | 'uri'): string {
  const value = params[name];
  if (typeof value !== 'string') throw invalid(`params.${name} must be a string.`);
  return value;
}

function argumentsOf(params: JsonObject): JsonObject {
  const value = params.arguments === undefined ? {} : params.arguments;
  if (!isObject(value)) throw invalid('params.arguments must be an object.');
  return value;
}

/** Parameters without `_meta`, which is not what a message asks but about it. */
export function ownParams(params: JsonObject, numbers: NumberTexts): JsonObject {
  return withoutMembers(params, ['_meta'], numbers);
}

/** completion/complete asks about a prompt or about a template of resources. */
function completed(params: JsonObject): Target {
  const { ref } = params;
  if (isObject(ref) && ref.type === 'ref/prompt' && typeof ref.name === 'string') return { prompt: ref.name };
  if (isObject(ref) && ref.type === 'ref/resource' && typeof ref.uri === 'string') return { uri: ref.uri };
  throw invalid('params.ref must name a prompt or a resource template.');
}

/** What a message to a server is aimed at. Throws WRIT_PARAMS_INVALID where it is not what its method demands. */
export function targetOf({ method, params, document }: Asking, era: Era): { target: Target; place: Place } {
  if (parameters.areMisspeltIn(params)) throw invalid('A parameter is written in other letters than its own.');
  if (method === 'tools/call')
    return { target: { tool: needText(params, 'name'), arguments: argumentsOf(params) }, place: 'arguments' };
  if (method === 'prompts/get')
    return { target: { prompt: needText(params, 'name'), arguments: argumentsOf(params) }, place: 'arguments' };
  if (ofResources[era].has(method)) return { target: { uri: needText(params, 'uri') }, place: 'params' };
  const own = ownParams(params, document.numbers);
  const about = method === 'completion/complete' ? completed(params) : {};
  const said = Object.keys(own).length > 0 ? { arguments: own } : {};
  return { target: { ...about, ...said }, place: 'params' };
}
