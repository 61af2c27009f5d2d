import { isPersonal, KnownValues } from '../../engine/catalogue/member-names.ts';
import { placedText } from '../../engine/catalogue/placed-text.ts';
import { categoryOf, isWithinCategory } from '../../engine/detect/categories.ts';
import { detectDocument } from '../../engine/detect/json.ts';
import type { Found } from '../../engine/detect/types.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import { escapeKey } from '../../engine/yaml/position.ts';
import type { MaskedRecord, MaskRecord } from './mask-record.ts';

/** One value that would be masked, and why. Without `value` it says nothing of it. */
export interface Explained {
  line: number;
  /** RFC 6901 within a document, `line:column` within a text; names of members that may be somebody's are `*`. */
  at: string;
  in: 'value' | 'name';
  type: string;
  category: string | null;
  why: 'field' | 'recurs' | 'checksum' | 'form' | 'cue' | 'view';
  detector: string | null;
  confidence: number | null;
  value?: string;
}

export interface ExplainOptions {
  categories: readonly string[];
  regions: readonly string[];
  showValues: boolean;
}

/** What is masked of a record whose values were all redacted, in its order; what only another reading shows comes last. */
export function explain(record: MaskRecord, masked: MaskedRecord, options: ExplainOptions): Explained[] {
  const { text, slots } =
    record.kind === 'text'
      ? { text: record.text, slots: [{ start: 0, end: record.text.length, kind: 'leaf' as const, place: '' }] }
      : placedText(masked.before.value, '', {
          item: (of, _holder, index) => `${of}/${index}`,
          member: (of, _holder, name) => `${of}/${nameOf(name, options)}`,
        });
  const explained: Explained[] = [];
  const found = detectDocument(text, { regions: options.regions }).filter(({ type }) => {
    const category = categoryOf(type);
    return options.categories.some((wanted) => isWithinCategory(category, wanted));
  });
  for (const each of found) {
    const category = categoryOf(each.type);
    const slot = slots.find(({ start, end }) => each.start >= start && each.start < end);
    if (slot === undefined) continue;
    explained.push({
      line: record.line,
      at: record.kind === 'text' ? lineAndColumn(record, each.start) : slot.place,
      in: slot.kind === 'name' ? 'name' : 'value',
      type: each.type,
      category,
      why: reasonOf(each),
      detector: each.detector,
      confidence: each.confidence,
      ...(options.showValues && { value: text.slice(each.start, each.end) }),
    });
  }
  const known = new Set(explained.map(({ at }) => at));
  const walk = (before: Json, after: Json | undefined, at: string): void => {
    if (Array.isArray(before) && Array.isArray(after)) {
      for (const [index, item] of before.entries()) walk(item, after[index], `${at}/${index}`);
    } else if (isObject(before) && isObject(after)) {
      for (const [name, item] of Object.entries(before))
        if (Object.hasOwn(after, name)) walk(item, after[name], `${at}/${nameOf(name, options)}`);
    } else if (before !== after && !known.has(at)) {
      const type = /\[([A-Z][A-Z_]+)\]/.exec(String(after))?.[1] ?? 'VALUE';
      const place = record.kind === 'text' ? lineAndColumn(record, 0) : at;
      const value = options.showValues && { value: String(before) };
      explained.push({
        line: record.line,
        at: place,
        in: 'value',
        type,
        category: null,
        why: 'view',
        detector: null,
        confidence: null,
        ...value,
      });
    }
  };
  if (record.kind === 'json' || redacted(record.text, found) !== masked.text)
    walk(masked.before.value, masked.after.value, '');
  return explained;
}

/** The text with what was found in it as it stands; where more is masked, something was found in another reading. */
function redacted(text: string, found: readonly Found[]): string {
  let [shown, from] = ['', 0];
  for (const { start, end, type } of found) {
    shown += `${text.slice(from, start)}[${type}]`;
    from = end;
  }
  return shown + text.slice(from);
}

function nameOf(name: string, { showValues }: ExplainOptions): string {
  return !showValues && isPersonal(name, nobody) ? '*' : escapeKey(name);
}

const nobody = new KnownValues();

function lineAndColumn({ text, line }: MaskRecord, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${line + before.length - 1}:${[...(before.at(-1) ?? '')].length + 1}`;
}

const checked = /^(?:IBAN|CREDIT_CARD|VAT_EU|[A-Z]{2}_[A-Z]+)$/;

function reasonOf({ type, detector }: Found): Explained['why'] {
  if (detector === 'field') return 'field';
  if (detector === 'recurring') return 'recurs';
  if (checked.test(type)) return 'checksum';
  return /^(?:PERSON|ADDRESS|PASSPORT|DATE_OF_BIRTH)$/.test(type) ? 'cue' : 'form';
}
