/** Characters that tell which readers a text may have something for, as bits. */
export const SIGNS = {
  /** Beyond printable ASCII; it may be any other sign as well. */
  beyond: 1,
  /** `%`, `&` or a backslash. */
  escape: 2,
  equals: 4,
  plus: 8,
  /** A capital or a digit, in a text that is long enough to be more than a word. */
  mixed: 16,
  /** Three characters or more that are no letter or digit of ASCII. */
  sign: 32,
  /** Of Markdown or HTML. */
  markup: 64,
  hyphen: 128,
  line: 256,
  /** What is set around a word that stands for a sign. */
  around: 512,
  at: 1024,
} as const;

const every = 2047;

const classes = new Uint16Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  let bits = /[A-Za-z0-9]/.test(character) ? 0 : SIGNS.sign;
  if (/[^\n\r -~]/.test(character)) bits |= SIGNS.beyond;
  if (/[%&\\]/.test(character)) bits |= SIGNS.escape;
  if (character === '=') bits |= SIGNS.equals;
  if (character === '+') bits |= SIGNS.plus;
  if (/[A-Z0-9]/.test(character)) bits |= SIGNS.mixed;
  if (/[<\]*~`_|]/.test(character)) bits |= SIGNS.markup;
  if (character === '-') bits |= SIGNS.hyphen;
  if (/[\r\n]/.test(character)) bits |= SIGNS.line;
  if (/[[({<*_ ]/.test(character)) bits |= SIGNS.around;
  if (character === '@') bits |= SIGNS.at;
  classes[code] = bits;
}

/** Codes of four characters have as many between them, letters that are spread more. */
const LEAST_SIGNS = 3;
/** Digits of base64 for five octets. */
const LEAST_MIXED = 7;

/** One look at the characters of a text: most texts are plain, and no reader needs to look at them. */
export function signsOf(text: string): number {
  let signs = 0;
  let apart = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return every;
    const found = classes[code] ?? every;
    signs |= found;
    if ((found & SIGNS.sign) !== 0) apart++;
  }
  if (apart < LEAST_SIGNS) signs &= ~SIGNS.sign;
  return text.length < LEAST_MIXED ? signs & ~SIGNS.mixed : signs;
}
