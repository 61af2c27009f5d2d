import type { Detector, Found } from '../types.ts';
import { findAddresses } from './address.ts';
import { findPersons } from './person.ts';
import { readProse } from './text.ts';

/**
 * Names of people and postal addresses in prose. Addresses are read first: a street named after a person is no person.
 * The work grows linearly with the text: every step looks at a bounded number of words.
 */
export const findProse: Detector = (text) => {
  const found: Found[] = [];
  if (text.length < 3) return found;
  const prose = readProse(text);
  const taken = new Uint8Array(prose.count);
  findAddresses(prose, taken, found);
  findPersons(prose, taken, found);
  return found;
};
