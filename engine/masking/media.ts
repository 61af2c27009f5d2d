import { Buffer, isUtf8 } from 'node:buffer';
import type { Withhold } from '../policy/types.ts';

/** RFC 6838: a registered top-level name, which no address or name of a person begins with. */
const form =
  /^(?:application|audio|font|image|message|model|multipart|text|video)\/[\w!#$&^.+-]{1,127}(?:; ?charset=[\w-]{1,40})?$/i;

function isMimeType(type: unknown): type is string {
  return typeof type === 'string' && form.test(type);
}

/** Of these, what may be shown: a name may be made of somebody's data, so that digits and parameters are few. */
export function isPlainType(type: unknown): boolean {
  return isMimeType(type) && plain.test(type);
}

const plain = /^(?!.*\d{5})[^;]*(?:; ?charset=(?:utf-?\d{1,2}|us-ascii|iso-8859-\d{1,2}|windows-125\d))?$/i;

/** What becomes of content that masks cannot look into, by its type; a server's word that is no type is none. */
export function becomes(
  type: unknown,
  rules: readonly Withhold[],
  otherwise: 'allow' | 'withhold',
): { action: Withhold['action']; rules: string[] } {
  const named = isMimeType(type) ? (type.toLowerCase().split(';')[0] ?? '') : '';
  const matching = rules.filter(({ mime_type }) => matches(mime_type.toLowerCase(), named));
  const action = (['deny', 'withhold', 'allow'] as const).find((each) => matching.some((rule) => rule.action === each));
  if (action === undefined) return { action: otherwise, rules: [] };
  return { action, rules: matching.filter((rule) => rule.action === action).map(({ rule }) => rule) };
}

function matches(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === '*/*') return true;
  return pattern.endsWith('/*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/** The text that base64 says, whatever it is said to be; undefined for other data. */
export function textIn(blob: string): string | undefined {
  if (!/^[A-Za-z0-9+/_=\s-]*$/.test(blob)) return undefined;
  const bytes = Buffer.from(blob, 'base64');
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  return control.test(text) ? undefined : text;
}

/** Signs of data that is no text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;
