import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember, withoutMembers } from '../../engine/json/with-member.ts';
import { principalOf } from '../session/session.ts';
import type { Call } from './types.ts';

/** Members of a task in which a server has words of its own, or what came of the call. */
const itsWords = ['statusMessage', 'result', 'error', 'inputRequests'];

/** 2025-11-25 has the task in a member of that name; the extension of 2026-07-28 says so in resultType. */
function taskOf(result: Json): JsonObject | undefined {
  if (!isObject(result)) return undefined;
  const task = result.resultType === 'task' && !isObject(result.task) ? result : result.task;
  return isObject(task) && typeof task.taskId === 'string' ? task : undefined;
}

/**
 * Notes the task to which a server hands a call over, so that its caller and nobody else can ask for what comes of it. Returns
 * the result to show, without the server's words where something of the answer is hidden; undefined where there is no task.
 */
export function beginTask(call: Call, result: Json, hides: boolean, numbers: NumberTexts): Json | undefined {
  const { method, params } = call.message;
  const asked = call.era === 'modern' || isObject(params.task);
  const task = asked && !method.startsWith('tasks/') ? taskOf(result) : undefined;
  if (task === undefined || !isObject(result)) {
    if (isObject(result) && result.resultType === 'task' && !method.startsWith('tasks/'))
      throw new WritError('WRIT_UPSTREAM_INVALID', 'Its task has no id.');
    return undefined;
  }
  call.server.tasks.begin(String(task.taskId), principalOf(call.caller), call);
  if (!hides) return result;
  const silent = withoutMembers(task, itsWords, numbers);
  return task === result ? silent : withMember(withoutMembers(result, ['_meta'], numbers), 'task', silent, numbers);
}

/** The tasks of a list that this caller began. Returns the very result where that is all of them. */
export function ownTasks(call: Call, result: Json, numbers: NumberTexts): Json {
  if (!isObject(result) || !Array.isArray(result.tasks))
    throw new WritError('WRIT_UPSTREAM_INVALID', 'Its tasks/list result has no tasks.');
  const principal = principalOf(call.caller);
  const own = result.tasks.filter((task) => isObject(task) && call.server.tasks.isOf(task.taskId, principal));
  // What a call says on the way may be hidden; here nobody looks which call a task is of.
  const silent = own.map((task) => (isObject(task) ? withoutMembers(task, itsWords, numbers) : task));
  const same = own.length === result.tasks.length && own.every((task, index) => task === silent[index]);
  return same ? result : withMember(result, 'tasks', silent, numbers);
}
