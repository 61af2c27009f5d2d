const map = (text: string, each: (letter: string, code: number) => string) =>
  [...text].map((letter) => each(letter, letter.codePointAt(0) ?? 0)).join('');
const hex = (code: number, digits = 2) => code.toString(16).padStart(digits, '0');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const shifted = (text: string, upper: number, lower: number, digit: number) =>
  map(text, (letter, code) =>
    /[A-Z]/.test(letter)
      ? String.fromCodePoint(upper + code - 65)
      : /[a-z]/.test(letter)
        ? String.fromCodePoint(lower + code - 97)
        : /\d/.test(letter) && digit > 0
          ? String.fromCodePoint(digit + code - 48)
          : letter,
  );
const cyrillic: Record<string, string> = {
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  x: 'х',
  i: 'і',
  A: 'А',
  E: 'Е',
  O: 'О',
  I: 'І',
};
const base32 = (text: string) => {
  const bits = [...Buffer.from(text)].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
};
const percent = (text: string) => map(text, (_, code) => `%${hex(code)}`);
const within = (text: string, put: string) => {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + put + text.slice(at);
};
const twice = (write: (text: string) => string) => (text: string) => write(write(text));

/** Ways to write a value that a reader sees through. */
export const encodings: Record<string, (value: string) => string> = {
  'as it is': (text) => text,
  'upper case': (text) => text.toUpperCase(),
  'fullwidth letters': (text) =>
    map(text, (letter, code) => (code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : letter)),
  'bold mathematical letters': (text) => shifted(text, 0x1d400, 0x1d41a, 0x1d7ce),
  'mathematical monospace': (text) => shifted(text, 0x1d670, 0x1d68a, 0x1d7f6),
  'circled letters': (text) => shifted(text, 0x24b6, 0x24d0, 0),
  'negative squared letters': (text) =>
    map(text.toUpperCase(), (letter, code) =>
      /[A-Z]/.test(letter) ? String.fromCodePoint(0x1f170 + code - 65) : letter,
    ),
  'Cyrillic lookalikes': (text) => map(text, (letter) => cyrillic[letter] ?? letter),
  'one Cyrillic letter': (text) => text.replace(/[aeo]/, (letter) => cyrillic[letter] ?? letter),
  'Arabic-Indic digits': (text) => text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  'Devanagari digits': (text) => text.replace(/\d/g, (digit) => String.fromCodePoint(0x966 + Number(digit))),
  'zero-width spaces': (text) => [...text].join('\u200b'),
  'zero-width joiners': (text) => [...text].join('\u200d'),
  'word joiners': (text) => [...text].join('\u2060'),
  'a byte order mark within': (text) => within(text, '\ufeff'),
  'soft hyphens': (text) => [...text].join('\u00ad'),
  'marks of direction': (text) => [...text].join('\u200e'),
  'isolates of direction': (text) => `\u2068${within(text, '\u2069\u2068')}\u2069`,
  'variation selectors': (text) => [...text].join('\ufe0f'),
  'combining grapheme joiners': (text) => [...text].join('\u034f'),
  'letters struck through': (text) => map(text, (letter) => `${letter}\u0336`),
  'letters underlined': (text) => map(text, (letter) => `${letter}\u0332`),
  'tags of Unicode': (text) => map(text, (_, code) => String.fromCodePoint(0xe0000 + code)),
  'an invisible plus': (text) => within(text, '\u2064'),
  'Hangul fillers': (text) => [...text].join('\u3164'),
  'typeset spaces and hyphens': (text) => text.replaceAll(' ', '\u2009').replaceAll('-', '\u2011'),
  'no-break spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'percent-encoding of all': percent,
  'percent-encoding of signs': (text) => encodeURIComponent(text).replaceAll('.', '%2E'),
  'percent-encoding twice': (text) => percent(text).replaceAll('%', '%25'),
  'percent-encoding thrice': (text) => percent(text).replaceAll('%', '%2525'),
  'character references, decimal': (text) => map(text, (_, code) => `&#${code};`),
  'character references, hexadecimal': (text) => map(text, (_, code) => `&#x${hex(code)};`),
  'character references with zeros': (text) => map(text, (_, code) => `&#x0000${hex(code)};`),
  'character references without semicolons': (text) => map(text, (_, code) => `&#${code}`),
  'character references of references': (text) => map(text, (_, code) => `&amp;#${code};`),
  'named references': (text) =>
    text
      .replaceAll('@', '&commat;')
      .replaceAll('.', '&period;')
      .replaceAll(' ', '&nbsp;')
      .replaceAll('+', '&plus;')
      .replaceAll('_', '&lowbar;'),
  'escapes of JSON': (text) => map(text, (_, code) => `\\u${hex(code, 4)}`),
  'escapes of JSON twice': (text) => map(text, (_, code) => `\\\\u${hex(code, 4)}`),
  'escapes of C': (text) => map(text, (_, code) => `\\x${hex(code)}`),
  'escapes of JavaScript': (text) => map(text, (_, code) => `\\u{${hex(code)}}`),
  'escapes of Python': (text) => map(text, (_, code) => `\\U${hex(code, 8)}`),
  'octal escapes': (text) => map(text, (_, code) => `\\${code.toString(8).padStart(3, '0')}`),
  'escapes of CSS': (text) => map(text, (_, code) => `\\${hex(code, 6)}`),
  'backslashes before signs': (text) => text.replace(/[^A-Za-z0-9 ]/g, (sign) => `\\${sign}`),
  'quoted-printable': (text) => map(text, (_, code) => `=${hex(code).toUpperCase()}`),
  'quoted-printable, broken': (text) => within(text, '=\r\n'),
  'encoded word B': (text) => `=?utf-8?B?${base64(text)}?=`,
  'encoded word Q': (text) => `=?utf-8?Q?${map(text, (_, code) => `=${hex(code)}`)}?=`,
  'two encoded words': (text) => `=?utf-8?B?${base64(text.slice(0, 9))}?= =?utf-8?B?${base64(text.slice(9))}?=`,
  base64,
  'base64 without padding': (text) => base64(text).replace(/=/g, ''),
  'base64, behind a prefix': (text) => `x${base64(text)}`,
  'base64url of more': (text) => Buffer.from(`~?>${text}~?>`).toString('base64url'),
  'base64 in lines': (text) => base64(`note about ${text}, that is long enough`).replace(/.{20}/g, '$&\n'),
  'base64 in groups of four': (text) => base64(text).replace(/.{4}/g, '$& '),
  'base64 twice': twice(base64),
  'base64 four times': twice(twice(base64)),
  'base64 of percent-encoding': (text) => base64(percent(text)),
  'percent-encoding of base64': (text) => percent(base64(text)),
  'base64 of UTF-16': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'base64 of other octets and it': (text) =>
    Buffer.concat([Buffer.from([0, 1, 255, 254, 3]), Buffer.from(text), Buffer.from([0, 200])]).toString('base64'),
  'a data URI': (text) => `data:text/plain;base64,${base64(text)}`,
  'a data URI, percent-encoded': (text) => `data:text/plain,${encodeURIComponent(text)}`,
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
  'hexadecimal, upper case': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'hexadecimal with 0x': (text) => `0x${Buffer.from(text).toString('hex')}`,
  'hexadecimal in pairs': (text) => map(text, (_, code) => `${hex(code)} `).trim(),
  'hexadecimal with colons': (text) => map(text, (_, code) => `${hex(code)}:`).slice(0, -1),
  'hexadecimal of base64': (text) => Buffer.from(base64(text)).toString('hex'),
  base32,
  'base32, lower case': (text) => base32(text).toLowerCase(),
  'codes of characters': (text) => [...text].map((letter) => letter.charCodeAt(0)).join(' '),
  'codes with commas': (text) => [...text].map((letter) => letter.charCodeAt(0)).join(','),
  'codes with 0x': (text) => map(text, (_, code) => `0x${hex(code)},`),
  'codes in octal': (text) => [...text].map((letter) => letter.charCodeAt(0).toString(8).padStart(3, '0')).join(' '),
  'codes in binary': (text) => [...text].map((letter) => letter.charCodeAt(0).toString(2).padStart(8, '0')).join(' '),
  'code points': (text) => map(text, (_, code) => `U+${hex(code, 4).toUpperCase()} `).trim(),
  'letters with spaces': (text) => [...text.replaceAll(' ', '')].join(' '),
  'letters with hyphens': (text) => [...text.replaceAll(' ', '')].join('-'),
  'letters with bars': (text) => [...text.replaceAll(' ', '')].join('|'),
  'letters in lines': (text) => [...text.replaceAll(' ', '')].join('\n'),
  'tags within': (text) => within(text, '<b></b>'),
  'a tag around each letter': (text) => map(text, (letter) => `<i>${letter}</i>`),
  'a comment within': (text) => within(text, '<!-- x -->'),
  'emphasis within': (text) => within(text, '**'),
  'code marks within': (text) => within(text, '`'),
  'a line broken with a hyphen': (text) => within(text, '-\n'),
  'a line broken with a backslash': (text) => within(text, '\\\n'),
  'from its end': (text) => [...text].reverse().join(''),
  ROT13: (text) =>
    text.replace(/[a-z]/gi, (letter) =>
      String.fromCharCode(((letter.charCodeAt(0) & 31) <= 13 ? 13 : -13) + letter.charCodeAt(0)),
    ),
  'UTF-7': (text) =>
    text.replace(
      /[@+_]/g,
      (sign) =>
        `+${Buffer.from([0, sign.charCodeAt(0)])
          .toString('base64')
          .replace(/=/g, '')}-`,
    ),
  'JSON in JSON in JSON': (text) => JSON.stringify(JSON.stringify({ a: JSON.stringify({ b: text }) })),
  'zero-width spaces in percent-encoding in base64': (text) => base64(encodeURIComponent([...text].join('\u200b'))),
  'character references in base64': (text) => base64(map(text, (_, code) => `&#${code};`)),
};

