import { factsOf, judge, type Named } from './document/judge.ts';
import { groupAt, type Leaf } from './document/leaves.ts';
import { merge } from './document/merge.ts';
import { Places } from './document/places.ts';
import { maybeJson, readJson } from './document/read-json.ts';
import { Recurring } from './document/recurring.ts';
import { Regions } from './document/regions.ts';
import { cellsOf } from './document/tables.ts';
import { detectText } from './index.ts';
import type { Context, DetectedType, Detector, Found } from './types.ts';

export interface DocumentOptions {
  /** Countries that texts are likely of, ISO 3166-1 alpha-2; what the document itself says comes first. Default none. */
  regions?: readonly string[];
  /** What looks at the texts. Default: all detectors. */
  detect?: Detector;
}

/**
 * Finds values in a document, JSON or text: by the names of fields, by detectors in texts, and wherever what was found so
 * recurs. Offsets are in UTF-16 code units of `text` as it is, escapes and all; in order, without overlaps.
 *
 * JSON is known by its look. A text that only looks like it is looked at as text.
 */
export function detectDocument(text: string, { regions = [], detect = detectText }: DocumentOptions = {}): Found[] {
  const leaves: Leaf[] = [];
  const places = new Places(0);
  if (!maybeJson(text) || !readJson(text, places, leaves)) {
    leaves.push({ text, places, kind: 'string', field: undefined, group: groupAt(undefined, undefined), column: -1 });
  }
  const hints = new Regions();
  for (const leaf of leaves) hints.add(leaf);
  const reader = new DocumentReader(detect, hints.inOrder(regions));
  const inLeaves = leaves.map((leaf) => reader.leaf(leaf));
  const found: Found[] = [];
  leaves.forEach((leaf, index) => {
    const own = inLeaves[index] ?? [];
    for (const each of merge([...own, ...reader.recurring.find(leaf.text)])) {
      found.push({ ...each, start: leaf.places.at(each.start), end: leaf.places.at(each.end) });
    }
  });
  return found.sort((a, b) => a.start - b.start);
}

/** Texts that hold nobody's data, and are many: times, UUIDs. */
const dull =
  /^(?:.{0,4}|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[a-z]{1,12})$/;

class DocumentReader {
  readonly recurring = new Recurring();
  readonly #detect: Detector;
  readonly #regions: readonly string[];

  constructor(detect: Detector, regions: readonly string[]) {
    this.#detect = detect;
    this.#regions = regions;
  }

  leaf(leaf: Leaf): Found[] {
    const { text, field, group, column, kind } = leaf;
    const own = factsOf(group).country;
    const regions = own === undefined ? this.#regions : [own, ...this.#regions.filter((each) => each !== own)];
    const { start, end } = bounds(text);
    const named: Named = { value: text.slice(start, end), field, group, column, regions };
    const judged = this.#judged(named, start);
    if (Array.isArray(judged)) return judged;
    if (dull.test(text) || (kind === 'number' && !/^\d{7,19}$/.test(text))) return [];
    const context: Context = { ...(field === undefined ? {} : { field }), path: group.path, regions };
    const found = this.#detect(text, context).filter((each) => !judged.negative || !isWeak(each, text));
    const cells = kind === 'string' ? this.#cells(leaf, regions, found) : found;
    for (const each of cells) this.#remember(text.slice(each.start, each.end), each);
    return cells;
  }

  /** What is found where the text itself names fields; what detectors found stays where it does not. */
  #cells({ text, group }: Leaf, regions: readonly string[], found: Found[]): Found[] {
    if (!/[:=|\t;,：>]/.test(text)) return found;
    let kept = found;
    const added: Found[] = [];
    const named: { start: number; end: number; negative: boolean }[] = [];
    for (const { field, parent, group: record, start, end } of cellsOf(text, group)) {
      const value = text.slice(start, end);
      const judged = this.#judged({ value, field, parent, group: record, regions }, start);
      if (Array.isArray(judged)) {
        const [whole] = judged;
        // Behind a secret on a line there may be more; a detector knows where it ends.
        if (whole?.type === 'SECRET' && /\s/.test(value) && found.some((each) => isWithin(each, whole))) continue;
        added.push(...judged);
        named.push({ start, end, negative: false });
      } else if (judged.negative) named.push({ start, end, negative: true });
    }
    if (named.length > 0) {
      // Both lists are in order: each value is held against the cell it begins in.
      let at = 0;
      kept = found.filter((each) => {
        while (at < named.length && (named[at]?.end ?? 0) <= each.start) at++;
        const cell = named[at];
        if (cell === undefined || each.end <= cell.start) return true;
        return cell.negative && !isWeak(each, text);
      });
    }
    return merge([...kept, ...added]);
  }

  /** The value as its field has it, or that the field says nothing. */
  #judged(named: Named, start: number): Found[] | { negative: boolean } {
    const judged = judge(named);
    if (judged.kind === 'none') return judged;
    const { value, field = '', group, regions } = named;
    const whole = (type: DetectedType, detector: string) => [
      { start, end: start + value.length, type, detector, confidence: 0.95 },
    ];
    if (judged.kind === 'ask') {
      const all = this.#detect(value, { field, path: group.path, regions });
      const best = all.find((each) => each.end - each.start > value.length * 0.7);
      const found = whole(best?.type ?? judged.type, best?.detector ?? 'field');
      this.recurring.add(value, best?.type ?? judged.type);
      return found;
    }
    if (judged.recurs) this.recurring.add(value, judged.type);
    return whole(judged.type, 'field');
  }

  #remember(value: string, { type, confidence }: Found): void {
    if (confidence >= 0.8 && type !== 'IP_ADDRESS' && type !== 'DATE_OF_BIRTH') this.recurring.add(value, type);
  }
}

/** Where a field holds numbers and codes of the system: what has no sign of its own to be known by. */
function isWeak({ start, end, type, confidence }: Found, text: string): boolean {
  switch (type) {
    case 'PHONE':
      return !/^(?:\+|00)/.test(text.slice(start, end));
    case 'EMAIL':
    case 'IBAN':
    case 'IP_ADDRESS':
    case 'MAC':
    case 'CREDIT_CARD':
      return false;
    case 'SECRET':
      return confidence < 0.85;
    case 'PERSON':
    case 'ADDRESS':
    case 'DATE_OF_BIRTH':
    case 'PASSPORT':
      return confidence < 0.95;
    default:
      return /^[\d .-]*$/.test(text.slice(start, end));
  }
}

function isWithin(inner: Found, outer: Found): boolean {
  return inner.type === outer.type && inner.start >= outer.start && inner.end <= outer.end;
}

function bounds(text: string): { start: number; end: number } {
  const start = text.length - text.trimStart().length;
  return { start, end: Math.max(start, text.trimEnd().length) };
}
