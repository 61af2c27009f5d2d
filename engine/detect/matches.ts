const none: readonly RegExpExecArray[] = [];

/**
 * All matches of a global pattern, none of them empty. `matchAll` copies the pattern at each call, which costs more than looking
 * through a short text does.
 */
export function matchesOf(pattern: RegExp, text: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return none;
  const found: RegExpExecArray[] = [];
  for (; match !== null; match = pattern.exec(text)) found.push(match);
  return found;
}
