import { asWritError, WritError } from '../errors.ts';
import { isObject, type JsonDocument } from '../json/types.ts';
import { isId, isNumber, isText, type Kinds, oneOf } from './known-members.ts';
import { ofTask } from './mask-task.ts';
import { Masking } from './masking.ts';
import { readMembers } from './members.ts';
import { Rules } from './rules.ts';
import type { MaskContext, Masked } from './types.ts';

/** Whether these masks on results vouch for free words: then `maskWords` may show them. */
export function vouches(masks: MaskContext['masks']): boolean {
  return new Rules('result', masks).vouch;
}

/**
 * What a server says beside a result, into which no path leads: the params of a notification or of a question, by its `method`, or
 * an error. All of its words are shown, masked by detectors, patterns, and what was masked before in the same call.
 *
 * @throws WritError WRIT_MASK_FAILED where masks do not vouch for it, or for any failure within
 */
export function maskWords({ value, numbers }: JsonDocument, context: MaskContext, method = ''): Masked {
  try {
    const masking = new Masking('result', context);
    if (!masking.vouch) throw new WritError('WRIT_MASK_FAILED', 'Masks do not look into free words.');
    if (!isObject(value)) throw new WritError('WRIT_MASK_FAILED', 'What is said is no object.');
    const show = readMembers(value, protocol.get(method) ?? none, masking, numbers);
    masking.settle();
    const shown = show();
    return masking.masked({ value: shown.value, numbers }, shown.withheld);
  } catch (error) {
    throw asWritError(error, 'WRIT_MASK_FAILED');
  }
}

const none: Kinds = new Map();

/** By which a client knows what a message belongs to, and what it is: of each method its own, or they would carry anything elsewhere. */
const protocol: ReadonlyMap<string, Kinds> = new Map([
  [
    'notifications/progress',
    new Map([
      ['progressToken', isId],
      ['progress', isNumber],
      ['total', isNumber],
    ]),
  ],
  [
    'notifications/message',
    new Map([['level', oneOf('debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency')]]),
  ],
  ['notifications/cancelled', new Map([['requestId', isId]])],
  ['notifications/elicitation/complete', new Map([['elicitationId', isText]])],
  ['notifications/tasks', ofTask],
  ['notifications/tasks/status', ofTask],
  [
    'elicitation/create',
    new Map([
      ['mode', oneOf('form', 'url')],
      ['elicitationId', isText],
    ]),
  ],
]);
