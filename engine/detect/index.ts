import { withoutOverlaps } from './overlaps.ts';
import { findProse } from './prose/index.ts';
import { MARKS, type Signs, signsOf } from './signs.ts';
import type { Context, Detector, Found } from './types.ts';
import { valueDetectors } from './values/index.ts';

export type { Context, DetectedType, Found } from './types.ts';

/** Detectors, each with what a text must have for one of its values to be there. */
const detectors: readonly { detect: Detector; mayFind(signs: Signs, text: string): boolean }[] = [
  ...valueDetectors,
  { detect: findProse, mayFind: ({ marks }) => (marks & (MARKS.space | MARKS.comma)) !== 0 },
];

/**
 * Finds values in a text: sorted by place, without overlaps. The work grows linearly with the text. Most texts of documents are
 * short and plain: one look at their characters tells which detectors can find anything.
 */
export function detectText(text: string, context: Context): Found[] {
  if (text.length < 4) return [];
  const signs = signsOf(text);
  const found: Found[] = [];
  for (const { detect, mayFind } of detectors) {
    if (!mayFind(signs, text)) continue;
    for (const value of detect(text, context)) found.push(value);
  }
  return found.length === 0 ? found : withoutOverlaps(found);
}
