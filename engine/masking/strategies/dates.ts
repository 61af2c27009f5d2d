/** A date as it was written. */
export interface WrittenDate {
  /** Days since 1970-01-01. */
  readonly days: number;
  /** Another day in the same form; with its time of day, or at the midnight of UTC. Undefined beyond the years 1000 to 9999. */
  write(days: number, time: 'kept' | 'midnight'): string | undefined;
}

/**
 * Reads `1985-03-12`, `1985/3/12`, `1985.03.12`, `19850312`, `12.3.1985`, `12/03/1985`, `12-03-1985`, each but the compact one with or
 * without a time of day behind it. With `/`, the day is taken to be first, as in Europe, unless it cannot be.
 */
export function readDate(text: string): WrittenDate | undefined {
  if (text.length > 48) return undefined;
  return yearFirst(text) ?? yearLast(text) ?? inOneRow(text);
}

/** The day a date falls on, undefined for one that is none. */
export function dayOf(year: number, month: number, day: number): number | undefined {
  if (year < 1000 || year > 9999) return undefined;
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time / dayLength : undefined;
}

/** Year, month and day of a day; undefined beyond the years 1000 to 9999. */
export function partsOf(days: number): [year: number, month: number, day: number] | undefined {
  const date = new Date(days * dayLength);
  const year = date.getUTCFullYear();
  // Of a day too far away the year is NaN.
  return year >= 1000 && year <= 9999 ? [year, date.getUTCMonth() + 1, date.getUTCDate()] : undefined;
}

const dayLength = 86_400_000;

const time = String.raw`[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)? ?(?:Z|[+-]\d{2}:?\d{2})?`;
const first = new RegExp(String.raw`^(\d{4})([-./])(\d{1,2})\2(\d{1,2})(${time})?$`, 'i');
const last = new RegExp(String.raw`^(\d{1,2})([-./])(\d{1,2})\2(\d{4})(${time})?$`, 'i');
const compact = /^(\d{4})(\d{2})(\d{2})$/;

function yearFirst(text: string): WrittenDate | undefined {
  const [, year, mark = '', month = '', day = '', rest = ''] = first.exec(text) ?? [];
  if (year === undefined) return undefined;
  const padded = month.length === 2 && day.length === 2;
  return made([Number(year), Number(month), Number(day)], padded, rest, (...parts) => parts.join(mark));
}

function yearLast(text: string): WrittenDate | undefined {
  const [, one = '', mark = '', two = '', year, rest = ''] = last.exec(text) ?? [];
  if (year === undefined) return undefined;
  const padded = one.length === 2 && two.length === 2;
  if (mark === '/' && Number(two) > 12) {
    return made([Number(year), Number(one), Number(two)], padded, rest, (years, months, days) =>
      [months, days, years].join(mark),
    );
  }
  return made([Number(year), Number(two), Number(one)], padded, rest, (years, months, days) =>
    [days, months, years].join(mark),
  );
}

function inOneRow(text: string): WrittenDate | undefined {
  const [, year, month, day] = compact.exec(text) ?? [];
  if (year === undefined || Number(year) < 1800 || Number(year) > 2200) return undefined;
  return made([Number(year), Number(month), Number(day)], true, '', (...parts) => parts.join(''));
}

function made(
  [year, month, day]: [number, number, number],
  padded: boolean,
  rest: string,
  order: (years: string, months: string, days: string) => string,
): WrittenDate | undefined {
  const days = dayOf(year, month, day);
  if (days === undefined) return undefined;
  const two = (part: number): string => `${part}`.padStart(padded ? 2 : 1, '0');
  return {
    days,
    write(other, time) {
      const parts = partsOf(other);
      if (parts === undefined) return undefined;
      const date = order(`${parts[0]}`, two(parts[1]), two(parts[2]));
      return date + (time === 'kept' ? rest : rest.replaceAll(/\d/g, '0'));
    },
  };
}
