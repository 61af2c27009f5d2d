import type { CountryCode } from 'libphonenumber-js/max';

/** How a region writes national numbers: the trunk prefix (empty if there is none) and how many digits follow it. */
export interface NationalForm {
  region: CountryCode;
  trunk: string;
  min: number;
  max: number;
}

function form(region: CountryCode, trunk: string, min: number, max = min): NationalForm {
  return { region, trunk, min, max };
}

/** Numbering plans in national writing. Where a trunk prefix exists, a national number is written with it. */
export const nationalForms: readonly NationalForm[] = [
  form('AT', '0', 7, 12),
  form('BE', '0', 8, 9),
  form('BG', '0', 7, 9),
  form('CH', '0', 9),
  form('CY', '', 8),
  form('CZ', '', 9),
  form('DE', '0', 7, 11),
  form('DK', '', 8),
  form('EE', '', 7, 8),
  form('ES', '', 9),
  form('FI', '0', 6, 10),
  form('FR', '0', 9),
  form('GB', '0', 9, 10),
  form('GR', '', 10),
  form('HR', '0', 8, 9),
  form('HU', '06', 8, 9),
  form('IE', '0', 7, 9),
  form('IS', '', 7),
  form('IT', '', 8, 11),
  form('LT', '0', 8),
  form('LT', '8', 8),
  form('LU', '', 8, 9),
  form('LV', '', 8),
  form('MT', '', 8),
  form('NL', '0', 9),
  form('NO', '', 8),
  form('PL', '', 9),
  form('PT', '', 9),
  form('RO', '0', 9),
  form('SE', '0', 7, 9),
  form('SI', '0', 8),
  form('SK', '0', 9),
  form('US', '', 10),
];
