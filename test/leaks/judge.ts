/** What is read of an answer, by means of its own: nothing here is the code under test. */

/** Those of the values that somebody who decodes what can be decoded reads in what was sent. */
export function readIn(wire: string, values: readonly string[]): string[] {
  const readings = [...readingsOf(wire)].map(squash);
  return values.filter((value) => readings.some((reading) => reading.includes(squash(value))));
}

/** Letters and digits alone, without case, accents and what stands between. */
function squash(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const MOST = 600;

/** A text in all readings to a fixed point: of it as it is, of each string in it, and of all strings one after the other. */
function readingsOf(wire: string): Set<string> {
  const seen = new Set<string>();
  const lines = wire.split(/\n/).map((line) => line.replace(/^data: ?/, ''));
  const together = lines.flatMap((line) => stringsOf(line) ?? []);
  const waiting = [
    wire,
    ...lines,
    together.join(''),
    together.filter((each) => !/^(?:.|jsonrpc|2\.0|id|method|params)$/.test(each)).join(''),
  ];
  // The nearest readings first: what decodes to nonsense decodes to more of it.
  for (let at = 0; at < waiting.length && seen.size < MOST; at++) {
    const text = waiting[at] ?? '';
    if (text.length < 4 || seen.has(text)) continue;
    seen.add(text);
    const strings = stringsOf(text);
    if (strings !== undefined) {
      waiting.push(...strings, strings.join(''), strings.join(' '), strings.filter((each) => each.length > 1).join(''));
      const long = strings.filter((each) => !/^(?:type|text|content|jsonrpc|\d|2\.0)$/.test(each));
      waiting.push(long.join(''), [...long].reverse().join(''));
    }
    for (const decode of decoders) {
      const decoded = decode(text);
      if (decoded !== text) waiting.push(decoded);
    }
  }
  return seen;
}

/** Values and names of a JSON text, numbers as digits, in order. */
function stringsOf(text: string): string[] | undefined {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const strings: string[] = [];
  const visit = (each: unknown): void => {
    if (typeof each === 'string') strings.push(each);
    else if (typeof each === 'number') strings.push(String(each), each.toFixed(0));
    else if (Array.isArray(each)) {
      if (each.length > 3 && each.every((one) => Number.isInteger(one))) strings.push(String.fromCharCode(...each));
      each.forEach(visit);
    } else if (typeof each === 'object' && each !== null) {
      for (const [name, below] of Object.entries(each)) {
        strings.push(name);
        visit(below);
      }
    }
  };
  visit(value);
  return strings;
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  commat: '@',
  period: '.',
  Tab: '\t',
  NewLine: '\n',
  nbsp: ' ',
  plus: '+',
  lowbar: '_',
  shy: '',
  zwnj: '',
};
const lookalikes: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  к: 'k',
  в: 'b',
  м: 'm',
  ѕ: 's',
  ԁ: 'd',
  ⅼ: 'l',
  ο: 'o',
  α: 'a',
  ι: 'i',
  ν: 'v',
  А: 'A',
  Е: 'E',
  О: 'O',
  І: 'I',
  Ι: 'I',
};
const printable = (text: string) => /^[\t\n\r -~\u00a0-\uffff]{4,}$/.test(text) && !text.includes('\ufffd');
const code = (digits: string, base: number) => {
  const value = Number.parseInt(digits, base);
  return value <= 0x10ffff ? String.fromCodePoint(value) : '';
};
const ofBytes = (bytes: Buffer): string | undefined => {
  for (const encoding of ['utf8', 'utf16le'] as const) {
    const text = bytes.toString(encoding).replace(/\0/g, '');
    if (printable(text) && (encoding === 'utf8' || /^[ -~]+$/.test(text))) return text;
  }
  return bytes
    .toString('latin1')
    .match(/[ -~]{6,}/g)
    ?.join('\n');
};
const runs = (pattern: RegExp, read: (run: string) => string | undefined) => (text: string) =>
  text.replace(pattern, (run) => read(run) ?? run);

const boxed = (letter: string) => {
  const point = letter.codePointAt(0) ?? 0;
  return point >= 0x1f170 && point < 0x1f18a ? String.fromCharCode(point - 0x1f170 + 65) : letter;
};

