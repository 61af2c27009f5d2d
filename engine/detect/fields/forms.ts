import type { DetectedType } from '../types.ts';
import { PATH } from '../values/entropy.ts';
import { canBeAPerson } from './reads-like-a-person.ts';

/** Values that say that there is none, or that it is hidden already. */
const placeholder =
  /^(?:n ?\/ ?a|na|none|null|nil|undefined|unknown|unbekannt|inconnue?|desconocid[oa]|sconosciut[oa]|onbekend|nieznan[ey]|desconhecid[oa]|okänd|ukendt|ukjent|tuntematon|not (?:set|provided|available|applicable|known|specified|given)|nicht (?:bekannt|angegeben)|non (?:renseigné|communiqué)|anonymous|anonym(?:e|ous|izado)?|redacted|masked|hidden|removed|deleted|empty|blank|default|tbd|todo|test|pending|yes|no|true|false|system|admin|root|other|self|guest|bot|automatic|auto|[-*.•x#?_ ]{1,64}|[[<({][^\]>)}]{0,60}[\]>)}]|\$\{?[A-Z_]{1,60}\}?)$/iu;

/** Dates as people and programs write them; years alone too, and seconds since 1970. */
const dates: readonly RegExp[] = [
  /^\d{4}$/,
  /^\d{8}$/,
  /^-?\d{9,13}$/,
  /^\d{1,2}[./ -]{1,2}\d{1,2}[./ -]{1,2}\d{2,4}\.?$/,
  /^\d{4}[./ -]{1,2}\d{1,2}[./ -]{1,2}\d{1,2}\.?$/,
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]{0,13}(?:Z|[+-]\d\d:?\d\d)?$/,
  // A day, a month in words of any language, and a year.
  /^\d{1,2}\D{3,24}\d{2,4}(?: ?г\.?| r\.?)?$/u,
  /^\p{L}{3,15}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}$/u,
  /^\d{4}\. ?\p{L}{3,15}\.? \d{1,2}\.?$/u,
];

