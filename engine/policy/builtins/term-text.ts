import { sorted, sortedMembers } from './compare.ts';
import { quote } from './go-quote.ts';
import { isArray, isMap, isNumber, isSet, numberText, type Term } from './term.ts';

/** A value as OPA's interpreter writes it: `{"a": [1, "b"]}`, sets and objects in order. */
export function termText(term: Term): string {
  if (typeof term === 'string') return quote(term);
  if (isNumber(term)) return numberText(term);
  if (isArray(term)) return `[${term.map(termText).join(', ')}]`;
  if (isSet(term)) return term.size === 0 ? 'set()' : `{${sorted(term).map(termText).join(', ')}}`;
  if (!isMap(term)) return `${term}`;
  const members = sortedMembers(term).map(([key, value]) => `${termText(key)}: ${termText(value)}`);
  return `{${members.join(', ')}}`;
}
