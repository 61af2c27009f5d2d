interface Edit {
  mark: ' ' | '-' | '+';
  line: string;
}

/** Lines around a change. */
const context = 3;

/** Two texts as `diff -u` shows them, without the line feed at the end; nothing where they are equal. */
export function unifiedDiff(path: string, before: string, after: string): string[] {
  if (before === after) return [];
  const edits = editsOf(before.split('\n'), after.split('\n'));
  const near = (at: number) =>
    edits.slice(Math.max(0, at - context), at + context + 1).some(({ mark }) => mark !== ' ');
  const lines = [`--- ${path}`, `+++ ${path}`];
  let [row, newRow] = [1, 1];
  for (let at = 0; at < edits.length; ) {
    let end = at;
    while (end < edits.length && near(end)) end++;
    const hunk = edits.slice(at, Math.max(end, at + 1));
    const [removed, added] = [count(hunk, '+'), count(hunk, '-')];
    if (end > at) {
      lines.push(`@@ -${row},${removed} +${newRow},${added} @@`, ...hunk.map(({ mark, line }) => mark + line));
    }
    row += removed;
    newRow += added;
    at += hunk.length;
  }
  return lines;
}

/** Lines of a hunk but those with the mark. */
function count(hunk: readonly Edit[], without: Edit['mark']): number {
  return hunk.filter(({ mark }) => mark !== without).length;
}

/** The longest common subsequence stays, the rest goes or comes. */
function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    const line = lengths[row];
    for (let column = after.length - 1; column >= 0 && line; column--)
      line[column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
  }
  const edits: Edit[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, now] = [before[row], after[column]];
    if (old !== undefined && old === now) {
      edits.push({ mark: ' ', line: old });
      row++;
      column++;
    } else if (old !== undefined && (now === undefined || at(row + 1, column) >= at(row, column + 1))) {
      edits.push({ mark: '-', line: old });
      row++;
    } else {
      edits.push({ mark: '+', line: now ?? '' });
      column++;
    }
  }
  return edits;
}
