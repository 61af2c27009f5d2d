import type { Options } from 'yargs';
import { type FormatName, formatNames } from './formats/formatter.ts';

const choices: readonly FormatName[] = formatNames;

/** Options that mean the same in every command that has them. */
export const formatOption = {
  describe: 'How to write what is found',
  choices,
  default: 'pretty',
} as const satisfies Options;

export const policiesPosition: {
  describe: string;
  type: 'string';
  array: true;
  normalize: true;
  default: string[];
} = {
  describe: 'Folders or files with Rego, the catalogue and data',
  type: 'string',
  array: true,
  normalize: true,
  default: ['policies'],
};
