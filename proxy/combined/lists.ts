import { WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import type { Received } from '../call/receive.ts';
import type { Asking } from '../mcp/message.ts';
import type { Server } from '../upstream/server.ts';
import { type Answered, answered, askAll, codeOf, failAll, policyRefusal } from './ask-all.ts';
import type { Context } from './context.ts';
import { withParams } from './for-server.ts';
import { joinName, joinUri } from './names.ts';
import { openCursor, sealCursor } from './sealed.ts';

interface List {
  member: string;
  /** The member by which an item is asked for, and how it is said here. */
  key: string;
  join(server: string, name: string): string;
}

const lists: ReadonlyMap<string, List> = new Map([
  ['tools/list', { member: 'tools', key: 'name', join: joinName }],
  ['prompts/list', { member: 'prompts', key: 'name', join: joinName }],
  ['resources/list', { member: 'resources', key: 'uri', join: joinUri }],
  ['resources/templates/list', { member: 'resourceTemplates', key: 'uriTemplate', join: joinUri }],
] satisfies [string, List][]);

export const isMerged = (method: string): boolean => lists.has(method);

/** Each server that has a page to give, with the message that asks for it. */
function pages(context: Context, received: Received & { message: Asking }): Map<Server, Received> {
  const { gateway, caller, servers } = context;
  const { method, params, document } = received.message;
  const { numbers } = document;
  if (params.cursor === undefined)
    return new Map([...servers.values()].map((server) => [server, withParams(received, params)]));
  const cursors = openCursor(gateway.sealer, caller, method, params.cursor);
  if (cursors === undefined) throw new WritError('WRIT_PARAMS_INVALID', 'params.cursor is not one of this list.');
  const asked = new Map<Server, Received>();
  for (const [name, cursor] of cursors) {
    const server = servers.get(name);
    if (server !== undefined) asked.set(server, withParams(received, withMember(params, 'cursor', cursor, numbers)));
  }
  return asked;
}

/** Tools that can be called as tasks alone cannot be called here. */
const needsTask = (item: Json) =>
  isObject(item) && isObject(item.execution) && item.execution.taskSupport === 'required';

/** The items of one server's page, written as they are but for the name; numbers keep their text. */
function itemsOf({ server, result, answer }: Answered, { member, key, join }: List): string[] {
  const items = result[member];
  const numbers = answer?.document.numbers;
  if (!Array.isArray(items) || numbers === undefined) return [];
  return items.flatMap((item) => {
    const name = isObject(item) ? item[key] : undefined;
    if (!isObject(item) || typeof name !== 'string' || needsTask(item)) return [];
    return [serialize({ value: withMember(item, key, join(server.name, name), numbers), numbers })];
  });
}

/** What 2026-07-28 demands of a list, "Caching": nobody else's, and no longer than each part of it; soon, where one is missing. */
function caching(pages: readonly Answered[], whole: boolean): string {
  const ttls = pages.map(({ result: { ttlMs } }) => (typeof ttlMs === 'number' ? ttlMs : 0));
  const ttlMs = whole && ttls.length > 0 ? Math.min(...ttls) : 0;
  return `,"resultType":"complete","cacheScope":"private","ttlMs":${ttlMs}`;
}

/** One page of each server's list, as one page. A server that fails is left out; where all do, so does the list. */
export async function carryList(
  context: Context,
  received: Received & { message: Asking & { kind: 'request' } },
): Promise<void> {
  const { gateway, caller, whole, era } = context;
  const { id, method } = received.message;
  const list = lists.get(method);
  if (list === undefined) return;
  const asked = pages(context, received);
  const outcomes = await askAll(context, asked);
  const given = answered(outcomes);
  // Who may use nothing is shown an empty list, as one who may use something is shown a shorter one.
  const refused = outcomes.some((outcome) => codeOf(outcome) === policyRefusal);
  const failed = outcomes.some(({ error }) => error !== null);
  if (given.length === 0 && asked.size > 0 && (failed || !refused)) return failAll(context, outcomes);
  const items = given.map((page) => itemsOf(page, list));
  const cursors = new Map<string, string>();
  for (const { server, result } of given)
    if (typeof result.nextCursor === 'string') cursors.set(server.name, result.nextCursor);
  const next = cursors.size === 0 ? '' : `,"nextCursor":"${sealCursor(gateway.sealer, caller, method, cursors)}"`;
  const receipts = given.flatMap(({ receipt }, index) =>
    receipt !== undefined && items[index]?.length ? [receipt] : [],
  );
  const meta = receipts.length === 0 ? '' : `,"_meta":{"writ/receipts":${JSON.stringify(receipts)}}`;
  const own = era === 'modern' ? caching(given, given.length === outcomes.length) : '';
  const result = `{"${list.member}":[${items.flat().join(',')}]${next}${own}${meta}}`;
  whole.answer(200, `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`);
}
