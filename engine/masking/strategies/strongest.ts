import type { Strategy } from '../../policy/types.ts';

/**
 * The one strategy for a node on which several masks lie. Drop, null, redact in this order beat all. What is left are
 * two ways to keep something: that equal values are equal (hash, pseudonym, tokenise) or what a value says roughly
 * (generalise, shift, partial), of each the one that keeps least. One of each together would give away more than either
 * rule allows, so the node is redacted.
 */
export function strongest(strategies: readonly Strategy[]): Strategy {
  for (const absolute of ['drop', 'null', 'redact'] as const) if (strategies.includes(absolute)) return absolute;
  const identity = identities.find((strategy) => strategies.includes(strategy));
  const meaning = meanings.find((strategy) => strategies.includes(strategy));
  if (identity === undefined) return meaning ?? 'redact';
  return meaning === undefined ? identity : 'redact';
}

const identities = ['hash', 'pseudonym', 'tokenise'] as const;
const meanings = ['generalise', 'shift', 'partial'] as const;
