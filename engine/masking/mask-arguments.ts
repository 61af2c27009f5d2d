import { asWritError, WritError } from '../errors.ts';
import { isObject, type JsonDocument } from '../json/types.ts';
import { Masking } from './masking.ts';
import type { MaskContext, Masked } from './types.ts';

/**
 * Masks the arguments of a call before they are sent on: `document.value` is the arguments object. Without a mask on
 * arguments the document is returned as it is.
 *
 * @throws WritError WRIT_ARGUMENT_NAME for a name that is one of a mask but for letter case, WRIT_MASK_PATH,
 *   WRIT_MASK_PATTERN, and WRIT_MASK_FAILED when masks leave no arguments object or for any failure within
 */
export function maskArguments(document: JsonDocument, context: MaskContext): Masked {
  try {
    const masking = new Masking('arguments', context);
    if (masking.isIdle) return { document, applied: [], withheld: 0, changed: false, denied: [] };
    // A server that ignores case would read from the other spelling what the mask takes from this one.
    if (masking.rules.paths.some(({ path }) => path.hasTwins(document.value)))
      throw new WritError('WRIT_ARGUMENT_NAME');
    const reading = masking.document(document);
    masking.settle();
    const value = masking.show(reading);
    if (!isObject(value)) throw new WritError('WRIT_MASK_FAILED', 'Masks leave no arguments object.');
    return masking.masked({ value, numbers: document.numbers }, 0);
  } catch (error) {
    throw asWritError(error, 'WRIT_MASK_FAILED');
  }
}
