import { firstIndex } from '../../first-index.ts';
import { fieldMeaning } from '../fields/field-meaning.ts';
import { detectText } from '../index.ts';
import type { Context, DetectedType, Detector, Found } from '../types.ts';
import { factsOf, isIdType, judge, type Named } from './judge.ts';
import type { TextLeaf } from './leaves.ts';
import { merge } from './merge.ts';
import { Recurring } from './recurring.ts';
import { Regions } from './regions.ts';
import { cellsOf } from './tables.ts';

export interface LeavesOptions {
  /** Countries that texts are likely of, ISO 3166-1 alpha-2; what the document itself says comes first. Default none. */
  regions?: readonly string[];
  /** What looks at the texts. Default: all detectors. */
  detect?: Detector;
  /** What was found in documents before, which is found in these too; what is found in these is added to it. */
  known?: Recurring;
}

/** Finds values in the leaves of what is one document, or sent together: for each leaf what it holds, in order, without overlaps. */
export function detectLeaves(
  leaves: readonly TextLeaf[],
  { regions = [], detect = detectText, known = new Recurring() }: LeavesOptions = {},
): Found[][] {
  const hints = new Regions();
  for (const leaf of leaves) hints.add(leaf);
  const reader = new LeafReader(detect, hints.inOrder(regions), known);
  const inLeaves = leaves.map((leaf) => reader.read(leaf));
  return leaves.map(({ text }, index) => {
    const own = inLeaves[index] ?? [];
    const recurring = known.find(text);
    return recurring.length === 0 ? own : merge([...own, ...recurring]);
  });
}

/** What was found in a text, and all that detectors were told of what is around it. */
interface Read {
  readonly field: string | undefined;
  readonly above: string | undefined;
  readonly region: string | undefined;
  readonly found: readonly Found[];
}

/** A key that is like this is only a name. */
const plainName = /^[A-Za-z_$][A-Za-z_$-]{0,40}\d{0,4}$/;

/** Texts that hold nobody's data, and are many: times, UUIDs. */
const dull =
  /^(?:.{0,4}|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[a-z]{1,12})$/;

class LeafReader {
  readonly #recurring: Recurring;
  readonly #detect: Detector;
  readonly #regions: readonly string[];
  /** What detectors found in the texts so far: what a tool says is mostly there twice, as text and structured. */
  readonly #read = new Map<string, Read>();

  constructor(detect: Detector, regions: readonly string[], recurring: Recurring) {
    this.#detect = detect;
    this.#regions = regions;
    this.#recurring = recurring;
  }

  read(leaf: TextLeaf): Found[] {
    const { text, field, group, column, kind } = leaf;
    // A key of several words that names a field is nobody's name.
    if (kind === 'key' && (plainName.test(text) || fieldMeaning(text).phrase !== undefined)) return [];
    const own = factsOf(group).country;
    const regions = own === undefined ? this.#regions : [own, ...this.#regions.filter((each) => each !== own)];
    const { start, end } = bounds(text);
    const named: Named = { value: text.slice(start, end), field, group, column, regions };
    const judged = this.#judged(named, start);
    if (Array.isArray(judged)) return judged;
    if (dull.test(text) || (kind === 'number' && !/^\d{7,19}$/.test(text))) return [];
    const context: Context = { ...(field === undefined ? {} : { field }), path: group.path, regions };
    const found = this.#detected(text, context).filter((each) => !judged.negative || !isWeak(each, text));
    const cells = kind === 'string' ? this.#cells(leaf, regions, found) : found;
    for (const each of cells) this.#remember(text.slice(each.start, each.end), each);
    return cells;
  }

  #detected(text: string, context: Context): readonly Found[] {
    const known = this.#read.get(text);
    const above = context.path?.at(-1);
    const [region] = context.regions;
    if (known !== undefined && known.field === context.field && known.above === above && known.region === region)
      return known.found;
    const found = this.#detect(text, context);
    this.#read.set(text, { field: context.field, above, region, found });
    return found;
  }

  /** What is found where the text itself names fields; what detectors found stays where it does not. */
  #cells({ text, group }: TextLeaf, regions: readonly string[], found: Found[]): Found[] {
    if (!/[:=|\t;,：>]/.test(text)) return found;
    let kept = found;
    const added: Found[] = [];
    const named: { start: number; end: number; negative: boolean }[] = [];
    for (const { field, parent, group: record, start, end } of cellsOf(text, group)) {
      const value = text.slice(start, end);
      const judged = this.#judged({ value, field, parent, group: record, regions }, start, found);
      if (Array.isArray(judged)) {
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
  #judged(named: Named, start: number, inText: readonly Found[] = []): Found[] | { negative: boolean } {
    const judged = judge(named);
    if (judged.kind === 'none') return judged;
    const { value, field = '', group, regions } = named;
    const whole = (type: DetectedType, detector: string) => [
      { start, end: start + value.length, type, detector, confidence: 0.95 },
    ];
    if (judged.kind === 'ask') {
      const all = this.#detect(value, { field, path: group.path, regions });
      const best = all.find((each) => canBeId(each.type) && each.end - each.start > value.length * 0.9);
      const found = whole(best?.type ?? judged.type, best?.detector ?? 'field');
      this.#recurring.add(value, best?.type ?? judged.type);
      return found;
    }
    // Behind a secret on a line there may be more; a detector knows where it ends.
    if (judged.type === 'SECRET' && /[\s&]/.test(value) && hasWithin(inText, 'SECRET', start, start + value.length))
      return { negative: false };
    if (judged.recurs) this.#recurring.add(value, judged.type);
    return whole(judged.type, 'field');
  }

  #remember(value: string, { type, confidence }: Found): void {
    if (confidence >= 0.8 && type !== 'IP_ADDRESS' && type !== 'DATE_OF_BIRTH') this.#recurring.add(value, type);
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
    case 'VAT_EU':
      return confidence < 0.9;
    case 'PERSON':
    case 'ADDRESS':
    case 'DATE_OF_BIRTH':
    case 'PASSPORT':
      return confidence < 0.95;
    default:
      return /^[\d .-]*$/.test(text.slice(start, end));
  }
}

function canBeId(type: DetectedType): boolean {
  return isIdType(type) || type === 'PASSPORT' || type === 'VAT_EU';
}

/** Whether one of a type is within [start, end). They are in order, and many: a text may have as many cells. */
function hasWithin(found: readonly Found[], type: DetectedType, start: number, end: number): boolean {
  for (let at = firstIndex(found.length, (index) => (found[index]?.start ?? 0) >= start); at < found.length; at++) {
    const each = found[at];
    if (each === undefined || each.start >= end) return false;
    if (each.type === type && each.end <= end) return true;
  }
  return false;
}

function bounds(text: string): { start: number; end: number } {
  const start = text.length - text.trimStart().length;
  return { start, end: Math.max(start, text.trimEnd().length) };
}
