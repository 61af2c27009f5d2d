import { WritError } from '../../errors.ts';
import { decodedBlocks } from './blocks.ts';
import { plainCharacters } from './characters.ts';
import { characterCodes } from './codes.ts';
import { withoutEscapes } from './escapes.ts';
import { gluedBlocks } from './glued.ts';
import { shownHosts } from './hosts.ts';
import { encodedWords, quotedPrintable } from './mail.ts';
import { withoutMarkup } from './markup.ts';
import { SIGNS, signsOf } from './signs.ts';
import { spokenAddresses } from './spoken.ts';
import { joinedLines, spreadLetters } from './spread.ts';
import { cssEscapes, utf7 } from './styles.ts';
import { reversed, rot13Text } from './turned.ts';
import { type Change, nearTo, original, type Reader, type View } from './view.ts';

export { lettersIn, lettersOf } from './letters.ts';
export { opaqueRuns } from './opaque.ts';
export { turnedSpellings } from './turned.ts';
export { original, type View } from './view.ts';

/** A reader, and the signs of which a text has at least one where there is something for it. */
type Gated = readonly [reader: Reader, needs: number];

/** Each leaves what the next reads: what is written in characters first, then what words and lines hide. */
const inOrder: readonly Gated[] = [
  [plainCharacters, SIGNS.beyond],
  [withoutEscapes, SIGNS.escape],
  [encodedWords, SIGNS.equals],
  [utf7, SIGNS.plus],
  [decodedBlocks, SIGNS.mixed],
  [characterCodes, SIGNS.sign],
  [withoutMarkup, SIGNS.markup],
  [shownHosts, SIGNS.hyphen],
  [joinedLines, SIGNS.line],
  [spokenAddresses, SIGNS.around],
  [spreadLetters, SIGNS.sign],
];
const inReverse = inOrder.toReversed();
/** Read amiss, they would spoil what others find: each on its own. */
const aside: readonly Gated[] = [
  [quotedPrintable, SIGNS.equals],
  [cssEscapes, SIGNS.escape],
  [reversed, SIGNS.at],
  [rot13Text, SIGNS.at],
  [gluedBlocks, SIGNS.mixed],
];

/** What encoders write: none of these is left to read in a text that was read as often as it may be. */
const encoders = [
  plainCharacters,
  withoutEscapes,
  encodedWords,
  utf7,
  decodedBlocks,
  characterCodes,
  withoutMarkup,
  quotedPrintable,
  cssEscapes,
  gluedBlocks,
];

/**
 * A reading that may be read further. Of one that a single reader made, only what is near to what it `wrote` is new: all else
 * is read in the text it was made of.
 */
interface Base {
  readonly view: View;
  readonly wrote: readonly Change[] | undefined;
}

/** No value goes on for as many characters from where it is written in one way to where it is in another. */
const NEAR = 128;

/** Whether some stretch of one list is near one of the other. */
function touch(some: readonly Change[], others: readonly Change[]): boolean {
  const ends = others.toSorted(([start], [other]) => start - other);
  let at = 0;
  return some
    .toSorted(([start], [other]) => start - other)
    .some(([start, end]) => {
      while ((ends[at]?.[1] ?? Number.POSITIVE_INFINITY) + NEAR < start) at++;
      return (ends[at]?.[0] ?? Number.POSITIVE_INFINITY) - NEAR <= end;
    });
}

/** More changes are seldom the same in another order. */
const COMPARED = 64;

/** Who read, and where, if each read elsewhere, so that their order says nothing. */
function placesOf({ changes, how }: View): string | undefined {
  if (changes.length > COMPARED) return undefined;
  const sorted = changes.toSorted(([start], [other]) => start - other);
  if (sorted.some(([start], index) => start < (sorted[index - 1]?.[1] ?? 0))) return undefined;
  return `${how.split(', ').sort().join()} ${sorted.join(';')}`;
}

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
  const read = new Set<string>();
  let room = TIMES * text.length + SOME;
  const take = (view: View | undefined): boolean => {
    if (view === undefined || seen.has(view.text)) return false;
    const places = placesOf(view);
    if (places !== undefined && read.has(places)) return false;
    room -= view.text.length;
    if (room < 0) throw new WritError('WRIT_MASK_FAILED', 'A text can be read in too many ways.');
    seen.add(view.text);
    if (places !== undefined) read.add(places);
    views.push(view);
    return true;
  };
  let bases: Base[] = [{ view: original(text), wrote: undefined }];
  for (let depth = 0; depth < DEEP && bases.length > 0; depth++) {
    const next: Base[] = [];
    for (const { view: base, wrote } of bases) {
      const isNew = (read: View) => wrote === undefined || touch(read.changes.slice(base.changes.length), wrote);
      const signs = signsOf(base.text);
      const changes: Change[] = [];
      const reads = new Set<Reader>();
      const readBy = (readers: readonly Gated[]): View[] => {
        const alone: View[] = [];
        for (const [reader, needs] of readers) {
          const one = (signs & needs) === 0 ? undefined : reader(base);
          if (one === undefined) continue;
          if (readers === inOrder) for (const change of one.changes.slice(base.changes.length)) changes.push(change);
          reads.add(reader);
          if (isNew(one) && take(one)) alone.push(one);
        }
        return alone;
      };
      const alone = readBy(inOrder);
      const turned = readBy(aside);
      const goOn = (view: View, from: readonly Change[] | undefined) => next.push({ view, wrote: from });
      const readOn = (order: readonly Gated[]): View | undefined => {
        if (changes.length === 0) return undefined;
        const from = nearTo(base, changes);
        let read = from;
        for (const [reader] of order) if (read !== from || reads.has(reader)) read = reader(read) ?? read;
        return read !== from && isNew(read) ? { ...read, whole: false } : undefined;
      };
      const plain = readOn(inOrder);
      if (plain !== undefined && (take(plain) || alone.some((each) => each.text === plain.text)))
        goOn(plain, undefined);
      // One reader may spoil what another would have read. Where many read, all ways to go on would be too many: for any two of
      // them the other way round is enough.
      const isMany = alone.length + turned.length > FEW;
      const other = isMany ? readOn(inReverse) : undefined;
      if (other !== undefined && take(other)) goOn(other, undefined);
      for (const view of isMany ? turned : [...alone, ...turned])
        if (view.text !== plain?.text) goOn(view, view.changes.slice(base.changes.length));
    }
    bases = next;
  }
  for (const { view: base, wrote } of bases) {
    // Of what single readers made, all that may be read is read in another order as well.
    if (wrote !== undefined) continue;
    for (const reader of encoders) {
      const text = reader(base)?.text;
      if (text !== undefined && !seen.has(text))
        throw new WritError('WRIT_MASK_FAILED', 'A text is encoded too often.');
    }
  }
  return views;
}
