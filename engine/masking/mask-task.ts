import { WritError } from '../errors.ts';
import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import { isNumber, isText, isTimestamp, type Kinds, keepMembers, oneOf } from './known-members.ts';
import type { Shown } from './masking.ts';

/**
 * How a task stands, of 2025-11-25 or of the extension io.modelcontextprotocol/tasks: its id, status, times and intervals.
 * What it says of that in words, and what it came to, are left out.
 *
 * @throws WritError WRIT_MASK_FAILED for what is no task
 */
export function maskTask(task: JsonObject, numbers: NumberTexts): Shown {
  const value = keepMembers(task, ofTask, numbers);
  if (value.taskId === undefined || value.status === undefined)
    throw new WritError('WRIT_MASK_FAILED', 'A task has no id or no status.');
  return { value, withheld: Object.keys(task).length - Object.keys(value).length };
}

const isPeriod = (value: Json) => value === null || isNumber(value);

const ofTask: Kinds = new Map([
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
