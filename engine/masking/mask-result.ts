import { asWritError, WritError } from '../errors.ts';
import { isObject, type JsonDocument, type JsonObject, type NumberTexts } from '../json/types.ts';
import { isNumber, isTimestamp, type Kinds, keepMeta, oneOf } from './known-members.ts';
import { maskCompletion } from './mask-completion.ts';
import { maskError, withCode } from './mask-error.ts';
import { maskPrompt } from './mask-prompt.ts';
import { maskResource } from './mask-resource.ts';
import { readTask } from './mask-task.ts';
import { maskToolResult } from './mask-tool-result.ts';
import { Masking, type Shown } from './masking.ts';
import { readMembers } from './members.ts';
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
    const masking = new Masking('result', context);
    if (masking.isIdle) return { document: message, applied: [], withheld: 0, changed: false, denied: [] };
    const { value: result, numbers } = message;
    if (!isObject(result)) throw new WritError('WRIT_MASK_FAILED', 'The result is no object.');
    const { value, withheld } = mask(method, result, { numbers, masking, context });
    // What was masked for one caller is nobody else's to cache.
    if (value.cacheScope !== undefined) value.cacheScope = 'private';
    return masking.masked({ value, numbers }, withheld);
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
      return maskPrompt(result, numbers, masking);
    case 'completion/complete':
      return maskCompletion(result, numbers, masking);
    default:
      if (masking.vouch) return settled(readMembers(result, ofOthers, masking, numbers), masking);
      throw new WritError('WRIT_MASK_FAILED', 'Masks do not look into results of this method.');
  }
}

function settled(show: () => Shown, masking: Masking): Shown {
  masking.settle();
  return show();
}

function isBegun({ resultType, task, content, structuredContent }: JsonObject): boolean {
  return resultType === 'task' || (isObject(task) && content === undefined && structuredContent === undefined);
}

/** tools/call answered by a task: within the result (2026-07-28), or as a member of it (2025-11-25). */
function begun(result: JsonObject, { numbers, masking }: Within): Shown {
  if (!isObject(result.task)) return settled(readTask(result, numbers, masking), masking);
  const task = readTask(result.task, numbers, masking);
  const others = readMembers(result, new Map(), masking, numbers, ['task']);
  masking.settle();
  const [inner, outer] = [task(), others()];
  return { value: { task: inner.value, ...outer.value }, withheld: inner.withheld + outer.withheld };
}

/** tasks/result of 2025-11-25 is the result of the call, and names the task it belongs to. */
function ofTask(result: JsonObject, within: Within): Shown {
  const { value, withheld } = finished(methodOf(within), result, within);
  const meta = within.masking.vouch ? undefined : keepMeta(result._meta, within.numbers);
  return meta === undefined ? { value, withheld } : { value: { ...value, _meta: meta }, withheld: withheld - 1 };
}

/** tasks/get: how the task stands and, in 2026-07-28, what it came to. */
function inTask(result: JsonObject, within: Within): Shown {
  const { numbers, masking } = within;
  const task = readTask(result, numbers, masking, ['result', 'error', 'inputRequests']);
  const failure = isObject(result.error) && masking.vouch ? readError(result.error, masking, numbers) : undefined;
  const answer = isObject(result.result) ? finished(methodOf(within), result.result, within) : undefined;
  if (answer === undefined) masking.settle();
  const { value, withheld } = task();
  let hidden = withheld + ['result', 'error', 'inputRequests'].filter((name) => result[name] !== undefined).length;
  if (answer !== undefined) {
    value.result = answer.value;
    hidden += answer.withheld - 1;
  }
  if (isObject(result.error)) {
    value.error = failure === undefined ? maskError(result.error, 'The server') : withCode(failure().value);
    if (failure !== undefined) hidden--;
  }
  return { value, withheld: hidden };
}

function readError(error: JsonObject, masking: Masking, numbers: NumberTexts): () => Shown {
  return readMembers(error, new Map(), masking, numbers);
}

/** An acknowledgement, or (tasks/cancel of 2025-11-25) how the task stands. */
function acknowledged(result: JsonObject, { numbers, masking }: Within): Shown {
  const show =
    result.taskId !== undefined
      ? readTask(result, numbers, masking)
      : readMembers(result, ofAcknowledgement, masking, numbers);
  return settled(show, masking);
}

/** Of lists, of what a server says of itself, and of methods nobody knows. */
const ofOthers: Kinds = new Map([
  ['resultType', oneOf('complete')],
  ['protocolVersion', isTimestamp],
  ['ttlMs', isNumber],
  ['cacheScope', oneOf('public', 'private')],
]);
const ofAcknowledgement: Kinds = new Map([['resultType', oneOf('complete')]]);

function methodOf({ context }: Within): string {
  return context.taskOf ?? 'tools/call';
}
