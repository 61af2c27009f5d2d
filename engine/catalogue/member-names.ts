import { fieldMeaning } from '../detect/fields/field-meaning.ts';
import { readsLikeAPerson } from '../detect/fields/reads-like-a-person.ts';
import { foldName, nameTokens } from '../detect/fields/tokens.ts';
import { detectText } from '../detect/index.ts';
import { fold } from '../detect/prose/fold.ts';
import { ALSO_WORD, ENTITY, GIVEN, knownName, PLAIN, ROLE, SURNAME } from '../detect/prose/name-book.ts';

/** Longer names of members are texts. */
const longest = 64;
/** What is no word of a schema: addresses, controls, numbers that count people. */
const ofData = /[@\p{Cc}\p{Cs}]|\d{4}|^(?=.*\d)[\da-f-]{12,}$/iu;
/** Of a value as short as this it is chance that a name is the same. */
const shortest = 4;

/** Values that were found in recordings, to know them again as names of members however they are spelt there. */
export class KnownValues {
  readonly #values = new Map<string, string>();
  readonly #words = new Set<string>();

  add(value: string, category: string): void {
    const squeezed = squashed(value);
    if (squeezed.length < shortest) return;
    if (!this.#values.has(squeezed)) this.#values.set(squeezed, category);
    // One word of a name may be enough to know a person by.
    if (category !== 'user.name') return;
    for (const word of nameTokens(value)) if (word.length >= shortest) this.#words.add(word);
  }

  /** The category of the value that a name is as a whole. */
  categoryOf(name: string): string | undefined {
    return this.#values.get(squashed(name));
  }

  has(name: string): boolean {
    return this.#values.has(squashed(name)) || nameTokens(name).some((word) => this.#words.has(word));
  }
}

function squashed(text: string): string {
  return foldName(text).replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether the dictionary knows the name as one that fields have, whoever is called so. */
export function isFieldName(name: string): boolean {
  const { phrase, about, negative, isCountry } = fieldMeaning(name);
  return phrase !== undefined || about !== undefined || negative || isCountry;
}

/** Whether a name of a member may be somebody's: then no path spells it out. In doubt it is. */
export function isPersonal(name: string, known: KnownValues): boolean {
  if (name.length > longest || ofData.test(name)) return true;
  if (isFieldName(name)) return false;
  return known.has(name) || readsLikeAPerson(name) || isKnownName(name) || isDetected(name);
}

/** What a name of a member is, where it looks like somebody's and no detector says so; undefined where it does not. */
export function personalName(name: string, known: KnownValues): { category: string; confidence: number } | undefined {
  if (name.length > longest || isFieldName(name)) return undefined;
  const category = known.categoryOf(name);
  if (category !== undefined) return { category, confidence: 0.85 };
  return isKnownName(name) ? { category: 'user.name', confidence: 0.5 } : undefined;
}

function isDetected(name: string): boolean {
  return detectText(name, { regions: [] }).length > 0;
}

function isKnownName(name: string): boolean {
  const bits = nameTokens(name).map((word) => knownName(fold(word)));
  const isName = (word: number) => (word & (GIVEN | SURNAME)) !== 0;
  const isWord = (word: number) => (word & (ALSO_WORD | PLAIN | ENTITY | ROLE)) !== 0;
  if (bits.some((word) => (word & GIVEN) !== 0 && !isWord(word))) return true;
  return bits.length > 1 && bits.every(isName);
}
