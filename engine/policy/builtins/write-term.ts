import { isArray, isMap, isNumber, isSet, numberText, type Term } from './term.ts';

/** The value in the form OPA's `opa_value_parse` reads. Throws for a number that is not finite, or a lone surrogate. */
export function writeTerm(term: Term): string {
  if (typeof term === 'string') {
    if (!term.isWellFormed()) throw new TypeError('a lone surrogate');
    return JSON.stringify(term);
  }
  if (isNumber(term)) {
    if (typeof term === 'number' && !Number.isFinite(term)) throw new TypeError('no number');
    return numberText(term);
  }
  if (isArray(term)) return `[${term.map(writeTerm).join(',')}]`;
  if (isSet(term)) return term.size === 0 ? 'set()' : `{${[...term].map(writeTerm).join(',')}}`;
  if (isMap(term)) return `{${[...term].map(([key, value]) => `${writeTerm(key)}:${writeTerm(value)}`).join(',')}}`;
  return `${term}`;
}
