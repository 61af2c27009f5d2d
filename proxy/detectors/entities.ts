import type { DetectedType } from '../../engine/detect/types.ts';

const types: ReadonlyMap<string, DetectedType> = new Map([
  ['PERSON', 'PERSON'],
  ['EMAIL_ADDRESS', 'EMAIL'],
  ['PHONE_NUMBER', 'PHONE'],
  ['ZA_MOBILE_NUMBER', 'PHONE'],
  ['ZA_TELEPHONE_NUMBER', 'PHONE'],
  ['LOCATION', 'ADDRESS'],
  ['UK_POSTCODE', 'ADDRESS'],
  ['CREDIT_CARD', 'CREDIT_CARD'],
  ['IBAN_CODE', 'IBAN'],
  ['IP_ADDRESS', 'IP_ADDRESS'],
  ['MAC_ADDRESS', 'MAC'],
  ['DE_PASSPORT', 'PASSPORT'],
  ['ES_PASSPORT', 'PASSPORT'],
  ['IN_PASSPORT', 'PASSPORT'],
  ['IT_PASSPORT', 'PASSPORT'],
  ['KR_PASSPORT', 'PASSPORT'],
  ['PH_PASSPORT', 'PASSPORT'],
  ['UK_PASSPORT', 'PASSPORT'],
  ['US_PASSPORT', 'PASSPORT'],
  ['ZA_PASSPORT', 'PASSPORT'],
  ['DE_TAX_ID', 'DE_STEUERID'],
  ['ES_NIF', 'ES_DNI'],
  ['ES_NIE', 'ES_NIE'],
  ['FI_PERSONAL_IDENTITY_CODE', 'FI_HETU'],
  ['IT_FISCAL_CODE', 'IT_CF'],
  ['DE_VAT_ID', 'VAT_EU'],
  ['IT_VAT_CODE', 'VAT_EU'],
  ['PL_PESEL', 'PL_PESEL'],
  ['SE_PERSONNUMMER', 'SE_PNR'],
  ['UK_NHS', 'UK_NHS'],
  ['UK_NINO', 'UK_NINO'],
]);

/** What an entity of Presidio is here. Undefined for others, as DATE_TIME, NRP and URL: they say too little of anyone, or have no type here. */
export function typeOfEntity(entity: string): DetectedType | undefined {
  return types.get(entity);
}
