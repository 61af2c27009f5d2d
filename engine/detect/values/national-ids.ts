import type { Context, Found } from '../types.ts';
import { closes, isDigit, isLetter, isWord, opens } from './chars.ts';
import { lastCue, thingCue, wordsBefore } from './cues.ts';
import { numberCue, personCue, recordAfter, recordCue } from './id-words.ts';
import { balticBalkan } from './ids/baltic-balkan.ts';
import { beneluxFrance } from './ids/benelux-france.ts';
import { britainIreland } from './ids/britain-ireland.ts';
import { central } from './ids/central.ts';
import { germanSpeaking } from './ids/german-speaking.ts';
import { iberiaItaly } from './ids/iberia-italy.ts';
import { nordic } from './ids/nordic.ts';
import { eachLayout, type Form, layoutTree } from './ids/trie.ts';

/** National ids of the EU's members, the United Kingdom, Norway and Switzerland. */
export const idRules = [
  ...iberiaItaly,
  ...beneluxFrance,
  ...germanSpeaking,
  ...nordic,
  ...central,
  ...balticBalkan,
  ...britainIreland,
];

const tree = layoutTree(idRules);

/** How rare a valid id must be to be taken from prose without a cue: one in fifty. */
const PROSE_RARITY = 1.7;
/** How rare a valid id must be to be taken in small letters too. */
const RARE = 4;

/** How far behind a number such a word stands at most, in code units. */
const BEHIND = 28;

/** Finds national ids by layout, checksum, and the words before them. */
export function findNationalIds(text: string, context: Context): Found[] {
  const found: Found[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code) && !isLetter(code)) continue;
    if (isDigit(code) || lettersThenDigit(text, i)) {
      if (opens(text, i)) at(text, i, context, found);
    }
    while (i + 1 < text.length && isWord(text.charCodeAt(i + 1))) i++;
  }
  return found;
}

/** Layouts that begin with a letter begin with one, two, three (a fiscal code in groups) or six of them. */
function lettersThenDigit(text: string, start: number): boolean {
  let end = start;
  while (end < start + 7 && isLetter(text.charCodeAt(end))) end++;
  const letters = end - start;
  if (letters === 6) return isDigit(text.charCodeAt(end));
  return letters <= 3;
}

function at(text: string, start: number, context: Context, found: Found[]): void {
  eachLayout(tree, text, start, (end, forms) => {
    if (!closes(text, end)) return;
    const raw = text.slice(start, end);
    const compact = raw.replace(/[^\dA-Za-z]/g, '').toUpperCase();
    let words: string | undefined;
    let best: Found | undefined;
    for (const form of forms) {
      if (!form.rule.valid(compact)) continue;
      words ??= wordsBefore(text, start, context);
      const confidence = judge(form, words, context, {
        lowerCase: /[a-z]/.test(raw),
        prose: text.length > raw.length + 8,
        behind: text.slice(end, end + BEHIND),
      });
      if (confidence === 0 || (best !== undefined && best.confidence >= confidence)) continue;
      best = { start, end, type: form.rule.type, detector: form.rule.name, confidence };
    }
    if (best !== undefined) found.push(best);
  });
}

/** How sure a valid id is, 0 if it must be left: by the words that name it, by words about people, or by its form alone. */
function judge(
  form: Form,
  words: string,
  context: Context,
  { lowerCase, prose, behind }: { lowerCase: boolean; prose: boolean; behind: string },
): number {
  const { rule, strength } = form;
  const here = context.regions.indexOf(rule.country) === 0;
  const tie = rule.rarity / 100 + (here ? 0.05 : 0);
  const named = lastCue(rule.cue, words);
  const thing = Math.max(lastCue(thingCue, words), lastCue(numberCue, words));
  // Of ids of one name the check that fewest numbers pass says more than the country.
  if (named >= 0 && named >= thing) return 0.9 + rule.rarity / 200 + (here ? 0.003 : 0);
  if (rule.named || (lowerCase && rule.rarity < RARE)) return 0;
  if (strength === 'strong') return (thing >= 0 ? 0.55 : 0.7) + tie;
  if (thing >= 0) {
    if (thing > Math.max(lastCue(personCue, words), lastCue(recordCue, words))) return 0;
  }
  if (lastCue(personCue, words) >= 0) return 0.7 + tie;
  if (lastCue(recordCue, words) >= 0) return 0.6 + tie;
  if (strength === 'medium' && here) return 0.5 + tie;
  if (prose && thing < 0 && lastCue(recordAfter, behind.toLowerCase()) >= 0) return 0.5 + tie;
  // In prose, a number that nothing announces is somebody's if few numbers of its form pass the check.
  return prose && thing < 0 && rule.rarity >= PROSE_RARITY && rule.rarity <= 2.5 ? 0.4 + tie : 0;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [/[^\dA-Za-z]/g, /[a-z]/];
