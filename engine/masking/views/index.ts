import { WritError } from '../../errors.ts';
import { decodedBlocks } from './blocks.ts';
import { plainCharacters } from './characters.ts';
import { characterCodes } from './codes.ts';
import { withoutEscapes } from './escapes.ts';
import { shownHosts } from './hosts.ts';
import { encodedWords, quotedPrintable } from './mail.ts';
import { withoutMarkup } from './markup.ts';
import { spokenAddresses } from './spoken.ts';
import { joinedLines, spreadLetters } from './spread.ts';
import { cssEscapes, utf7 } from './styles.ts';
import { reversed, rot13Text } from './turned.ts';
import { original, type Reader, type View } from './view.ts';

export { lettersOf } from './letters.ts';
export { type OpaqueRun, opaqueRuns } from './opaque.ts';
export { turnedSpellings } from './turned.ts';
export { original, type View } from './view.ts';

/** Each leaves what the next reads: what is written in characters first, then what words and lines hide. */
const inOrder: readonly Reader[] = [
  plainCharacters,
  withoutEscapes,
  encodedWords,
  utf7,
  decodedBlocks,
  characterCodes,
  withoutMarkup,
  shownHosts,
  joinedLines,
  spokenAddresses,
  spreadLetters,
];
/** Read amiss, they would spoil what others find: each on its own. */
const aside: readonly Reader[] = [quotedPrintable, cssEscapes, reversed, rot13Text];

/** One encoding in another, as deep as this. */
const DEEP = 6;
const FEW = 4;
/** Characters of all views of a text: so many times its length, and something for short ones. */
const TIMES = 48;
const SOME = 65_536;

/**
 * The other ways in which a text may be read, encodings within encodings too; none for ordinary text. What is found at
 * [start, end) of a view is cut from the text at `place(start, end)`. For values that are known, look for `lettersOf` the value in
 * `lettersOf` the text and each view, and for its `turnedSpellings` in the text itself.
 * @throws WritError WRIT_MASK_FAILED for a text with more readings than its length allows, or encoded more than six times
 */
export function viewsOf(text: string): View[] {
  const views: View[] = [];
  const seen = new Set([text]);
  let room = TIMES * text.length + SOME;
  const take = (view: View | undefined): boolean => {
    if (view === undefined || seen.has(view.text)) return false;
    room -= view.text.length;
    if (room < 0) throw new WritError('WRIT_MASK_FAILED', 'A text can be read in too many ways.');
    seen.add(view.text);
    views.push(view);
    return true;
  };
  let bases = [original(text)];
  for (let depth = 0; depth < DEEP && bases.length > 0; depth++) {
    const next: View[] = [];
    for (const base of bases) {
      let plain = base;
      const alone: View[] = [];
      for (const reader of inOrder) {
        const read = reader(base);
        plain = (plain === base ? read : reader(plain)) ?? plain;
        if (read !== undefined && take(read)) alone.push(read);
      }
      for (const reader of aside) {
        const read = reader(base);
        if (read !== undefined && take(read)) alone.push(read);
      }
      if (plain !== base && (take(plain) || alone.some((each) => each.text === plain.text))) next.push(plain);
      // One reader may spoil what another would have read. Where many read, all ways to go on would be too many.
      if (alone.length <= FEW) next.push(...alone.filter((each) => each.text !== plain.text));
    }
    bases = next;
  }
  for (const base of bases) {
    const text = decodedBlocks(base)?.text ?? withoutEscapes(base)?.text;
    if (text !== undefined && !seen.has(text)) throw new WritError('WRIT_MASK_FAILED', 'A text is encoded too often.');
  }
  return views;
}
