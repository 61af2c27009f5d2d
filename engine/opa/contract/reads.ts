import type { AnalysedRule } from '../types.ts';
import { isKind, type Pack, withinPackage } from './packs.ts';

/**
 * Those of `documents` that a rule reads in whole or in part, through helpers too. To read `input.call` is to read
 * `input.call.arguments`, and a computed part (`input.call[x]`) may be any.
 */
export function readsAny(rule: AnalysedRule, documents: readonly string[]): string[] {
  return documents.filter((document) => rule.reads.some((read) => overlap(read.split('.'), document.split('.'))));
}

/** The message as a whole: what a rule reads of it then is everything, and nothing can be told from it. */
export function readsWhole(rule: AnalysedRule): string | undefined {
  return rule.reads.find((read) => /^input(?:\.call)?(?:\.\*)?$/.test(read));
}

/**
 * Whether a rule tells messages to the client from others and names them: it reads the direction, and has the word, or some
 * helper of its pack does. Questions about the tool read the direction too, and never name the client.
 */
export function namesClients(pack: Pack, rule: AnalysedRule): boolean {
  const names = ({ strings }: AnalysedRule) => strings.includes('to-client');
  if (readsAny(rule, ['input.call.direction']).length === 0) return false;
  return names(rule) || pack.rules.some((helper) => !isKind(withinPackage(helper)[0]) && names(helper));
}

function overlap(read: readonly string[], document: readonly string[]): boolean {
  return document.every((part, index) => read[index] === undefined || read[index] === '*' || read[index] === part);
}
