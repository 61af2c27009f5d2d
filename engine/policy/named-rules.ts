import type { Decision, Strategy, Withhold } from './types.ts';

/** A rule that hides something of a message, as the log and fixtures name it. */
export interface Hiding {
  rule: string;
  strategy: Strategy | Exclude<Withhold['action'], 'allow'>;
  category: string | null;
}

/**
 * Each rule that masks, with its strategy and category, and each that has content withheld or refused, with that action in
 * place of a strategy; once each, however many paths a category has. The category of what detectors look for is the one
 * they are told.
 */
export function hidingRules({ mask_fields, withhold = [] }: Decision): Hiding[] {
  const found = new Map<string, Hiding>();
  const add = (hiding: Hiding) => found.set(`${hiding.rule} ${hiding.strategy} ${hiding.category}`, hiding);
  for (const { rule, strategy, category, detect } of mask_fields)
    add({ rule, strategy, category: category ?? detect ?? null });
  for (const { rule, action } of withhold) if (action !== 'allow') add({ rule, strategy: action, category: null });
  return [...found.values()];
}

/** The rules that decided, and those by which more is had than without them: tokens turned back, content shown. Sorted. */
export function decidingRules({ rules, detokenise = [], withhold = [] }: Decision): string[] {
  const shown = withhold.filter(({ action }) => action === 'allow');
  if (detokenise.length === 0 && shown.length === 0) return rules;
  return [...new Set([...rules, ...[...detokenise, ...shown].map(({ rule }) => rule)])].sort();
}
