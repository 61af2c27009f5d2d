import { isDeepStrictEqual, stripVTControlCharacters } from 'node:util';
import type { Json } from '../engine/json/types.ts';
import type { Paint } from './formats/paint.ts';
import { visible } from './formats/visible.ts';

/** Lines of a value as JSON.stringify indents it, control characters made visible. */
function linesOf(value: Json | undefined): string[] {
  return value === undefined ? ['(nothing)'] : JSON.stringify(value, null, 2).split('\n').map(visible);
}

/** Pairs lines that say the same, so that both columns stay level where one side lacks some (longest common subsequence). */
function pair(left: readonly string[], right: readonly string[]): [string, string][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    const line = lengths[row];
    for (let column = right.length - 1; column >= 0 && line; column--)
      line[column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  }
  const pairs: [string, string][] = [];
  let [row, column] = [0, 0];
  while (row < left.length || column < right.length) {
    const [one, other] = [left[row], right[column]];
    if (one !== undefined && one === other) pairs.push([one, other]);
    else if (one !== undefined && other !== undefined && at(row + 1, column + 1) === at(row, column))
      pairs.push([one, other]);
    else if (other === undefined || (one !== undefined && at(row + 1, column) >= at(row, column + 1))) {
      pairs.push([one ?? '', '']);
      row++;
      continue;
    } else {
      pairs.push(['', other]);
      column++;
      continue;
    }
    row++;
    column++;
  }
  return pairs;
}

function fit(line: string, width: number): string {
  const text = stripVTControlCharacters(line);
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** Two values in two columns within `width` characters; lines that differ are coloured. */
export function sideBySide(left: Json | undefined, right: Json | undefined, width: number, paint: Paint): string[] {
  if (isDeepStrictEqual(left, right)) return linesOf(left);
  const column = Math.max(20, Math.floor((width - 3) / 2));
  return pair(linesOf(left), linesOf(right)).map(([one, other]) => {
    const same = one === other;
    const [was, is] = [fit(one, column), fit(other, column).trimEnd()];
    return `${same ? was : paint('red', was)} │ ${same ? is : paint('green', is)}`;
  });
}
