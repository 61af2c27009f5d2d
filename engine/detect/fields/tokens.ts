/** Letters that Unicode does not decompose, as people write them where a keyboard lacks them. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
};

/** The text in lower case without diacritics: `Straße` and `STRASSE` are one, and so are `prénom` and `Prenom`. */
export function foldName(name: string): string {
  const lower = name.toLowerCase();
  if (/^[ -~]*$/.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßłøæœđðþħıς]/g, (letter) => plain[letter] ?? letter);
}

/** The words of a name: `workEmail`, `work_email`, `Work e-mail 2` (as `work`, `e`, `mail`). Numbers are left out. */
export function nameTokens(name: string): string[] {
  const apart = name
    .replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ')
    .replace(/(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1 ')
    // A final number tells fields of one kind apart.
    .replace(/\d+/g, ' ');
  return foldName(apart).match(/[\p{L}]+/gu) ?? [];
}
