/** Controls, and the marks that turn the direction of text (Unicode TR 36, 2.9): a terminal would obey them. */
const unseen = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text from a file or server as it may be written to a terminal: what cannot be seen is written out. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (mark) =>
    mark === '\t' ? mark : `\\u${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
