import { detectLeaves, type LeavesOptions } from './document/detect-leaves.ts';
import { groupAt, type Leaf } from './document/leaves.ts';
import { Places } from './document/places.ts';
import { maybeJson, readJson } from './document/read-json.ts';
import type { Found } from './types.ts';

export type DocumentOptions = Omit<LeavesOptions, 'known'>;

/**
 * Finds values in a document, JSON or text: by the names of fields, by detectors in texts, and wherever what was found so
 * recurs. Offsets are in UTF-16 code units of `text` as it is, escapes and all; in order, without overlaps.
 *
 * JSON is known by its look. A text that only looks like it is looked at as text.
 */
export function detectDocument(text: string, options: DocumentOptions = {}): Found[] {
  const leaves: Leaf[] = [];
  const places = new Places(0);
  if (!maybeJson(text) || !readJson(text, places, leaves)) {
    leaves.push({ text, places, kind: 'string', field: undefined, group: groupAt(undefined, undefined), column: -1 });
  }
  const found = detectLeaves(leaves, options).flatMap((inLeaf, index) =>
    inLeaf.map((each) => {
      const at = leaves[index]?.places ?? places;
      return { ...each, start: at.at(each.start), end: at.at(each.end) };
    }),
  );
  return found.sort((a, b) => a.start - b.start);
}
