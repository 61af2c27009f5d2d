import type { Decision, Verdict } from './types.ts';

/** What people are shown: an allow that masks is a verdict of its own. */
export function verdictOf({ effect, mask_fields }: Decision): Verdict {
  return effect === 'allow' && mask_fields.length > 0 ? 'mask-fields' : effect;
}
