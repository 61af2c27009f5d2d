/** The parts of a layout of Go's time package: what stands for the year 2006, January 2, 15:04:05.000 MST. */
export type Element =
  | 'literal'
  | 'year2'
  | 'year4'
  | 'monthName'
  | 'monthShort'
  | 'month'
  | 'month2'
  | 'weekdayName'
  | 'weekdayShort'
  | 'day'
  | 'dayPadded'
  | 'day2'
  | 'yearDayPadded'
  | 'yearDay3'
  | 'hour24'
  | 'hour12'
  | 'hour12Zero'
  | 'minute'
  | 'minute2'
  | 'second'
  | 'second2'
  | 'PM'
  | 'pm'
  | 'zoneName'
  | 'offset'
  | 'fraction0'
  | 'fraction9';

export interface Chunk {
  readonly element: Element;
  /** As it stands in the layout. */
  readonly text: string;
}

const token = new RegExp(
  [
    '(?<monthName>January)|(?<monthShort>Jan(?![a-z]))',
    '(?<weekdayName>Monday)|(?<weekdayShort>Mon(?![a-z]))|(?<zoneName>MST)',
    '(?<month2>01)|(?<day2>02)|(?<hour12Zero>03)|(?<minute2>04)|(?<second2>05)|(?<year2>06)|(?<yearDay3>002)',
    '(?<hour24>15)|(?<month>1)|(?<year4>2006)|(?<day>2)',
    '(?<dayPadded>_2(?!006))|(?<yearDayPadded>__2)',
    '(?<hour12>3)|(?<minute>4)|(?<second>5)|(?<PM>PM)|(?<pm>pm)',
    '(?<offset>[-Z]07(?:0000|:00:00|00|:00)?)',
    '(?<fraction0>[.,]0+(?!\\d))|(?<fraction9>[.,]9+(?!\\d))',
  ].join('|'),
  'g',
);

/** Literals are the texts between the elements. */
export function readLayout(layout: string): Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  for (const found of layout.matchAll(token)) {
    if (found.index > from) chunks.push({ element: 'literal', text: layout.slice(from, found.index) });
    from = found.index + found[0].length;
    const [element] = Object.entries(found.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    chunks.push({ element: (element ?? 'literal') as Element, text: found[0] });
  }
  if (from < layout.length) chunks.push({ element: 'literal', text: layout.slice(from) });
  return chunks;
}

/** Layouts by their names in Go's time package. */
const named: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
};

/** A layout, or one of those OPA has names for. */
export const layoutOf = (layout: string): string => (Object.hasOwn(named, layout) ? (named[layout] ?? layout) : layout);

export const rfc3339 = layoutOf('RFC3339');
export const rfc3339Nano = layoutOf('RFC3339Nano');

export const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
export const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
