import { fold } from './fold.ts';
import { splitWords, type Words } from './words.ts';

/** No name, cue or street is longer. */
const LONGEST = 60;

/** A text with its words, and each word's folded form made once, when first asked for. */
export interface Prose extends Words {
  text: string;
  folded: (string | undefined)[];
}

export function readProse(text: string): Prose {
  return { ...splitWords(text), text, folded: [] };
}

/** The word as written. */
export function word(prose: Prose, index: number): string {
  return prose.text.slice(prose.start[index], prose.end[index]);
}

/** The word folded, without a genitive `'s`; an empty string outside the text. */
export function foldedWord(prose: Prose, index: number): string {
  if (index < 0 || index >= prose.count) return '';
  const before = prose.folded[index];
  if (before !== undefined) return before;
  const long = (prose.end[index] ?? 0) - (prose.start[index] ?? 0) > LONGEST;
  let form = long ? '' : fold(word(prose, index));
  if (form.endsWith("'s")) form = form.slice(0, -2);
  prose.folded[index] = form;
  return form;
}
