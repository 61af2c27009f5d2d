import type { Phrase } from '../fields/dictionary.ts';
import { idTypes } from '../fields/dictionary.ts';
import { type FieldMeaning, fieldMeaning } from '../fields/field-meaning.ts';
import { hasForm, isPlace, looksLikeAnId } from '../fields/forms.ts';
import { readsLikeAPerson } from '../fields/reads-like-a-person.ts';
import type { DetectedType } from '../types.ts';
import { likeliestId } from '../values/likeliest-id.ts';
import type { Facts, Group } from './leaves.ts';
import { countryOfMembers } from './regions.ts';

/** A value with what its field and what is around it say. */
export interface Named {
  readonly value: string;
  readonly field: string | undefined;
  /** The name above, where it is not that of the group. */
  readonly parent?: string | undefined;
  readonly group: Group;
  readonly column?: number;
  readonly regions: readonly string[];
}

/** `sure`: the whole value is of this type. `ask`: it is some id, and detectors may know which. */
export type Judgement =
  | { readonly kind: 'whole'; readonly type: DetectedType; readonly recurs: boolean }
  | { readonly kind: 'ask'; readonly type: DetectedType }
  | { readonly kind: 'none'; readonly negative: boolean };

const none: Judgement = { kind: 'none', negative: false };
const negative: Judgement = { kind: 'none', negative: true };

/** What a value is by the name of its field. */
export function judge(named: Named): Judgement {
  const { value, field, group, regions } = named;
  const meaning = meaningOf(named);
  if (meaning === undefined) return none;
  const { phrase } = meaning;
  if (phrase === undefined) return meaning.negative ? negative : none;
  switch (phrase.kind) {
    case 'value':
      return ofTypes(phrase, value, field ?? '', regions);
    case 'national':
      return looksLikeAnId(value) ? { kind: 'ask', type: anyIdType(value, regions) } : none;
    case 'name':
      return isName(named) ? { kind: 'whole', type: 'PERSON', recurs: true } : none;
    case 'role':
      return readsLikeAPerson(value) ? { kind: 'whole', type: 'PERSON', recurs: true } : contact(value);
    case 'place':
      return isPlace(value) && (factsOf(group).hasStreet || isAddress(meaningOfPath(group)))
        ? { kind: 'whole', type: 'ADDRESS', recurs: false }
        : none;
    default:
      return none;
  }
}

/** What the name of the field says: the column's where rows are lists, the label's where members are `label` and `value`. */
function meaningOf({ value, field, parent, group, column = -1 }: Named): FieldMeaning | undefined {
  const heading = column < 0 ? undefined : group.columns?.[column];
  if (heading !== undefined) return heading === value ? undefined : fieldMeaning(heading);
  if (field === undefined) return undefined;
  const { label } = factsOf(group);
  if (label !== undefined && valueNames.test(field)) return fieldMeaning(label);
  return fieldMeaning(field, parent ?? group.path.at(-1));
}

const valueNames =
  /^(?:value|values|val|number|text|content|answer|data|display|displayValue|display_value|string|stringValue|string_value|valueString|new|old|from|to|before|after|newValue|oldValue)$/i;
const labelNames =
  /^(?:label|key|name|field|fieldName|field_name|question|title|attribute|property|type|system|kind|id|column|header|caption|prompt|code|param|parameter)$/i;

function ofTypes(phrase: Phrase, value: string, field: string, regions: readonly string[]): Judgement {
  const fitting = phrase.types.filter((type) => hasForm(type, value));
  const [first] = fitting;
  if (first !== undefined) {
    // A token of a few letters is a counter or a kind.
    if (first === 'SECRET' && value.length < 8 && /^tokens?$/i.test(field)) return none;
    return {
      kind: 'whole',
      type: fitting.length > 1 ? likeliest(fitting, value, regions) : first,
      recurs: first !== 'IP_ADDRESS',
    };
  }
  const [usual] = phrase.types;
  if (usual === undefined) return none;
  return isIdType(usual) && looksLikeAnId(value) ? { kind: 'ask', type: usual } : none;
}

