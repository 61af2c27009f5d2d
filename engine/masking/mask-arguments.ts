import { asWritError, WritError } from '../errors.ts';
import { isObject, type JsonDocument } from '../json/types.ts';
import { Literals } from './literals.ts';
import { partOf } from './part.ts';
import { read } from './read.ts';
import { rewrite } from './rewrite.ts';
import { applied, rulesOn } from './rules.ts';
import type { MaskContext, Masked } from './types.ts';

/**
 * Masks the arguments of a call before they are sent on: `document.value` is the arguments object. Without a mask on
 * arguments the document is returned as it is.
 *
 * @throws WritError WRIT_ARGUMENT_NAME for a name that is one of a mask but for letter case, WRIT_MASK_PATH, and
 *   WRIT_MASK_FAILED when masks leave no arguments object or for any failure within
 */
export function maskArguments(document: JsonDocument, context: MaskContext): Masked {
  try {
    const rules = rulesOn('arguments', context.masks);
    if (rules.length === 0) return { document, applied: [], withheld: 0 };
    // A server that ignores case would read from the other spelling what the mask takes from this one.
    if (rules.some(({ path }) => path.hasTwins(document.value))) throw new WritError('WRIT_ARGUMENT_NAME');
    const literals = new Literals();
    const reading = read(partOf(document), rules, context.hash, literals);
    const value = rewrite(reading, rules, literals, 1);
    if (!isObject(value)) throw new WritError('WRIT_MASK_FAILED', 'Masks leave no arguments object.');
    return { document: { value, numbers: document.numbers }, applied: applied(rules), withheld: 0 };
  } catch (error) {
    throw asWritError(error, 'WRIT_MASK_FAILED');
  }
}
