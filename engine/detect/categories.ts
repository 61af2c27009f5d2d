import type { DetectedType } from './types.ts';

/** The fideslang category of what is found; ids of persons by country are all of one. */
export function categoryOf(type: DetectedType): string {
  return categories[type] ?? idOfPerson;
}

const idOfPerson = 'user.government_id.national_identification_number';

const categories: Partial<Record<DetectedType, string>> = {
  ADDRESS: 'user.contact.address',
  CREDIT_CARD: 'user.financial.credit_card',
  DATE_OF_BIRTH: 'user.demographic.date_of_birth',
  EMAIL: 'user.contact.email',
  IBAN: 'user.financial.bank_account',
  IP_ADDRESS: 'user.device.ip_address',
  MAC: 'user.device.device_id',
  PASSPORT: 'user.government_id.passport_number',
  PERSON: 'user.name',
  PHONE: 'user.contact.phone_number',
  SECRET: 'user.authorization.credentials',
  VAT_EU: 'user.financial',
};

/** Every category of which something can be found. */
export const detectedCategories: ReadonlySet<string> = new Set([...Object.values(categories), idOfPerson]);

/** Whether a category is this one or one below it. */
export function isWithinCategory(category: string, above: string): boolean {
  return category === above || category.startsWith(`${above}.`);
}

/** Whether detectors find anything of a category. */
export function isDetected(category: string): boolean {
  return [...detectedCategories].some((found) => isWithinCategory(found, category));
}
