import { lookalikes } from './lookalikes.ts';
import type { View } from './view.ts';

/**
 * A text with nothing but its letters and digits, without case and accents, those of other scripts that look Latin as such: one form for however a value that is known is
 * parted, punctuated and accented. A value is looked for by the letters of its own.
 */
export function lettersOf(view: View): View {
  const { text } = view;
  const places: number[] = [];
  let letters = '';
  let at = 0;
  for (const character of text) {
    const plain = plainLetter(character);
    for (let unit = 0; unit < plain.length; unit++) places.push(at);
    letters += plain;
    at += character.length;
  }
  return {
    text: letters,
    how: view.how === '' ? 'letters' : `${view.how}, letters`,
    changes: view.changes,
    place(start, end) {
      const last = places[Math.max(start, end - 1)] ?? text.length;
      return view.place(places[start] ?? text.length, last + widthAt(text, last));
    },
  };
}

/** The text of `lettersOf`, without the places: most texts hold no value, and nobody asks for them. */
export function lettersIn(text: string): string {
  if (/^[\n\r\t -~]*$/.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
  let letters = '';
  for (const character of text) letters += plainLetter(character);
  return letters;
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function plainLetter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) {
    if ((code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)) return character;
    return code >= 0x41 && code <= 0x5a ? character.toLowerCase() : '';
  }
  const known = folded[character] ?? lookalikes.get(character)?.toLowerCase();
  if (known !== undefined) return known;
  return character
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Letters that have no decomposition and yet are written plainly. */
const folded: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'ss',
  æ: 'ae',
  Æ: 'ae',
  œ: 'oe',
  Œ: 'oe',
  ø: 'o',
  Ø: 'o',
  ł: 'l',
  Ł: 'l',
  đ: 'd',
  Đ: 'd',
  ı: 'i',
  ς: 'σ',
};
