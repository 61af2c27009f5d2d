import { MARKS, type Signs } from '../signs.ts';
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

type MayFind = (signs: Signs, text: string) => boolean;

/** A secret has a digit or a sign in it, or before it. */
const SECRET_MARKS = MARKS.colon | MARKS.equals | MARKS.hyphen | MARKS.other;

/** Detectors of values that have a form of their own, each with what a text must have for one to be there. */
export const valueDetectors: readonly { detect: Detector; mayFind: MayFind }[] = [
  {
    detect: findSecrets,
    mayFind: ({ digits, marks }, text) => text.length > 7 && (digits > 0 || (marks & SECRET_MARKS) !== 0),
  },
  { detect: findEmails, mayFind: ({ marks }) => (marks & MARKS.at) !== 0 },
  { detect: findIbans, mayFind: ({ digits }, text) => digits > 3 && text.length > 14 },
  { detect: findCards, mayFind: ({ digits }) => digits > 12 },
  { detect: findVatNumbers, mayFind: ({ digits, marks }) => digits > 4 && (marks & MARKS.capital) !== 0 },
  { detect: findNationalIds, mayFind: ({ digits }, text) => digits > 1 && text.length > 6 },
  {
    detect: findIpAddresses,
    mayFind: ({ digits, marks }) => (digits > 3 && (marks & MARKS.dot) !== 0) || (marks & MARKS.colon) !== 0,
  },
  {
    detect: findMacAddresses,
    mayFind: ({ marks }, text) => text.length > 13 && (marks & (MARKS.colon | MARKS.hyphen | MARKS.dot)) !== 0,
  },
  { detect: findPassports, mayFind: ({ digits }, text) => text.length > 5 && (digits > 0 || text.length < 15) },
  { detect: findBirthDates, mayFind: ({ digits }) => digits > 4 },
  { detect: findPhones, mayFind: ({ digits }) => digits > 6 },
];
