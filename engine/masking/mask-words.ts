import { asWritError, WritError } from '../errors.ts';
import { isObject, type JsonDocument } from '../json/types.ts';
import { isId, isNumber, isText, isTimestamp, type Kinds, oneOf } from './known-members.ts';
import { Masking } from './masking.ts';
import { readMembers } from './members.ts';
import { Rules } from './rules.ts';
import type { MaskContext, Masked } from './types.ts';

/** Whether these masks on results vouch for free words: then `maskWords` may show them. */
export function vouches(masks: MaskContext['masks']): boolean {
  return new Rules('result', masks).vouch;
}

/**
 * What a server says beside a result, into which no path leads: the params of a notification or of a question, or an error.
 * All of its words are shown, masked by detectors, patterns, and what was masked before in the same call.
 *
 * @throws WritError WRIT_MASK_FAILED where masks do not vouch for it, or for any failure within
 */
export function maskWords({ value, numbers }: JsonDocument, context: MaskContext): Masked {
  try {
    const masking = new Masking('result', context);
    if (!masking.vouch) throw new WritError('WRIT_MASK_FAILED', 'Masks do not look into free words.');
    if (!isObject(value)) throw new WritError('WRIT_MASK_FAILED', 'What is said is no object.');
    const show = readMembers(value, protocol, masking, numbers);
    masking.settle();
    const shown = show();
    return masking.masked({ value: shown.value, numbers }, shown.withheld);
  } catch (error) {
    throw asWritError(error, 'WRIT_MASK_FAILED');
  }
}

/** By which a client knows what a message belongs to, and what it is. */
const protocol: Kinds = new Map([
  ['progressToken', isId],
  ['requestId', isId],
  ['taskId', isText],
  ['elicitationId', isText],
  ['progress', isNumber],
  ['total', isNumber],
  ['code', isNumber],
  ['level', oneOf('debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency')],
  ['mode', oneOf('form', 'url')],
  ['status', oneOf('working', 'input_required', 'completed', 'failed', 'cancelled')],
  ['createdAt', isTimestamp],
  ['lastUpdatedAt', isTimestamp],
]);
