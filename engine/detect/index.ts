import { withoutOverlaps } from './overlaps.ts';
import { findProse } from './prose/index.ts';
import type { Context, Detector, Found } from './types.ts';
import { valueDetectors } from './values/index.ts';

export type { Context, DetectedType, Found } from './types.ts';

const detectors: readonly Detector[] = [...valueDetectors, findProse];

/**
 * Finds values in a text: sorted by place, without overlaps. The work grows linearly with the text.
 */
export function detectText(text: string, context: Context): Found[] {
  if (text.length < 4) return [];
  const found: Found[] = [];
  for (const detector of detectors) {
    const values = detector(text, context);
    for (const value of values) found.push(value);
  }
  return withoutOverlaps(found);
}
