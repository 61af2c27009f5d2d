import type { Decision, Verdict } from './types.ts';

/**
 * What people are shown: an allow that masks, or has content withheld, is a verdict of its own. To turn tokens back or to show
 * content that would be withheld hides nothing.
 */
export function verdictOf({ effect, mask_fields, withhold = [] }: Decision): Verdict {
  const hides = mask_fields.length > 0 || withhold.some(({ action }) => action !== 'allow');
  return effect === 'allow' && hides ? 'mask-fields' : effect;
}
