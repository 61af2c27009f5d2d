import { fromBytes, toBytes } from './byte-text.ts';
import { int64, integer } from './integers.ts';
import { array, NoAnswer, text } from './operands.ts';
import { type Builtins, type Charge, isNumber, type Term } from './term.ts';
import { daysIn, inZone, toNanoseconds, within } from './time-civil.ts';
import { parseDuration } from './time-duration.ts';
import { formatTime } from './time-format.ts';
import { layoutOf, rfc3339, rfc3339Nano, weekdays } from './time-layout.ts';
import { parseTime } from './time-parse.ts';
import { utc, type Zone, zoneOf } from './time-zone.ts';

/** https://www.openpolicyagent.org/docs/policy-reference/builtins/time, but for `time.now_ns`: what time it is, input.now says. */
export const time: Builtins = {
  'time.parse_ns': ([layout, value], charge) =>
    parseTime(toBytes(chargedLayout(text(layout), charge)), toBytes(text(value))),
  'time.parse_rfc3339_ns': ([value]) => parseTime(rfc3339, toBytes(text(value))),
  'time.parse_duration_ns': ([operand], charge) => {
    const duration = text(operand);
    charge(duration.length * 10);
    return parseDuration(duration);
  },
  'time.date': ([operand], charge) => {
    const { year, month, day } = local(operand, charge);
    return [year, month, day];
  },
  'time.clock': ([operand], charge) => {
    const { hour, minute, second } = local(operand, charge);
    return [hour, minute, second];
  },
  'time.weekday': ([operand], charge) => weekdays[local(operand, charge).weekday],
  'time.format': ([operand], charge) => {
    const { nanoseconds, zone, layout } = instant(operand, charge);
    const bytes = toBytes(layout === '' ? rfc3339Nano : chargedLayout(layout, charge));
    return fromBytes(formatTime(inZone(nanoseconds, zone), bytes, zone === utc ? 'UTC' : undefined));
  },
  'time.add_date': ([operand, years, months, days], charge) => {
    const { nanoseconds, zone } = instant(operand, charge);
    const { year, month, day, ...clock } = inZone(nanoseconds, zone);
    const [y, m, d] = [years, months, days].map((count) => Number(int64(count)));
    return toNanoseconds({ ...clock, year: year + (y ?? 0), month: month + (m ?? 0), day: day + (d ?? 0) }, zone);
  },
  'time.diff': ([left, right], charge) => {
    const [one, other] = [instant(left, charge), instant(right, charge)];
    const order = one.nanoseconds <= other.nanoseconds ? [one, other] : [other, one];
    return difference(order.map(({ nanoseconds }) => inZone(nanoseconds, one.zone)));
  },
};

/** Finding the elements of a layout is the most of the work. */
function chargedLayout(layout: string, charge: Charge): string {
  charge(layout.length * 250);
  return layoutOf(layout);
}

interface Instant {
  readonly nanoseconds: bigint;
  readonly zone: Zone;
  readonly layout: string;
}

/** Nanoseconds, or an array of them, the name of a zone, and a layout. */
function instant(operand: Term | undefined, charge: Charge): Instant {
  const [time, zone, layout] = isNumber(operand) ? [operand] : array(operand);
  return {
    nanoseconds: within(integer(time, charge)),
    zone: zoneOf(zone === undefined ? '' : text(zone), charge),
    layout: layout === undefined ? '' : text(layout),
  };
}

function local(operand: Term | undefined, charge: Charge) {
  const { nanoseconds, zone } = instant(operand, charge);
  return inZone(nanoseconds, zone);
}

/** Years, months, days, hours, minutes and seconds from the earlier to the later. */
function difference([from, to]: readonly ReturnType<typeof inZone>[]): number[] {
  if (from === undefined || to === undefined) throw new NoAnswer();
  const bases = [60, 60, 24, daysIn(from.month, from.year), 12];
  const steps = [
    to.second - from.second,
    to.minute - from.minute,
    to.hour - from.hour,
    to.day - from.day,
    to.month - from.month,
    to.year - from.year,
  ];
  for (const [index, base] of bases.entries()) {
    if ((steps[index] ?? 0) >= 0) continue;
    steps[index] = (steps[index] ?? 0) + base;
    steps[index + 1] = (steps[index + 1] ?? 0) - 1;
  }
  return steps.reverse();
}
