import type { Context, Found } from '../types.ts';

/** RFC 5321 4.5.3.1: a local part of 64 octets, a domain of 255. */
const LOCAL = 64;
const DOMAIN = 253;
const LOCAL_CHARS = /[\p{L}\p{N}\p{M}.!#$%&'*+?^_`{|}~-]/u;
const DOMAIN_CHARS = /[\p{L}\p{N}\p{M}.-]/u;
const TOP = /^(?:xn--[a-z0-9-]{2,59}|\p{L}[\p{L}\p{M}]{1,62})$/iu;
/** Names of picture files in two resolutions look like addresses. */
const FILE = /^\dx\.(?:png|jpe?g|gif|svg|webp|avif)$/i;

/** Finds e-mail addresses with unquoted local parts, also of internationalised domains (RFC 6531). */
export function findEmails(text: string, _context: Context): Found[] {
  const found: Found[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const previous = found.at(-1)?.end ?? 0;
    const start = localStart(text, at, Math.max(previous, at - LOCAL));
    const end = start < at ? domainEnd(text, at + 1) : at;
    if (end <= at + 1 || !isAddress(text, start, at, end)) continue;
    found.push({ start, end, type: 'EMAIL', detector: 'email', confidence: 0.95 });
  }
  return found;
}

function localStart(text: string, at: number, limit: number): number {
  let start = at;
  while (start > limit && isPart(LOCAL_CHARS, text, start - 1)) start--;
  while (start < at && !/[\p{L}\p{N}_]/u.test(text[start] ?? '') && !isSurrogate(text, start)) start++;
  return start;
}

/** The domain from `from`, without the dots and hyphens that end a sentence. */
function domainEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < DOMAIN && isPart(DOMAIN_CHARS, text, end)) end++;
  while (end > from && (text[end - 1] === '.' || text[end - 1] === '-')) end--;
  return end;
}

function isPart(chars: RegExp, text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 128) return ASCII[code] === 1 ? true : chars === LOCAL_CHARS && LOCAL_ONLY.includes(text[index] ?? ' ');
  return isSurrogate(text, index) || chars.test(text[index] ?? '');
}

const LOCAL_ONLY = "!#$%&'*+?^_`{|}~";
const ASCII = new Uint8Array(128);
for (const char of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-') ASCII[char.charCodeAt(0)] = 1;

function isSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdfff;
}

function isAddress(text: string, start: number, at: number, end: number): boolean {
  const domain = text.slice(at + 1, end);
  const dot = domain.lastIndexOf('.');
  if (dot < 1 || domain.includes('..') || domain.startsWith('-') || FILE.test(domain)) return false;
  if (!TOP.test(domain.slice(dot + 1))) return false;
  // The account of a remote that is reached over SSH is nobody's address.
  return !(text[end] === ':' && text.slice(start, at) === 'git');
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [LOCAL_CHARS, DOMAIN_CHARS, TOP, FILE, /[\p{L}\p{N}_]/u];
