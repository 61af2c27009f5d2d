import { fullFormats } from 'ajv-formats/dist/formats.js';
import type { Work } from './work.ts';

/** Formats of JSON Schema that are asserted. The others are left to the server. */
const asserted = [
  'date',
  'time',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uri-reference',
  'uuid',
  'json-pointer',
] as const;
const names = new Set<string>(asserted);

/** Beyond it no format is looked at: the expressions behind some of them take the square of a text's length. */
const longest = 1_024;

export function isFormat(name: string): boolean {
  return names.has(name);
}

/** ajv's formats, each charged to `work`. */
export function formatsOf(work: Work): Record<string, (text: string) => boolean> {
  return Object.fromEntries(
    asserted.map((name) => {
      const format = fullFormats[name];
      const test = testOf(format);
      return [
        name,
        (text: string) => {
          if (text.length > longest) return true;
          work.take(8 + (text.length * text.length) / 200);
          return test(text);
        },
      ];
    }),
  );
}

function testOf(format: unknown): (text: string) => boolean {
  if (format instanceof RegExp) return (text) => format.test(text);
  const validate = typeof format === 'object' && format !== null && 'validate' in format ? format.validate : format;
  if (typeof validate !== 'function') throw new TypeError('A format of ajv-formats is not of a known shape.');
  return (text) => validate(text) === true;
}
