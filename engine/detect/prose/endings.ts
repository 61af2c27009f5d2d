/** A test of words for one of the endings, with at least one letter before it. Sets instead of a pattern: nothing to backtrack. */
export function endsInOneOf(list: string): (word: string) => boolean {
  const endings = new Set(list.split(/\s+/).filter((ending) => ending !== ''));
  const lengths = [...new Set([...endings].map((ending) => ending.length))].sort((a, b) => a - b);
  const finals = new Set([...endings].map((ending) => ending.charCodeAt(ending.length - 1)));
  return (word) => {
    if (!finals.has(word.charCodeAt(word.length - 1))) return false;
    for (const length of lengths) {
      if (length >= word.length) return false;
      if (endings.has(word.slice(-length))) return true;
    }
    return false;
  };
}
