import { WritError } from '../../errors.ts';
import { labelFor, textOf } from './kind.ts';
import { tokenOptions } from './options.ts';
import type { Mask, Means, Replaceable } from './types.ts';

/**
 * The token that stands for a value until it expires.
 * @throws WritError WRIT_MASK_FAILED where nobody gives tokens
 */
export function tokenised(of: Replaceable, mask: Mask, { token }: Means): string {
  if (token === undefined) throw new WritError('WRIT_MASK_FAILED', 'There are no tokens here.');
  const label = labelFor(of, mask);
  return token({ value: textOf(of), label, category: of.category ?? mask.category, ...tokenOptions(mask.options) });
}
