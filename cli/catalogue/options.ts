import { UsageError } from '../usage-error.ts';

export const recordingsPosition = {
  describe: 'Folders or files with fixtures that `writ record` wrote',
  type: 'string',
  array: true,
  demandOption: true,
  normalize: true,
} as const;

export const confidenceOption = {
  describe: 'Leave out what is less sure, from 0 to 1',
  type: 'number',
  default: 0.5,
} as const;

export const argumentsOption = {
  describe: 'Also look at what tools were asked',
  type: 'boolean',
  default: false,
} as const;

/** Throws UsageError. */
export function checkConfidence(value: number): number {
  if (!(value >= 0 && value <= 1)) throw new UsageError('--min-confidence is a number from 0 to 1.');
  return value;
}
