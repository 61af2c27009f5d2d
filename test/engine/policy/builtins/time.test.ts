import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

test('nanoseconds are exact, within what 64 bits can say', () => {
  answers('time.parse_rfc3339_ns', '"2262-04-11T23:47:16.854775807Z"', '9223372036854775807');
  isUndefined('time.parse_rfc3339_ns', '"2262-04-11T23:47:16.854775808Z"');
  answers('time.parse_rfc3339_ns', '"1677-09-21T00:12:43.145224192Z"', '-9223372036854775808');
  isUndefined('time.parse_rfc3339_ns', '"1677-09-21T00:12:43.145224191Z"');
  answers('time.format', '-1', '"1969-12-31T23:59:59.999999999Z"');
  answers('time.format', '1e18', '"2001-09-09T01:46:40Z"');
  isUndefined('time.date', '1.5');
  isUndefined('time.clock', '9223372036854775808');
});

test('zones are those of the IANA database, in their own spelling', () => {
  answers('time.clock', '[1517832000000000000, "America/New_York"]', '[7, 0, 0]');
  answers('time.weekday', '[1517875200000000000, "Asia/Kolkata"]', '"Tuesday"');
  answers('time.format', '[1700000000000000000, "Europe/Berlin", "02.01.2006 15:04 -07"]', '"14.11.2023 23:13 +01"');
  for (const name of ['europe/berlin', 'PST', '+01:00', 'Local', 'Nowhere/Land', '../UTC'])
    isUndefined('time.clock', `[0, "${name}"]`);
});

test('the abbreviation of a zone is known of UTC alone', () => {
  answers('time.format', '[0, "UTC", "RFC1123"]', '"Thu, 01 Jan 1970 00:00:00 UTC"');
  isUndefined('time.format', '[0, "Europe/Berlin", "RFC1123"]');
});

test('dates are added as a calendar does, and by the clock on the wall', () => {
  // Clocks in Berlin go forward on 31 March 2024.
  answers('time.add_date', '[1711796400000000000, "Europe/Berlin"], 0, 0, 1', '1711879200000000000');
  answers('time.add_date', '1709208000000000000, 1, 0, 0', '1740830400000000000');
  isUndefined('time.add_date', '0, 9223372036854775807, 0, 0');
  isUndefined('time.add_date', '0, 1.5, 0, 0');
});

test('durations have days, weeks and years besides', () => {
  answers('time.parse_duration_ns', '"1w2d3h"', '788400000000000');
  answers('time.parse_duration_ns', '"-1.5h"', '-5400000000000');
  answers('time.parse_duration_ns', '"2562047h47m16.854775807s"', '9223372036854775807');
  isUndefined('time.parse_duration_ns', '"2562047h47m16.854775808s"');
  for (const text of ['', '1', '1x', 'h', '1h ', '.s', 'constructorh', '1constructor'])
    isUndefined('time.parse_duration_ns', `"${text}"`);
});
