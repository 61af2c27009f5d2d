import { matchesOf } from '../../detect/matches.ts';
import { Draft, type View } from './view.ts';

/** Letters of other scripts that look Latin, in words that mix scripts. */
export function lookalikeWords(view: View): View | undefined {
  if (!mixed.test(view.text)) return undefined;
  const draft = new Draft(view);
  for (const { 0: word, index } of matchesOf(words, view.text)) {
    const plain = asLatin(word);
    if (plain === undefined) continue;
    draft.keep(index);
    draft.put(plain, index + word.length);
  }
  return draft.done('lookalikes');
}

/** Undefined for a word that is of its own script. */
function asLatin(word: string): string | undefined {
  let [latin, alike] = [0, 0];
  let plain = '';
  for (const letter of word) {
    const like = lookalikes.get(letter);
    plain += like ?? letter;
    if (like !== undefined) alike++;
    if (/[\p{Script=Latin}\d]/u.test(letter)) latin++;
  }
  return alike === 0 || latin === 0 ? undefined : plain;
}

const ranges =
  /[\u0250-\u02ff\u0370-\u058f\u13a0-\u13ff\u1d00-\u1dbf\u2c60-\u2c7f\ua4d0-\ua4ff\ua720-\ua7ff\uab30-\uabbf]/;
const mixed = new RegExp(
  `[\\u0250-\\u02ff\\u1d00-\\u1dbf\\ua720-\\ua7ff]|[a-z0-9]\\p{M}?${ranges.source}|${ranges.source}\\p{M}?[a-z0-9]`,
  'iu',
);
const words = /[\p{L}\p{N}\p{M}]{2,128}/gu;

/** Letters that are drawn as Latin ones, by what they look like (the single letters of Unicode's confusables, UTS 39). */
const rows: Readonly<Record<string, string>> = {
  a: 'аαɑᴀаａ',
  b: 'ЬƅЪьʙ',
  c: 'сϲᴄⅽꮯ',
  d: 'ԁɗᴅꓒժ',
  e: 'еєҽᴇɛεꬲ',
  f: 'ғϝꜰքꬵ',
  g: 'ցɡɢԍ',
  h: 'һհʜԋ',
  i: 'іιɪıӏїίɩ',
  j: 'јϳᴊյ',
  k: 'кκᴋĸ',
  l: 'ӏⅼʟլ',
  m: 'мᴍⅿ',
  n: 'пηոɴռ',
  o: 'оοσօᴏᴑ',
  p: 'рρᴘ',
  q: 'ԛզɋ',
  r: 'гᴦʀꭇ',
  s: 'ѕꜱʂ',
  t: 'тτᴛ',
  u: 'υսᴜцʋ',
  v: 'ѵνᴠⅴ',
  w: 'ԝωᴡɯѡա',
  x: 'хχⅹ',
  y: 'уүγʏყύ',
  z: 'ᴢʐꮓζ',
  A: 'АΑᎪꓮ',
  B: 'ВΒᏴꓐ',
  C: 'СϹᏟꓚ',
  D: 'Ꭰꓓ',
  E: 'ЕΕᎬꓰ',
  F: 'Ϝꓝ',
  G: 'ԌᏀꓖ',
  H: 'НΗᎻꓧ',
  I: 'ІΙӀꓲ',
  J: 'ЈᎫꓙͿ',
  K: 'КΚᏦꓗ',
  L: 'ᏞꓡԼ',
  M: 'МΜᎷꓟ',
  N: 'ΝꓠИ',
  O: 'ОΟՕꓳ',
  P: 'РΡᏢꓑ',
  Q: 'Ԛ',
  R: 'ᎡꓣᏒ',
  S: 'ЅՏᏚꓢ',
  T: 'ТΤᎢꓔ',
  U: 'ՍꓴሀЦ',
  V: 'ѴᏙꓦ',
  W: 'ԜᎳꓪ',
  X: 'ХΧꓫ',
  Y: 'УΥҮꓬ',
  Z: 'ΖᏃꓜ',
};

export const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries(rows).flatMap(([latin, letters]) => [...letters].map((letter) => [letter, latin] as const)),
);

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [ranges, mixed, words];
