import { WritError } from '../errors.ts';
import { plainNumbers } from '../json/numbers.ts';
import { isObject, type JsonObject, type NumberTexts } from '../json/types.ts';
import { isBoolean, isId, isNumber, isText, type Kinds, keepMembers, keepMeta, oneOf } from './known-members.ts';
import { maskTask } from './mask-task.ts';
import { withheldText } from './withheld.ts';

/**
 * What is shown of a server's notification while a mask is in force, or while policy has yet to look at the result: no
 * path leads into its words, so they are left out. Of `_meta`, what tells the subscription and the task remains. Undefined
 * where nothing may be shown: for notifications/resources/updated, whose URI may be made of somebody's data, for methods
 * nobody knows, and for params that are not of the method's form. `params` are not changed.
 */
export function maskNotification(
  params: JsonObject,
  method: string,
  numbers: NumberTexts = plainNumbers,
): JsonObject | undefined {
  const kept = keepers.get(method)?.(params, numbers);
  if (kept === undefined) return undefined;
  const meta = keepMeta(params._meta, numbers);
  return meta === undefined ? kept : Object.assign(kept, { _meta: meta });
}

type Keeper = (params: JsonObject, numbers: NumberTexts) => JsonObject | undefined;

/** Keeps members of these kinds; nothing where one that a client cannot do without is missing. */
function members(kinds: Kinds, needed: readonly string[] = []): Keeper {
  return (params, numbers) => {
    const kept = keepMembers(params, kinds, numbers);
    return needed.every((name) => name in kept) ? kept : undefined;
  };
}

const nothing: Keeper = () => ({});

const level = oneOf('debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency');
const ofMessage = members(new Map([['level', level]]), ['level']);
const ofProgress: Kinds = new Map([
  ['progressToken', isId],
  ['progress', isNumber],
  ['total', isNumber],
]);
const ofSubscriptions: Kinds = new Map([
  ['toolsListChanged', isBoolean],
  ['promptsListChanged', isBoolean],
  ['resourcesListChanged', isBoolean],
]);

const keepers: ReadonlyMap<string, Keeper> = new Map<string, Keeper>([
  ['notifications/progress', members(ofProgress, ['progressToken', 'progress'])],
  ['notifications/message', ofLog],
  ['notifications/cancelled', members(new Map([['requestId', isId]]))],
  ['notifications/tools/list_changed', nothing],
  ['notifications/prompts/list_changed', nothing],
  ['notifications/resources/list_changed', nothing],
  ['notifications/elicitation/complete', members(new Map([['elicitationId', isText]]), ['elicitationId'])],
  ['notifications/subscriptions/acknowledged', ofAcknowledged],
  ['notifications/tasks/status', ofTask],
]);

function ofLog(params: JsonObject, numbers: NumberTexts): JsonObject | undefined {
  const kept = ofMessage(params, numbers);
  return kept && { ...kept, data: withheldText('data') };
}

/** URIs and tasks it names were the caller's own to name, but what comes back is the server's word. */
function ofAcknowledged({ notifications }: JsonObject): JsonObject | undefined {
  return isObject(notifications) ? { notifications: keepMembers(notifications, ofSubscriptions) } : undefined;
}

function ofTask({ _meta, ...task }: JsonObject, numbers: NumberTexts): JsonObject | undefined {
  try {
    return maskTask(task, numbers).value;
  } catch (error) {
    if (error instanceof WritError) return undefined;
    throw error;
  }
}
