import { matchesOf } from '../../detect/matches.ts';
import { lookalikeWords } from './lookalikes.ts';
import { Draft, type View } from './view.ts';

/** Letters, digits and signs that are drawn as, stand for, or hide among those of ASCII. */
export function plainCharacters(view: View): View | undefined {
  if (!/[^\n\r -~]/.test(view.text)) return undefined;
  const plain = isUnusual(view.text) ? inClusters(view) : undefined;
  return lookalikeWords(plain ?? view) ?? plain;
}

function inClusters(view: View): View | undefined {
  const draft = new Draft(view);
  for (const { 0: cluster, index } of matchesOf(clusters, view.text)) {
    const plain = plainCluster(cluster);
    if (plain === cluster) continue;
    draft.keep(index);
    draft.put(plain, index + cluster.length);
  }
  return draft.done('characters');
}

/** A character beyond printable ASCII, or a character and the marks on it. */
const clusters = /[\s\S]\p{M}{1,64}|[^\n\r -~]/gu;
const unusual =
  /(?![\n\r\t –—-])[\p{Cf}\p{Cc}\p{DI}\p{Zs}\p{Zl}\p{Zp}\p{Pd}]|(?![0-9])\p{Nd}|(?<=[a-z0-9])[。．｡․·•∙⋅‧٫۔](?=[a-z0-9])|[⁄∕➕꞉∶−\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]|\p{Script=Inherited}/iu;

function isUnusual(text: string): boolean {
  return unusual.test(text) || text.normalize('NFKC') !== text;
}

function plainCluster(cluster: string): string {
  const composed = cluster.normalize('NFC');
  if (/^\p{L}$/u.test(composed) && composed.normalize('NFKC') === composed) return composed;
  let plain = '';
  for (const character of cluster) plain += plainCharacter(character);
  return plain.normalize('NFC');
}

function plainCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return code < 0x20 && !/[\t\n\r]/.test(character) ? '' : character;
  // What is shown as a word's own sign in many texts stays: it hides nothing.
  if (/[…™ºª½¼¾]/.test(character)) return character;
  // Tags read as ASCII: they are not shown, but models read them.
  if (code >= 0xe0020 && code <= 0xe007e) return String.fromCodePoint(code - 0xe0000);
  if (/[\p{Cf}\p{DI}\p{Cc}]/u.test(character)) return code === 0x85 ? '\n' : '';
  if (/\p{M}/u.test(character)) return onLatin.test(character) ? '' : character;
  if (/\p{Zs}/u.test(character)) return ' ';
  if (/[\p{Zl}\p{Zp}]/u.test(character)) return '\n';
  if (/\p{Pd}/u.test(character) || character === '−') return '-';
  if (/[。．｡․·•∙⋅‧٫۔]/.test(character)) return '.';
  const sign = signs[character];
  if (sign !== undefined) return sign;
  for (const first of boxedLetters)
    if (code >= first && code < first + 26) return String.fromCharCode(0x41 + code - first);
  const plain = character.normalize('NFKC');
  if (plain === character) return /\p{Nd}/u.test(character) ? String(digitOf(code)) : character;
  return [...plain].map((each) => (each === character ? each : plainCharacter(each))).join('');
}

/** Marks that are set on letters of any script to strike or adorn them. */
const onLatin = /\p{Script=Inherited}|[\u0483-\u0487]/u;
/** Circled and squared on black, and the letters of flags. */
const boxedLetters = [0x1f150, 0x1f170, 0x1f1e6];
const signs: Readonly<Record<string, string>> = { '⁄': '/', '∕': '/', '➕': '+', '꞉': ':', '∶': ':' };

/** Digits of a script stand in a row of ten that begins where the code ends in 0 or 6 (Unicode 4.6). */
function digitOf(code: number): number {
  const row = code & ~0xf;
  return /\p{Nd}/u.test(String.fromCodePoint(row)) ? code - row : code - row - 6;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [clusters, unusual, onLatin];
