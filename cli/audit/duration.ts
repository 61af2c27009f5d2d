import { UsageError } from '../usage-error.ts';

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a number and a unit: `90s`, `10m`, `36h`, `7d`. Throws UsageError where it is none. */
export function parseDuration(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (units[unit ?? ''] ?? Number.NaN);
  if (Number.isNaN(milliseconds)) throw new UsageError(`${text} is no duration: write 90s, 10m, 36h or 7d.`);
  return milliseconds;
}
