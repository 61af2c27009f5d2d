import type { DetectedType } from '../types.ts';
import { idRules } from './national-ids.ts';

/**
 * Of ids of several countries that have one form, the one whose check the value passes: the check that fewest numbers pass
 * first, then that of the likeliest country. Undefined if it passes none.
 */
export function likeliestId(
  types: readonly DetectedType[],
  value: string,
  regions: readonly string[],
): DetectedType | undefined {
  const compact = value.replace(/[^\dA-Za-z]/g, '').toUpperCase();
  let best: { type: DetectedType; rank: number } | undefined;
  for (const { type, rarity, country, valid } of idRules) {
    if (!types.includes(type) || !valid(compact)) continue;
    const rank = rarity + (regions[0] === country ? 0.1 : 0);
    if (best === undefined || rank > best.rank) best = { type, rank };
  }
  return best?.type;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [/[^\dA-Za-z]/g];
