import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import { maskTask } from '../../engine/masking/mask-task.ts';
import { principalOf } from '../session/session.ts';
import { type Call, withoutBytes } from './types.ts';

/** 2025-11-25 has the task in a member of that name; the extension of 2026-07-28 says so in resultType. */
function taskOf({ era }: Call, result: Json): JsonObject | undefined {
  if (!isObject(result) || (era === 'modern' && result.resultType !== 'task')) return undefined;
  const task = era === 'modern' && !isObject(result.task) ? result : result.task;
  return isObject(task) && typeof task.taskId === 'string' ? task : undefined;
}

/**
 * Notes the task to which a server hands a call over, so that its caller and nobody else can ask for what comes of it. Returns
 * the result to show, which says how the task stands and nothing else where something of the answer is hidden; undefined where
 * there is no task. Throws WRIT_MASK_FAILED for a task without a status that is to be shown so.
 */
export function beginTask(call: Call, result: Json, silent: boolean, numbers: NumberTexts): Json | undefined {
  const { method, params } = call.message;
  // Of other methods a task would be a way round what is looked at in their results.
  const asked = method === 'tools/call' && (call.era === 'modern' || isObject(params.task));
  const task = asked ? taskOf(call, result) : undefined;
  if (task === undefined || !isObject(result)) {
    if (isObject(result) && result.resultType === 'task' && !method.startsWith('tasks/'))
      throw new WritError('WRIT_UPSTREAM_INVALID', 'Its task has no id, or answers what no task answers.');
    return undefined;
  }
  call.server.tasks.begin(String(task.taskId), principalOf(call.caller), withoutBytes(call));
  if (!silent) return result;
  const { value } = maskTask(task, numbers);
  if (task === result) return value;
  return call.era === 'modern' ? { resultType: 'task', task: value } : { task: value };
}

/**
 * The tasks of a list that this caller began, and of each how it stands. Returns the very result where that is all there is.
 * Throws WRIT_MASK_FAILED for a task without a status.
 */
export function ownTasks(call: Call, result: Json, numbers: NumberTexts): Json {
  if (!isObject(result) || !Array.isArray(result.tasks))
    throw new WritError('WRIT_UPSTREAM_INVALID', 'Its tasks/list result has no tasks.');
  const principal = principalOf(call.caller);
  // Callers without a name are not told apart: what they see of tasks is by the ids they know alone.
  const named = call.caller.kind !== 'anonymous';
  const own = result.tasks.filter(isObject).filter(({ taskId }) => named && call.server.tasks.isOf(taskId, principal));
  // What a call says on the way may be hidden; here nobody looks which call a task is of.
  const silent = own.map((task) => {
    const { value, withheld } = maskTask(task, numbers);
    return withheld === 0 ? task : value;
  });
  const same = own.length === result.tasks.length && own.every((task, index) => task === silent[index]);
  return same ? result : withMember(result, 'tasks', silent, numbers);
}
