import { WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember, withoutMembers } from '../../engine/json/with-member.ts';
import type { Received } from '../call/receive.ts';
import type { Asking } from '../mcp/message.ts';
import { type Split, splitName, splitUri } from './names.ts';

/** The call by which what is named is used: who could not make it does not learn that the name exists. */
export interface Use {
  method: 'tools/call' | 'prompts/get' | 'resources/read';
  params: { name: string } | { uri: string };
}

/** A request that is for one server: its name, the parameters as that server knows them, and what they name. */
export interface Route {
  server: string;
  params: JsonObject;
  use: Use;
}

const capabilitiesKey = 'io.modelcontextprotocol/clientCapabilities';
const tasksKey = 'io.modelcontextprotocol/tasks';
const ofResources = new Set(['resources/read', 'resources/subscribe', 'resources/unsubscribe']);

function within(holder: JsonObject, key: string, change: (value: JsonObject) => JsonObject, numbers: NumberTexts) {
  const before = holder[key];
  if (!isObject(before)) return holder;
  const after = change(before);
  return after === before ? holder : withMember(holder, key, after, numbers);
}

/** Tasks have ids of one server, and are not offered here: a server is not told that its client knows them. */
function withoutTasks(params: JsonObject, numbers: NumberTexts): JsonObject {
  const less = (capabilities: JsonObject) =>
    within(
      withoutMembers(capabilities, ['tasks'], numbers),
      'extensions',
      (extensions) => withoutMembers(extensions, [tasksKey], numbers),
      numbers,
    );
  const own = within(params, 'capabilities', less, numbers);
  return within(own, '_meta', (meta) => within(meta, capabilitiesKey, less, numbers), numbers);
}

/** The same message with other parameters, and the bytes that say it; the very one where nothing has to change. */
export function withParams({ message, bytes }: Received & { message: Asking }, given: JsonObject) {
  const { value, numbers } = message.document;
  const params = withoutTasks(given, numbers);
  if (params === message.params || !isObject(value)) return { message, bytes };
  const document = { value: withMember(value, 'params', params, numbers), numbers };
  return { message: { ...message, params, document }, bytes: Buffer.from(serialize(document)) };
}

function needText(holder: JsonObject, key: string, place: string): string {
  const value = holder[key];
  if (typeof value !== 'string') throw new WritError('WRIT_PARAMS_INVALID', `${place}.${key} must be a string.`);
  return value;
}

function route(split: Split | undefined, params: (rest: string) => JsonObject, use: (rest: string) => Use) {
  return split === undefined ? null : { server: split.server, params: params(split.rest), use: use(split.rest) };
}

const prompt = (name: string): Use => ({ method: 'prompts/get', params: { name } });
const resource = (uri: string): Use => ({ method: 'resources/read', params: { uri } });

/**
 * The server a request names, and its parameters without that name. Undefined for a method that names nothing; null for a name that
 * has no server in it. Throws WRIT_PARAMS_INVALID or WRIT_MESSAGE_UNSUPPORTED.
 */
export function routeOf({ method, params, document: { numbers } }: Asking): Route | null | undefined {
  const set = (key: string) => (rest: Json) => withMember(params, key, rest, numbers);
  if (method === 'tools/call' || method === 'prompts/get') {
    if (params.task !== undefined)
      throw new WritError('WRIT_MESSAGE_UNSUPPORTED', 'Tasks are not carried at this endpoint.');
    const use = (name: string): Use => (method === 'prompts/get' ? prompt(name) : { method, params: { name } });
    return route(splitName(needText(params, 'name', 'params')), set('name'), use);
  }
  if (ofResources.has(method)) return route(splitUri(needText(params, 'uri', 'params')), set('uri'), resource);
  if (method !== 'completion/complete') return undefined;
  const { ref } = params;
  if (!isObject(ref) || (ref.type !== 'ref/prompt' && ref.type !== 'ref/resource'))
    throw new WritError('WRIT_PARAMS_INVALID', 'params.ref must name a prompt or a resource template.');
  const inRef = (key: string) => (rest: string) => set('ref')(withMember(ref, key, rest, numbers));
  if (ref.type === 'ref/prompt') return route(splitName(needText(ref, 'name', 'params.ref')), inRef('name'), prompt);
  return route(splitUri(needText(ref, 'uri', 'params.ref')), inRef('uri'), resource);
}
