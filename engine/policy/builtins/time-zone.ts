import { NoAnswer } from './operands.ts';
import type { Charge } from './term.ts';
import { isZoneName } from './time-zone-names.ts';

/** Seconds to the east of UTC at a time, in seconds since 1970. */
export type Zone = (seconds: number) => number;

export const utc: Zone = () => 0;

/** Formats by name of the zone. What they say depends on the name and the time alone. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** What asking Intl takes, with the making of a format. */
const cost = 3000;

/**
 * A zone by its name in the IANA database, `UTC` or empty. What Intl knows of it comes with Node. Throws NoAnswer for
 * other names; `Local` is none, as it would be another on each machine.
 */
export function zoneOf(name: string, charge: Charge): Zone {
  if (name === '' || name === 'UTC') return utc;
  if (!isZoneName(name)) throw new NoAnswer();
  return (seconds) => {
    charge(cost);
    const parts = formatOf(name).formatToParts(seconds * 1000);
    const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0', rest = '0'] =
      /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(offset) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(rest));
  };
}

function formatOf(name: string): Intl.DateTimeFormat {
  const known = formats.get(name);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  if (formats.size >= 32) formats.clear();
  formats.set(name, made);
  return made;
}