/** Of e-mail addresses alone. */
export const spoken: Record<string, (value: string) => string> = {
  '[at] and [dot]': (text) => text.replaceAll('@', ' [at] ').replaceAll('.', ' [dot] '),
  '(at)': (text) => text.replaceAll('@', '(at)'),
  '{at} and {dot}': (text) => text.replaceAll('@', '{at}').replaceAll('.', '{dot}'),
  'AT and DOT': (text) => text.replaceAll('@', ' AT ').replaceAll('.', ' DOT '),
  'at and dot': (text) => text.replaceAll('@', ' at ').replaceAll('.', ' dot '),
  '_at_ and _dot_': (text) => text.replaceAll('@', '_at_').replaceAll('.', '_dot_'),
  'a fullwidth at': (text) => text.replaceAll('@', '＠'),
  'an ideographic full stop': (text) => text.replaceAll('.', '。'),
  'spaces around the at': (text) => text.replaceAll('@', ' @ '),
  'a line broken before the at': (text) => text.replaceAll('@', '\n@'),
  'a line broken after the at': (text) => text.replaceAll('@', '@\n'),
  'a link': (text) => `[${text.split('@')[0]}](https://a.example)@[${text.split('@')[1]}](https://b.example)`,
  'mailto, percent-encoded': (text) => `mailto:${text.replace('@', '%40')}?subject=x`,
};
