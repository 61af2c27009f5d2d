import { isSecretValue } from './entropy.ts';

/** How far behind the name of a secret it is said, in code units and in words between. */
const REACH = 120;
const MOST_WORDS = 5;

const WORD = /[^\s]{1,100}/g;
const OPENING = /^["'`([*„“«‚‘]{1,4}/;
const CLOSING = /["'`)\]}*“”»’.,;:?>]{1,6}$/;
/** Times, versions, paths, addresses, identifiers of things: mixed as secrets are, and none. */
const THING =
  /^(?:\d{1,4}[-./:]\d|v?\d{1,5}\.\d|[a-z]{2,10}:\/\/|[/\\~#<$%{[]|[\da-f]{8}-[\da-f]{4}-|.{0,80}(?:@[\w-]{1,60}\.\w|:\/\/|[(={}]|\/\w{0,40}\/))/i;
/** A key in base64. */
const KEY = /^[A-Za-z\d+/]{40,98}={1,2}$/;
/** `bcrypt-2b-12`, `reset-v2.html`, `30-day`. */
const JOINED_WORDS = /[-./:]|^\d/;
/** Words by which a sentence joins a name and its value. */
const COPULAS: ReadonlySet<string> = new Set(
  'is ist war was were lautet est était es era è era é är var er on oli to jest je był now nu nun jetzt ahora agora ora'.split(
    ' ',
  ),
);

/**
 * The secret that stands behind its name, which ends at `from`, with words between: `the password for the printer is ...`,
 * `mot de passe provisoire : ...`. In a sentence most words are words, so the value must look made up by chance; behind a
 * `vague` name a colon is no better.
 */
export function saidSecret(
  text: string,
  from: number,
  kind: 'password' | 'token' | 'vague',
): { start: number; end: number } | undefined {
  const line = lineOf(text.slice(from, from + REACH));
  let words = 0;
  let before = '';
  WORD.lastIndex = 0;
  for (let match = WORD.exec(line); match !== null && words <= MOST_WORDS; match = WORD.exec(line)) {
    const word = match[0];
    // The rest of the name itself: `Passwörter`.
    const isRest = match.index === 0;
    if (!isRest) {
      const opened = OPENING.exec(word)?.[0].length ?? 0;
      const closed = CLOSING.exec(word)?.[0].length ?? 0;
      const value = word.slice(opened, word.length - closed);
      const joined = kind !== 'vague' && (COPULAS.has(before) || before.endsWith(':'));
      if (looksMade(value, kind === 'vague' ? 'password' : kind, joined)) {
        const start = from + match.index + opened;
        return { start, end: start + value.length };
      }
    }
    // A sentence ends here, and a name of a file or a time says that another begins.
    if (/[.!?;]$/.test(word)) return undefined;
    before = word.toLowerCase();
    words++;
  }
  return undefined;
}

function lineOf(text: string): string {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text : text.slice(0, end);
}

/** Whether a word in a sentence is made by chance: letters of both cases, digits and signs take turns in it. */
function looksMade(value: string, kind: 'password' | 'token', joined: boolean): boolean {
  const least = kind === 'token' ? 16 : joined ? 6 : 8;
  if (KEY.test(value)) return true;
  if (value.length < least || value.length > 100 || THING.test(value) || !isSecretValue(value, kind)) return false;
  const { turns, signs, digits, lower, upper } = countsOf(value);
  // `correct-horse-battery`: words that are chosen, not spoken.
  if (digits === 0 && signs === 0) return joined && value.length > 14 && value.split('-').length > 2;
  if (kind === 'token') return lower && upper && digits > 2 && turns >= 6;
  // Behind `is` or a colon, a word with a digit or a sign within is no word of the sentence; names of files and methods are.
  if (joined && (digits > 0 || signs > 1) && (upper || (lower && (signs > 0 || !JOINED_WORDS.test(value)))))
    return turns >= 2 || /\p{L}\d{2,}$/u.test(value);
  if (digits === 0 || !(lower || upper)) return false;
  return lower && upper ? turns >= (signs > 0 ? 3 : 5) : signs > 0 && turns >= 5;
}

interface Counts {
  /** How often a character is of another kind than the one before; hyphens, dots and slashes join words and count for none. */
  turns: number;
  signs: number;
  digits: number;
  lower: boolean;
  upper: boolean;
}

function countsOf(value: string): Counts {
  const counts = { turns: 0, signs: 0, digits: 0, lower: false, upper: false };
  let last = '';
  for (const char of value) {
    const kind = kindOf(char);
    if (kind === 'joint') continue;
    if (kind === 'digit') counts.digits++;
    else if (kind === 'sign') counts.signs++;
    else if (kind === 'lower') counts.lower = true;
    else counts.upper = true;
    if (last !== '' && last !== kind) counts.turns++;
    last = kind;
  }
  return counts;
}

function kindOf(char: string): 'digit' | 'lower' | 'upper' | 'joint' | 'sign' {
  if (char >= '0' && char <= '9') return 'digit';
  if (char.toLowerCase() !== char) return 'upper';
  if (char.toUpperCase() !== char) return 'lower';
  return "-_./:,'’".includes(char) ? 'joint' : 'sign';
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [WORD, OPENING, CLOSING, THING, /[.!?;]$/, /[\r\n]/, JOINED_WORDS, KEY, /\p{L}\d{2,}$/u];
