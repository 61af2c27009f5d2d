import { NoAnswer } from './operands.ts';
import type { Zone } from './time-zone.ts';

/** What a calendar and a clock on the wall say. Months from 1. */
export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
}

export interface Local extends Civil {
  /** Sunday is 0. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
  /** Seconds to the east of UTC. */
  readonly offset: number;
}

const second = 1_000_000_000n;
const earliest = -(2n ** 63n);
const latest = 2n ** 63n - 1n;

/** What is said in a zone at a time, in nanoseconds since 1970. */
export function inZone(nanoseconds: bigint, zone: Zone): Local {
  const below = ((nanoseconds % second) + second) % second;
  const seconds = Number((nanoseconds - below) / second);
  const offset = zone(seconds);
  const date = new Date((seconds + offset) * 1000);
  const year = date.getUTCFullYear();
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(below),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000) + 1,
    offset,
  };
}

/**
 * Nanoseconds since 1970 of what is said in a zone; months and days out of range run over. Where clocks were changed, the
 * time Go takes. Throws NoAnswer where nanoseconds do not fit into 64 bits.
 */
export function toNanoseconds({ year, month, day, hour, minute, second: at, nanosecond }: Civil, zone: Zone): bigint {
  // Date.UTC would take the years 0 to 99 for those of the twentieth century.
  const date = new Date(0).setUTCFullYear(year, month - 1, day);
  const local = date / 1000 + hour * 3600 + minute * 60 + at;
  // Beyond what Date can say, and far beyond what fits.
  if (!Number.isSafeInteger(local) || Math.abs(local) > 1e11) throw new NoAnswer();
  const guess = zone(local);
  const seconds = guess === 0 ? local : local - zone(local - guess);
  return within(BigInt(seconds) * second + BigInt(nanosecond));
}

export function within(nanoseconds: bigint): bigint {
  if (nanoseconds < earliest || nanoseconds > latest) throw new NoAnswer();
  return nanoseconds;
}

export const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function daysIn(month: number, year: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
