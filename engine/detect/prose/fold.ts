const PLAIN = /^[a-z'-]*$/;
const LETTERS: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'a',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  '’': "'",
};
const TABLE_SIZE = 0x250;
/** The folded form of each Latin letter: a table, as normalising every accented word is slow. */
const table: string[] = [];
for (let code = 0; code < TABLE_SIZE; code += 1) table.push(slowly(String.fromCharCode(code)));

/** Lower case without accents, as the name lists are written: `Łukasz` and `lukasz` are one word. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  let folded = '';
  for (let at = 0; at < lower.length; at += 1) {
    const code = lower.charCodeAt(at);
    if (code < TABLE_SIZE) folded += table[code] ?? '';
    else if (code === 0x2019) folded += "'";
    else return slowly(lower);
  }
  return folded;
}

function slowly(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłæœđðþı’]/g, (letter) => LETTERS[letter] ?? letter);
}
