import { asWritError, WritError } from '../errors.ts';
import { isObject, type JsonDocument, type JsonObject, type NumberTexts } from '../json/types.ts';
import { type Kinds, keepMembers, keepMeta, oneOf } from './known-members.ts';
import { Literals } from './literals.ts';
import { maskCompletion } from './mask-completion.ts';
import { maskError } from './mask-error.ts';
import { maskPrompt } from './mask-prompt.ts';
import { maskResource } from './mask-resource.ts';
import { maskTask } from './mask-task.ts';
import { maskToolResult } from './mask-tool-result.ts';
import type { Masking, Shown } from './masking.ts';
import { applied, rulesOn } from './rules.ts';
import type { MaskContext, Masked } from './types.ts';

/**
 * Masks a result: `message.value` is the result object of the JSON-RPC response to a request of this method. What masks
 * cannot look into is withheld. Without a mask on the result the message is returned as it is.
 *
 * @throws WritError WRIT_MASK_PATH, and WRIT_MASK_FAILED for a method whose results masks do not know, a result of another
 *   shape or any failure within
 */
export function maskResult(message: JsonDocument, context: MaskContext, method = 'tools/call'): Masked {
  try {
    const rules = rulesOn('result', context.masks);
    if (rules.length === 0) return { document: message, applied: [], withheld: 0 };
    const { value: result, numbers } = message;
    if (!isObject(result)) throw new WritError('WRIT_MASK_FAILED', 'The result is no object.');
    const masking = { rules, hash: context.hash, literals: new Literals() };
    const { value, withheld } = mask(method, result, { numbers, masking, context });
    return { document: { value, numbers }, applied: applied(rules), withheld };
  } catch (error) {
    throw asWritError(error, 'WRIT_MASK_FAILED');
  }
}

interface Within {
  readonly numbers: NumberTexts;
  readonly masking: Masking;
  readonly context: MaskContext;
}

function mask(method: string, result: JsonObject, within: Within): Shown {
  switch (method) {
    case 'tasks/result':
      return ofTask(result, within);
    case 'tasks/get':
      return inTask(result, within);
    case 'tasks/cancel':
    case 'tasks/update':
      return acknowledged(result, within);
    default:
      return method === 'tools/call' && isBegun(result) ? begun(result, within) : finished(method, result, within);
  }
}

/** What the call came to. */
function finished(method: string, result: JsonObject, { numbers, masking, context }: Within): Shown {
  if (result.resultType !== undefined && result.resultType !== 'complete')
    throw new WritError('WRIT_MASK_FAILED', 'The result is not complete.');
  switch (method) {
    case 'tools/call':
      return maskToolResult(result, numbers, masking);
    case 'resources/read':
      return maskResource(result, numbers, masking, context.uri);
    case 'prompts/get':
      return maskPrompt(result, masking);
    case 'completion/complete':
      return maskCompletion(result, numbers);
    default:
      throw new WritError('WRIT_MASK_FAILED', 'Masks do not look into results of this method.');
  }
}

function isBegun({ resultType, task, content, structuredContent }: JsonObject): boolean {
  return resultType === 'task' || (isObject(task) && content === undefined && structuredContent === undefined);
}

/** tools/call answered by a task: within the result (2026-07-28), or as a member of it (2025-11-25). */
function begun(result: JsonObject, { numbers }: Within): Shown {
  if (!isObject(result.task)) return maskTask(result, numbers);
  const { value, withheld } = maskTask(result.task, numbers);
  return { value: { task: value }, withheld: withheld + Object.keys(result).length - 1 };
}

/** tasks/result of 2025-11-25 is the result of the call, and names the task it belongs to. */
function ofTask(result: JsonObject, within: Within): Shown {
  const { value, withheld } = finished(methodOf(within), result, within);
  const meta = keepMeta(result._meta, within.numbers);
  return meta === undefined ? { value, withheld } : { value: { ...value, _meta: meta }, withheld: withheld - 1 };
}

/** tasks/get: how the task stands and, in 2026-07-28, what it came to. */
function inTask(result: JsonObject, within: Within): Shown {
  const state = maskTask(result, within.numbers);
  const value: JsonObject = { ...state.value };
  let { withheld } = state;
  if (isObject(result.result)) {
    const shown = finished(methodOf(within), result.result, within);
    value.result = shown.value;
    withheld += shown.withheld - 1;
  }
  if (isObject(result.error)) value.error = maskError(result.error, 'The server');
  return { value, withheld };
}

/** An acknowledgement, or (tasks/cancel of 2025-11-25) how the task stands. */
function acknowledged(result: JsonObject, { numbers }: Within): Shown {
  if (result.taskId !== undefined) return maskTask(result, numbers);
  const value = keepMembers(result, ofAcknowledgement);
  return { value, withheld: Object.keys(result).length - Object.keys(value).length };
}

const ofAcknowledgement: Kinds = new Map([['resultType', oneOf('complete')]]);

function methodOf({ context }: Within): string {
  return context.taskOf ?? 'tools/call';
}
