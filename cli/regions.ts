import { UsageError } from './usage-error.ts';

export const regionOption: {
  describe: string;
  type: 'string';
  array: true;
  nargs: 1;
  default: string[];
  defaultDescription: string;
} = {
  describe: 'Countries the texts are likely of, as ISO 3166-1 has them: DE,FR',
  type: 'string',
  array: true,
  nargs: 1,
  default: [],
  defaultDescription: 'what the texts say themselves',
};

/** `--region DE,FR` and `--region DE --region FR` are one. Throws UsageError. */
export function regionsOf(given: readonly string[]): string[] {
  const regions = given.flatMap((each) => each.split(','));
  if (!regions.every((each) => /^[A-Z]{2}$/.test(each)))
    throw new UsageError('--region takes countries of two capital letters, separated by commas: --region DE,FR.');
  return regions;
}
