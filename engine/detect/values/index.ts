import type { Detector } from '../types.ts';
import { findBirthDates } from './birth-date.ts';
import { findCards } from './card.ts';
import { findEmails } from './email.ts';
import { findIbans } from './iban.ts';
import { findNationalIds } from './national-ids.ts';
import { findIpAddresses, findMacAddresses } from './network.ts';
import { findPassports } from './passport.ts';
import { findPhones } from './phone.ts';
import { findSecrets } from './secrets.ts';
import { findVatNumbers } from './vat.ts';

/** Detectors of values that have a form of their own. */
export const valueDetectors: readonly Detector[] = [
  findSecrets,
  findEmails,
  findIbans,
  findCards,
  findVatNumbers,
  findNationalIds,
  findIpAddresses,
  findMacAddresses,
  findPassports,
  findBirthDates,
  findPhones,
];
