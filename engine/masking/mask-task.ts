import { WritError } from '../errors.ts';
import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import { isNumber, isText, isTimestamp, type Kinds, keepMembers, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';
import { readMembers } from './members.ts';

/**
 * How a task stands, of 2025-11-25 or of the extension io.modelcontextprotocol/tasks: its id, status, times and intervals.
 * What it says of that in words, and what it came to, are left out.
 *
 * @throws WritError WRIT_MASK_FAILED for what is no task
 */
export function maskTask(task: JsonObject, numbers: NumberTexts): Shown {
  const value = keepMembers(task, ofTask, numbers);
  refuseOther(value);
  return { value, withheld: Object.keys(task).length - Object.keys(value).length };
}

/** As `maskTask`, with its words where masks vouch for them; `apart` are members that are shown by other means. */
export function readTask(
  task: JsonObject,
  numbers: NumberTexts,
  masking: Masking,
  apart: readonly string[] = [],
): () => Shown {
  refuseOther(keepMembers(task, ofTask, numbers));
  return readMembers(task, ofTask, masking, numbers, apart);
}

function refuseOther({ taskId, status }: JsonObject): void {
  if (taskId === undefined || status === undefined)
    throw new WritError('WRIT_MASK_FAILED', 'A task has no id or no status.');
}

const isPeriod = (value: Json) => value === null || isNumber(value);

export const ofTask: Kinds = new Map([
  ['resultType', oneOf('complete', 'task')],
  ['taskId', isText],
  ['status', oneOf('working', 'input_required', 'completed', 'failed', 'cancelled')],
  ['createdAt', isTimestamp],
  ['lastUpdatedAt', isTimestamp],
  ['ttl', isPeriod],
  ['ttlMs', isPeriod],
  ['pollInterval', isPeriod],
  ['pollIntervalMs', isPeriod],
]);
