import { NoAnswer } from './operands.ts';
import type { Local } from './time-civil.ts';
import { type Element, months, readLayout, weekdays } from './time-layout.ts';

const two = (value: number) => `${value}`.padStart(2, '0');
const hour12 = (hour: number) => hour % 12 || 12;

type Writer = (time: Local, text: string) => string;

const writers: Readonly<Record<Exclude<Element, 'zoneName'>, Writer>> = {
  literal: (_, text) => text,
  year2: ({ year }) => two(year % 100),
  year4: ({ year }) => `${year}`.padStart(4, '0'),
  monthName: ({ month }) => months[month - 1] ?? '',
  monthShort: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
  month: ({ month }) => `${month}`,
  month2: ({ month }) => two(month),
  weekdayName: ({ weekday }) => weekdays[weekday] ?? '',
  weekdayShort: ({ weekday }) => (weekdays[weekday] ?? '').slice(0, 3),
  day: ({ day }) => `${day}`,
  dayPadded: ({ day }) => `${day}`.padStart(2),
  day2: ({ day }) => two(day),
  yearDayPadded: ({ yearDay }) => `${yearDay}`.padStart(3),
  yearDay3: ({ yearDay }) => `${yearDay}`.padStart(3, '0'),
  hour24: ({ hour }) => two(hour),
  hour12: ({ hour }) => `${hour12(hour)}`,
  hour12Zero: ({ hour }) => two(hour12(hour)),
  minute: ({ minute }) => `${minute}`,
  minute2: ({ minute }) => two(minute),
  second: ({ second }) => `${second}`,
  second2: ({ second }) => two(second),
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  offset: ({ offset }, text) => writeOffset(offset, text),
  fraction0: ({ nanosecond }, text) => writeFraction(nanosecond, text),
  fraction9: ({ nanosecond }, text) => {
    const fraction = writeFraction(nanosecond, text).replace(/0+$/, '');
    return fraction.length === 1 || nanosecond === 0 ? '' : fraction;
  },
};

/**
 * A time in a layout of Go's. `zoneName` is what `MST` stands for; undefined where it is not known, as Intl does not have
 * the abbreviations of the IANA database, and then a layout that asks for it is no answer.
 */
export function formatTime(time: Local, layout: string, zoneName: string | undefined): string {
  return readLayout(layout)
    .map(({ element, text }) => {
      if (element !== 'zoneName') return writers[element](time, text);
      if (zoneName === undefined) throw new NoAnswer();
      return zoneName;
    })
    .join('');
}

function writeOffset(offset: number, text: string): string {
  if (offset === 0 && text.startsWith('Z')) return 'Z';
  const seconds = Math.abs(offset);
  // Go drops the seconds before it looks for the sign.
  const sign = offset <= -60 ? '-' : '+';
  const minutes = Math.floor(seconds / 60);
  const colon = text.includes(':') ? ':' : '';
  let written = sign + two(Math.floor(minutes / 60));
  if (text.length > 3) written += colon + two(minutes % 60);
  // With a negative offset of less than a minute the seconds stay negative.
  if (text.length > 6) written += colon + (offset < 0 && sign === '+' ? `-${two(seconds % 60)}` : two(seconds % 60));
  return written;
}

/** As many digits as the layout has, nine at most; Go keeps twelve bits of their number. */
function writeFraction(nanosecond: number, text: string): string {
  const digits = (text.length - 1) & 0xfff;
  return `${text[0]}${`${nanosecond}`.padStart(9, '0').slice(0, digits)}`;
}
