import ipaddr from 'ipaddr.js';
import { isWithinCategory } from '../../detect/categories.ts';
import type { DetectedType } from '../../detect/types.ts';
import { labelOf, type TokenLabel } from '../token.ts';
import { readDate } from './dates.ts';
import { member } from './schema-at.ts';
import type { Mask, Replaceable } from './types.ts';

/** What a value is, as far as strategies care. */
export type Kind = TokenLabel | 'age' | 'boolean' | 'date' | 'number' | 'postcode' | 'url' | 'uuid';

/** By what detectors took it for, else by its category, else by the format of its schema, else by its own form. */
export function kindOf(of: Replaceable, mask: Mask): Kind {
  if (of.type !== null) return labelOf(of.type);
  return ofCategory(of.category) ?? ofCategory(mask.category) ?? ofSchema(of) ?? ofForm(of.value);
}

/** The text of a value, of a number as it was written. */
export function textOf({ value, text }: Replaceable): string {
  return text ?? String(value);
}

/** The label of a token for a value. */
export function labelFor(of: Replaceable, mask: Mask): TokenLabel {
  const kind = kindOf(of, mask);
  switch (kind) {
    case 'postcode':
      return 'address';
    case 'age':
    case 'boolean':
    case 'date':
    case 'number':
    case 'url':
    case 'uuid':
      return 'value';
    default:
      return kind;
  }
}

/** Whether it may be a date: what a detector took for something else is none, were it `1985` or `20261125`. */
export function mayBeDate(type: DetectedType | null): boolean {
  return type === null || type === 'DATE_OF_BIRTH';
}

/** fideslang categories, each for those below it as well. */
const categories: [category: string, kind: Kind][] = [
  ['user.contact.email', 'email'],
  ['user.contact.phone_number', 'phone'],
  ['user.contact.fax_number', 'phone'],
  ['user.contact.address.postal_code', 'postcode'],
  ['user.contact.address', 'address'],
  ['user.contact.url', 'url'],
  ['user.name', 'person'],
  ['user.financial.bank_account', 'iban'],
  ['user.financial.credit_card', 'card'],
  ['user.demographic.date_of_birth', 'birthdate'],
  ['user.demographic.age_range', 'age'],
  ['user.government_id.passport_number', 'passport'],
  ['user.government_id', 'id'],
  ['user.device.ip_address', 'ip'],
  ['user.authorization', 'secret'],
];

function ofCategory(category: string | null): Kind | undefined {
  if (category === null) return undefined;
  return categories.find(([above]) => isWithinCategory(category, above))?.[1];
}

function ofSchema({ schema, whole }: Replaceable): Kind | undefined {
  if (schema === undefined || !whole) return undefined;
  switch (member(schema, 'format')) {
    case 'email':
    case 'idn-email':
      return 'email';
    case 'date':
    case 'date-time':
      return 'date';
    case 'uri':
    case 'iri':
      return 'url';
    case 'uuid':
      return 'uuid';
    case 'ipv4':
    case 'ipv6':
      return 'ip';
    default:
      return undefined;
  }
}

function ofForm(value: string | number | boolean): Kind {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return 'number';
  if (value.length > 2048) return 'value';
  if (emailForm.test(value)) return 'email';
  if (uuidForm.test(value)) return 'uuid';
  if (urlForm.test(value)) return 'url';
  if (ipaddr.IPv4.isValidFourPartDecimal(value) || isIPv6(value)) return 'ip';
  return readDate(value) === undefined ? 'value' : 'date';
}

export function isIPv6(text: string): boolean {
  return text.length <= 45 && text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
}

/** Each part stands for a run that the next sign ends, so that no text is gone over twice. */
const emailForm = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/;
const uuidForm = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const urlForm = /^[a-z][a-z\d+.-]{0,31}:\/\/\S+$/i;