/** How a value must look, as it is written, to be taken for what its field says. A checksum is not asked: a typing error is somebody's too. */
const written: Partial<Record<DetectedType, RegExp>> = {
  EMAIL: /^[^\s@<>"',;]{1,64}@[^\s@<>"',;]{3,190}$/u,
  PHONE: /^(?:tel:)?\+?[\d ()./\u00a0-]{5,32}(?:[x#e][xt. ]{0,4}\d{1,6})?$/i,
  PASSPORT: /^[A-Z\d][A-Z\d -]{4,16}[A-Z\d]$/i,
  IP_ADDRESS: /^[\da-f:.]{3,45}(?:%\w{1,15}|\/\d{1,3})?$/i,
  FI_HETU: /^\d{6}[-+A-FU-Y]\d{3}[\dA-Y]$/i,
  SE_PNR: /^(?:\d{2})?\d\d(?:0\d|1[012])(?:[0-2]\d|3[01]|[678]\d|9[01])[-+ ]?\d{4}$/,
};

/** The same of the value without spaces, dots, slashes, colons and dashes. */
const squeezed: Partial<Record<DetectedType, RegExp>> = {
  MAC: /^(?:[\da-f]{12}|[\da-f]{16})$/i,
  IBAN: /^(?:[A-Z]{2}\d{2}[A-Z\d]{8,30}|\d{8,34})$/i,
  CREDIT_CARD: /^\d{12,19}$/,
  VAT_EU: /^(?:[A-Z]{2}[A-Z\d+*]{7,13}|\d{7,12}(?:B\d\d)?)$/i,
  ES_DNI: /^\d{7,8}[A-Z]$/i,
  ES_NIE: /^[XYZ]\d{7}[A-Z]$/i,
  PT_NIF: /^(?:PT)?\d{9}$/,
  IT_CF: /^[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/i,
  PL_PESEL: /^\d{11}$/,
  UK_NINO: /^[A-Z]{2}\d{6}[A-D]?$/i,
  UK_NHS: /^\d{10}$/,
  DE_STEUERID: /^\d{10,13}$/,
  FR_NIR: /^[1-478]\d{5}[\dAB]\d{6}(?:\d{2})?$/i,
  NL_BSN: /^\d{8,9}$/,
  BE_NRN: /^\d{11}$/,
  IE_PPS: /^\d{7}[A-W][A-IW]?$/i,
  AT_SVNR: /^\d{10}$/,
  CH_AHV: /^756\d{10}$/,
  DK_CPR: /^(?:[0-2]\d|3[01]|[678]\d|9[01])(?:0\d|1[012])\d{6}$/,
  NO_FNR: /^\d{11}$/,
  CZ_RC: /^\d{9,10}$/,
  SK_RC: /^\d{9,10}$/,
  BG_EGN: /^\d{10}$/,
  GR_AMKA: /^\d{11}$/,
  HR_OIB: /^\d{11}$/,
  HU_TAJ: /^\d{9}$/,
  HU_SZEMELYI: /^\d{11}$/,
  RO_CNP: /^\d{13}$/,
  SI_EMSO: /^\d{13}$/,
  LT_AK: /^\d{11}$/,
  LV_PK: /^\d{11}$/,
  EE_IK: /^\d{11}$/,
  LU_NIN: /^\d{11}(?:\d{2})?$/,
  MT_ID: /^\d{1,7}[MGAPLHBZ]$/i,
  CY_TIC: /^\d{8}[A-Z]$/i,
};

/** An id of nobody knows which country. */
const anyId = /^[A-Z\d]{6,20}$/i;

/** All of them, to be looked at together. */
export const patterns: readonly RegExp[] = [...dates, ...Object.values(written), ...Object.values(squeezed), anyId];

function squeeze(value: string): string {
  return value.replace(/[\s./:-]/g, '');
}

function digitsOf(value: string): number {
  let count = 0;
  for (let at = 0; at < value.length; at++) if (value.charCodeAt(at) >= 48 && value.charCodeAt(at) <= 57) count++;
  return count;
}

/** Whether a value has the form of what its field says it is. */
export function hasForm(type: DetectedType, value: string): boolean {
  if (value.length > 8192 || (value.length <= 80 && placeholder.test(value))) return false;
  if (type === 'ADDRESS') return isAddress(value);
  if (type === 'SECRET') return isSecret(value);
  if (type === 'PERSON') return canBeAPerson(value);
  if (value.length > 256) return false;
  if (type === 'DATE_OF_BIRTH') return dates.some((form) => form.test(value));
  const digits = digitsOf(value);
  if (type === 'PHONE' && (digits < 5 || digits > 17)) return false;
  if (type === 'PASSPORT' && digits < 2) return false;
  if (type === 'IP_ADDRESS' && !/[.:].*[.:]/.test(value)) return false;
  return written[type]?.test(value) ?? squeezed[type]?.test(squeeze(value)) ?? false;
}

/** Mostly digits, as the ids of people are. */
export function looksLikeAnId(value: string): boolean {
  return value.length <= 32 && digitsOf(value) > 4 && anyId.test(squeeze(value));
}

function isAddress(value: string): boolean {
  if (value.length < 4 || value.length > 300 || !/\p{L}{2}/u.test(value) || /[@{}<>]|:\/\//.test(value)) return false;
  // A word alone may be a host or a kind of address.
  return /[\s,]/.test(value) || /\p{L}{3,}\d/u.test(value) || /[^ -~]/.test(value) || /^\p{Lu}\p{Ll}{5,}$/u.test(value);
}

function isSecret(value: string): boolean {
  if (value.length < 3 || notSecret.test(value) || PATH.test(value)) return false;
  // Words tell about a secret; a secret of several parts has numbers or assignments in it.
  return !/\s/.test(value) || /[\d=]/.test(value);
}

const notSecret =
  /^(?:bearer|basic|password|passkey|oauth2?|saml|sso|jwt|token|required|optional|expired|active|inactive|valid|invalid|enabled|disabled|rotated|present|missing|ok)$/i;

/** Part of an address beside its street: a town, a postcode, a number. */
export function isPlace(value: string): boolean {
  return (
    value.length >= 2 &&
    value.length <= 60 &&
    /^[\p{L}\d][\p{L}\p{M}\d '’.,()/-]{0,59}$/u.test(value) &&
    !placeholder.test(value)
  );
}
