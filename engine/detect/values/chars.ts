/** Code units: an ASCII digit, an ASCII letter or anything that is part of a word. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** A letter, digit or underscore; every code unit above ASCII that is not a space or punctuation counts as a letter. */
export function isWord(code: number): boolean {
  return isDigit(code) || isLetter(code) || code === 95 || (code >= 0xaa && !isWideMark(code));
}

function isWideMark(code: number): boolean {
  return (
    (code >= 0x2000 && code <= 0x206f) ||
    (code >= 0x3000 && code <= 0x303f) ||
    code === 0xab ||
    code === 0xbb ||
    code === 0xb7 ||
    code === 0xd7 ||
    (code >= 0xff00 && code <= 0xff0f) ||
    code === 0xfeff
  );
}

/** The separator a code unit stands for: a space, hyphen, dot, slash, plus, or nothing. Typeset spaces and dashes count. */
export function separator(code: number): string {
  switch (code) {
    case 0x20:
    case 0xa0:
    case 0x2009:
    case 0x202f:
      return ' ';
    case 0x2d:
    case 0x2010:
    case 0x2011:
    case 0x2013:
      return '-';
    case 0x2e:
      return '.';
    case 0x2f:
      return '/';
    case 0x2b:
      return '+';
    default:
      return '';
  }
}

/** Whether no word goes on before `start`: `SO-1` and `1.1` and `x1` go on there, `(1` and `: 1` do not. */
export function opens(text: string, start: number): boolean {
  if (start === 0) return true;
  const before = text.charCodeAt(start - 1);
  if (isWord(before)) return false;
  if (before === 35 || before === 64) return false;
  if (before !== 45 && before !== 46 && before !== 47 && before !== 43) return true;
  return start < 2 || !isWord(text.charCodeAt(start - 2));
}

/** Whether no word goes on after `end`: `1.` at the end of a sentence does not, `1.5` and `1-A` do. */
export function closes(text: string, end: number): boolean {
  if (end >= text.length) return true;
  const after = text.charCodeAt(end);
  if (isWord(after)) return false;
  if (after !== 45 && after !== 46 && after !== 47 && after !== 64) return true;
  return end + 1 >= text.length || !isWord(text.charCodeAt(end + 1));
}
