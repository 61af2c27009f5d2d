import type { Json } from '../json/types.ts';

/**
 * Characters that a person does not see, or that change how what follows is seen, and a model reads all the same: controls,
 * format characters (zero width, bidirectional marks, tags of plane 14), variation selectors, fillers and blanks other
 * than the space, lone surrogates, private use.
 */
const unseen =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
const usual = new Set(['\n', '\t']);

/** Code points from and to, in words; what is in none of them is an invisible character. */
const kinds: readonly [name: string, ...ranges: (readonly [from: number, to: number])[]][] = [
  ['escape sequences', [0x1b, 0x1b], [0x9b, 0x9b]],
  ['marks that turn the direction of text', [0x61c, 0x61c], [0x200e, 0x200f], [0x202a, 0x202e], [0x2066, 0x2069]],
  ['tag characters', [0xe0000, 0xe007f]],
  ['variation selectors', [0x180b, 0x180f], [0xfe00, 0xfe0f], [0xe0100, 0xe01ef]],
  ['zero-width characters', [0xad, 0xad], [0x34f, 0x34f], [0x200b, 0x200d], [0x2060, 0x2064], [0xfeff, 0xfeff]],
];

function kindOf(point: number): string {
  const kind = kinds.find(([, ...ranges]) => ranges.some(([from, to]) => point >= from && point <= to));
  return kind?.[0] ?? 'invisible characters';
}

/** Text as it may be shown: every such character is written out, as `\u{200b}`. Line breaks stay where `lines` is true. */
export function shown(text: string, lines = false): string {
  return text.replaceAll(unseen, (character) =>
    lines && usual.has(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** What there is in a value that nobody sees, in words; empty for what is plain. Line breaks and tabs are plain. */
export function unseenIn(value: Json): string[] {
  const found = new Set<string>();
  const look = (text: string) => {
    for (const [character] of text.matchAll(unseen)) {
      if (usual.has(character)) continue;
      found.add(kindOf(character.codePointAt(0) ?? 0));
    }
  };
  const walk = (each: Json): void => {
    if (typeof each === 'string') look(each);
    else if (Array.isArray(each)) each.forEach(walk);
    else if (typeof each === 'object' && each !== null)
      for (const [key, below] of Object.entries(each)) {
        look(key);
        walk(below);
      }
  };
  walk(value);
  return [...found].sort();
}

/** JSON text of a value with every such character escaped, so that it may be shown and still be read as JSON. */
export function shownJson(value: Json, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(unseen, (character) => {
    if (usual.has(character)) return character;
    return Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at))}`).join('');
  });
}

function hex(unit: number): string {
  return unit.toString(16).padStart(4, '0');
}