const decoders: ((text: string) => string)[] = [
  (text) =>
    [...text.normalize('NFKC')]
      .map((each) =>
        /[\p{Cf}\p{DI}]/u.test(each)
          ? (each.codePointAt(0) ?? 0) > 0xe0020 && (each.codePointAt(0) ?? 0) < 0xe007f
            ? String.fromCharCode((each.codePointAt(0) ?? 0) - 0xe0000)
            : ''
          : boxed(lookalikes[each] ?? each),
      )
      .join('')
      .normalize('NFD')
      .replace(/\p{M}/gu, ''),
  (text) =>
    text.replace(/\p{Nd}/gu, (digit) =>
      digit < '\u0080'
        ? digit
        : String(
            [...'٠١٢٣٤٥٦٧٨٩'].indexOf(digit) >= 0
              ? [...'٠١٢٣٤٥٦٧٨٩'].indexOf(digit)
              : Math.max(0, [...'०१२३४५६७८९'].indexOf(digit)),
          ),
    ),
  (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')),
  (text) =>
    text
      .replace(/&#x([0-9a-f]+);?/gi, (_, digits: string) => code(digits, 16))
      .replace(/&#(\d+);?/g, (_, digits: string) => code(digits, 10))
      .replace(/&([A-Za-z]+);/g, (whole, name: string) => entities[name] ?? whole),
  (text) =>
    text.replace(
      /\\+(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{8})|u([0-9a-f]{4})|x([0-9a-f]{2}))/gi,
      (_, ...digits: (string | undefined)[]) => code(digits.slice(0, 4).find((each) => each !== undefined) ?? '', 16),
    ),
  (text) => text.replace(/\\+([0-3]?[0-7]{2})/g, (_, digits: string) => code(digits, 8)),
  (text) => text.replace(/\\+0*([2-7][0-9a-f]) ?/gi, (_, digits: string) => code(digits, 16)),
  (text) => text.replace(/\\+\r?\n?/g, ''),
  (text) =>
    text
      .replace(/=\r?\n/g, '')
      .replace(/(?:=[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8')),
  (text) =>
    text
      .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'))
      .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, word: string) => word),
  runs(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => ofBytes(Buffer.from(run, 'base64'))),
  runs(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => ofBytes(Buffer.from(run.slice(1), 'base64'))),
  (text) => ofBytes(Buffer.from(text.replace(/\s/g, ''), 'base64')) ?? text,
  runs(/(?:[A-Za-z0-9+/]{4}\s){3,}[A-Za-z0-9+/=]{1,4}/g, (run) => ofBytes(Buffer.from(run, 'base64'))),
  runs(/(?:[0-9a-f]{2}[ :,-]?){6,}/gi, (run) => ofBytes(Buffer.from(run.replace(/[ :,-]/g, ''), 'hex'))),
  runs(/(?:0x[0-9a-f]{2}[, ]*){4,}/gi, (run) =>
    run.replace(/0x([0-9a-f]{2})[, ]*/gi, (_, digits: string) => code(digits, 16)),
  ),
  runs(/(?:\d{2,3}[ ,;]+){4,}\d{2,3}/g, (run) =>
    run
      .split(/\D+/)
      .map((digits) => code(digits, 10))
      .join(''),
  ),
  runs(/(?:[0-7]{2,3} ){4,}[0-7]{2,3}/g, (run) =>
    run
      .split(' ')
      .map((digits) => code(digits, 8))
      .join(''),
  ),
  runs(/(?:[01]{8} ?){4,}/g, (run) => (run.match(/[01]{8}/g) ?? []).map((digits) => code(digits, 2)).join('')),
  runs(/(?:U\+[0-9A-F]{4} ?){4,}/gi, (run) =>
    run.replace(/U\+([0-9A-F]{4}) ?/gi, (_, digits: string) => code(digits, 16)),
  ),
  runs(/[A-Z2-7]{8,}/gi, (run) => {
    const bits = [...run.toUpperCase()]
      .map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0'))
      .join('');
    return ofBytes(Buffer.from((bits.match(/[01]{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2))));
  }),
  (text) => text.replace(/<!--[\s\S]*?-->|<[^>]*>/g, ''),
  (text) => text.replace(/\]\([^)]*\)/g, ''),
  (text) => text.replace(/(?:\s*[[({]|[\s_])(?:at|dot)(?:[\])}]\s*|[\s_])/gi, ''),
  (text) => (text.length > 4000 ? text : [...text].reverse().join('')),
  (text) =>
    text.replace(/[a-z]/gi, (letter) =>
      String.fromCharCode(((letter.charCodeAt(0) & 31) <= 13 ? 13 : -13) + letter.charCodeAt(0)),
    ),
  (text) =>
    text.replace(/\+A([A-Za-z0-9+/]{2})-/g, (_, digits: string) =>
      Buffer.from(`A${digits}`, 'base64').toString('latin1').replace(/\0/g, ''),
    ),
];
