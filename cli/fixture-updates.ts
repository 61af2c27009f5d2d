import { WritError } from '../engine/errors.ts';
import type { FixturePolicy } from '../engine/fixtures/types.ts';
import { updatedFixture } from '../engine/fixtures/update.ts';
import type { Paint } from './formats/paint.ts';
import { visible } from './formats/visible.ts';
import { unifiedDiff } from './unified-diff.ts';
import { writeFile } from './write-file.ts';

/** Rewrites the expectations of fixtures in place, and keeps what it changed. */
export class FixtureUpdates {
  readonly #diffs: string[][] = [];

  /** Throws WRIT_UPDATE_REFUSED in CI: there nobody reads what is changed before it counts. */
  constructor(force: boolean) {
    const ci = process.env.CI ?? '';
    if (!force && !['', '0', 'false'].includes(ci)) throw new WritError('WRIT_UPDATE_REFUSED', 'CI is set.');
  }

  /** How many files were changed. */
  get size(): number {
    return this.#diffs.length;
  }

  /** The text that a fixture has from now on. Throws WRIT_FILE_UNWRITABLE. */
  readonly update = (text: string, file: string, policy: FixturePolicy): string => {
    const updated = updatedFixture(text, file, policy);
    if (updated === text) return text;
    writeFile(file, updated);
    this.#diffs.push(unifiedDiff(file, text, updated));
    return updated;
  };

  /** What was changed, as unified diffs, and a line that sums up. */
  told(paint: Paint): string {
    const lines = this.#diffs.flatMap((diff) => diff.map((line) => coloured(line, paint)));
    const files = `${this.size} ${this.size === 1 ? 'file' : 'files'}`;
    return `${[...lines, this.size === 0 ? 'Nothing to update.' : `Updated ${files}.`].join('\n')}\n`;
  }
}

function coloured(line: string, paint: Paint): string {
  const shown = visible(line);
  if (/^(?:---|\+\+\+) /.test(line)) return paint('bold', shown);
  if (line.startsWith('+')) return paint('green', shown);
  if (line.startsWith('-')) return paint('red', shown);
  return line.startsWith('@@') ? paint('cyan', shown) : shown;
}
