import type { Json } from '../../json/types.ts';
import { dayOf, partsOf, readDate } from './dates.ts';
import { unitOf } from './shift.ts';

/**
 * Year, month or decade of a date, of seconds (or the like) since 1970, of a month or of a year alone: as it is said, then as
 * the first day of it for a schema that asks for a date.
 */
export function generalisedDate(text: string, to: 'year' | 'month' | 'decade'): Json[] {
  const date = readDate(text);
  const unit = date === undefined ? unitOf(text) : undefined;
  const day = date?.days ?? (unit === undefined ? undefined : Math.floor(Number(text) / unit / 86_400));
  const [year, month] = day === undefined ? coarse(text) : (partsOf(day) ?? []);
  if (year === undefined || (to === 'month' && month === undefined)) return [];
  const decade = year - (year % 10);
  const said = to === 'year' ? `${year}` : to === 'decade' ? `${decade}s` : `${year}-${`${month}`.padStart(2, '0')}`;
  const first = dayOf(to === 'decade' ? decade : year, to === 'month' ? (month ?? 1) : 1, 1);
  if (first === undefined) return [];
  if (unit !== undefined) return [said, first * 86_400 * unit];
  const iso = new Date(first * 86_400_000).toISOString();
  const forms: Json[] = [said, iso.slice(0, 10), `${iso.slice(0, 19)}Z`];
  const same = date?.write(first, 'midnight');
  if (same !== undefined) forms.splice(1, 0, same, ...(/^\d+$/.test(same) ? [Number(same)] : []));
  else if (to !== 'month' && !text.includes('-')) forms.push(to === 'decade' ? decade : year);
  return forms;
}

/** `1985` and `1985-03`. */
function coarse(text: string): [year?: number, month?: number] {
  const [, year, month] = /^([12]\d{3})(?:-(0[1-9]|1[0-2]))?$/.exec(text) ?? [];
  if (year === undefined) return [];
  return month === undefined ? [Number(year)] : [Number(year), Number(month)];
}