/** Of ids of one form the one whose check the value passes, else the country's. */
function likeliest(fitting: readonly DetectedType[], value: string, regions: readonly string[]): DetectedType {
  const [first = 'PASSPORT'] = fitting;
  return likeliestId(fitting, value, regions) ?? fitting.find((type) => isOf(type, regions)) ?? first;
}

/** What people are reached at often stands where they are named. */
function contact(value: string): Judgement {
  for (const type of ['EMAIL', 'PHONE'] as const) {
    if (hasForm(type, value) && /[@+]|^0\d/.test(value)) return { kind: 'whole', type, recurs: true };
  }
  return none;
}

function isName({ value, group }: Named): boolean {
  if (!hasForm('PERSON', value)) return false;
  const above = meaningOfPath(group);
  const about = above?.about;
  if (about === 'person') return true;
  // `emailAddress: { name, address }`, `shippingAddress: { name, street }`
  if (above?.phrase?.types.some((type) => type === 'EMAIL' || type === 'ADDRESS') && readsLikeAPerson(value))
    return true;
  // Beside a given name, the name is the family's, or the other way.
  const { isPerson, hasName } = factsOf(group);
  if (isPerson && hasName) return true;
  if (about === 'thing' && !wrappers.test(group.path.at(-1) ?? '')) return false;
  return isPerson && readsLikeAPerson(value);
}

/** Names of lists and results that may hold anything. */
const wrappers = /^(?:items?|lists?|nodes?|tables?|pages?|documents?|resources?|index|indices|objects?)$/i;

function meaningOfPath({ path }: Group): FieldMeaning | undefined {
  const name = path.at(-1);
  return name === undefined ? undefined : fieldMeaning(name);
}

function isAddress(meaning: FieldMeaning | undefined): boolean {
  return meaning?.phrase?.types.includes('ADDRESS') ?? false;
}

/** What a record is of, by the names of all its members. Asked when all are known. */
export function factsOf(group: Group): Facts {
  if (group.facts !== undefined) return group.facts;
  let [isPerson, hasStreet, hasName] = [false, false, false];
  let label: string | undefined;
  const columns = group.columns?.map((name) => ({ name, text: undefined })) ?? [];
  for (const { name, text } of [...group.members, ...columns]) {
    const { phrase, about } = fieldMeaning(name);
    // `employees: 4200` is a count.
    const isCount = text !== undefined && /^\d{1,7}$/.test(text) && /s$/i.test(name);
    if (about === 'person' && phrase?.kind !== 'name' && !isCount) isPerson = true;
    if (phrase?.kind === 'national' || (phrase?.kind === 'value' && phrase.types.some(isPersonal))) isPerson = true;
    if (phrase?.kind === 'value' && phrase.types.includes('ADDRESS')) hasStreet = true;
    if (phrase?.kind === 'value' && phrase.types.includes('PERSON')) hasName = true;
    if (text !== undefined && labelNames.test(name) && fieldMeaning(text).phrase !== undefined) label ??= text;
  }
  const above = meaningOfPath(group);
  group.facts = {
    isPerson: isPerson || above?.about === 'person',
    hasStreet,
    hasName,
    label,
    country: countryOfMembers(group.members),
  };
  return group.facts;
}

function isPersonal(type: DetectedType): boolean {
  return (
    type === 'DATE_OF_BIRTH' ||
    type === 'EMAIL' ||
    type === 'PHONE' ||
    type === 'PASSPORT' ||
    type === 'PERSON' ||
    isIdType(type)
  );
}

export function isIdType(type: DetectedType): boolean {
  return idTypes.has(type);
}

function isOf(type: DetectedType, regions: readonly string[]): boolean {
  const country = type.slice(0, 2);
  return isIdType(type) && regions[0] === (country === 'UK' ? 'GB' : country);
}

/** The id that a value of this form would be in the likeliest country. */
function anyIdType(value: string, regions: readonly string[]): DetectedType {
  const fitting = [...idTypes].filter((type) => hasForm(type, value));
  for (const region of regions) {
    const found = fitting.find((type) => isOf(type, [region]));
    if (found !== undefined) return found;
  }
  return fitting[0] ?? 'PASSPORT';
}
