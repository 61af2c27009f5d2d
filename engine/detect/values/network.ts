import ipaddr from 'ipaddr.js';
import { matchesOf } from '../matches.ts';
import type { Context, Found } from '../types.ts';
import { closes, isWord } from './chars.ts';
import { cue, lastCue, wordsBefore } from './cues.ts';

const V4 = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/g;
/** From the first group on. */
const V6 = /[\da-f:]{2,39}(?:\.\d{1,3}){0,3}/iy;
const MAC = /[\da-f]{2}(?::[\da-f]{2}){5}|[\da-f]{2}(?:-[\da-f]{2}){5}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}/iy;

const versionCue = cue([
  'version',
  'ver.',
  'ver$',
  'v$',
  'release',
  'build',
  'firmware',
  'kernel',
  'oid',
  'uid$',
  'chapter',
  'section',
  'upgrade',
  'bump',
  'downgrade',
  'tag$',
  'chart',
  'image$',
  'driver',
  'patch',
  'revision',
  'rev$',
  'asn.1',
  'assembly',
]);
const addressCue = cue(['ip$', 'ipv4', 'ipv6', 'addr', 'host', 'client', 'remote', 'peer', 'from$', 'gateway', 'dns']);

/** Finds IP addresses of somebody: not loopback, not the unspecified address, no masks, no versions. */
export function findIpAddresses(text: string, context: Context): Found[] {
  const found: Found[] = [];
  if (text.includes('.')) {
    for (const match of matchesOf(V4, text)) v4(text, match.index, match[0], context, found);
  }
  if (text.includes(':')) {
    for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
      // Two colons with at most four digits between them.
      const next = text.indexOf(':', at + 1);
      if (next < 0) break;
      if (next - at > 5) {
        at = next - 1;
        continue;
      }
      let start = at;
      while (start > 0 && at - start < 4 && isHex(text.charCodeAt(start - 1))) start--;
      V6.lastIndex = start;
      const match = V6.exec(text)?.[0];
      if (match === undefined) continue;
      v6(text, start, match, found);
      at = start + match.length - 1;
    }
  }
  return found;
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

function v4(text: string, start: number, value: string, context: Context, found: Found[]): void {
  const end = start + value.length;
  if (start > 0 && (isWord(text.charCodeAt(start - 1)) || '.-'.includes(text[start - 1] ?? ' '))) return;
  if (isWord(text.charCodeAt(end)) || ('.-+'.includes(text[end] ?? ' ') && !closes(text, end))) return;
  if (!ipaddr.IPv4.isValidFourPartDecimal(value) || /^0|\.0\d/.test(value)) return;
  // `app:1.2.3.4@sha256:...`: the tag of an image.
  if (text.startsWith('@sha256', end)) return;
  const range = ipaddr.IPv4.parse(value).range();
  if (range === 'loopback' || range === 'unspecified' || range === 'broadcast' || value.startsWith('255.')) return;
  const words = wordsBefore(text, start, context);
  const version = lastCue(versionCue, words);
  if (version >= 0 && version > lastCue(addressCue, words)) return;
  found.push({ start, end, type: 'IP_ADDRESS', detector: 'ip.v4', confidence: 0.85 });
}

function v6(text: string, start: number, match: string, found: Found[]): void {
  let value = match;
  while (value.endsWith(':') && !value.endsWith('::')) value = value.slice(0, -1);
  const end = start + value.length;
  if (start > 0 && (isWord(text.charCodeAt(start - 1)) || ':.'.includes(text[start - 1] ?? ' '))) return;
  if (isWord(text.charCodeAt(end)) || value.length < 4 || !hasGroups(value) || !ipaddr.IPv6.isValid(value)) return;
  const range = ipaddr.IPv6.parse(value).range();
  if (range === 'loopback' || range === 'unspecified') return;
  found.push({ start, end, type: 'IP_ADDRESS', detector: 'ip.v6', confidence: 0.9 });
}

/** Eight groups, or six and an IPv4 address, or some of them left out: most of what has colons is a time or a range. */
function hasGroups(value: string): boolean {
  if (value.includes('::')) return true;
  let colons = 0;
  for (let at = value.indexOf(':'); at >= 0; at = value.indexOf(':', at + 1)) colons++;
  return colons === 7 || (colons === 6 && value.includes('.'));
}

/** Finds MAC addresses (EUI-48) in the three usual writings; not the broadcast address and not all zeros. */
export function findMacAddresses(text: string, _context: Context): Found[] {
  const found: Found[] = [];
  for (let at = 2; at + 9 < text.length; at++) {
    const start = macStart(text, at);
    if (start < 0) continue;
    MAC.lastIndex = start;
    const match = MAC.exec(text);
    if (match === null) continue;
    const end = start + match[0].length;
    at = end;
    if (start > 0 && (isWord(text.charCodeAt(start - 1)) || ':-.'.includes(text[start - 1] ?? ' '))) continue;
    if (!closes(text, end) || (text[end] === ':' && isWord(text.charCodeAt(end + 1)))) continue;
    const digits = match[0].replace(/[:.-]/g, '');
    if (/^(?:0{12}|f{12})$/i.test(digits) || (match[0].includes('.') && !/[a-f]/i.test(digits))) continue;
    found.push({ start, end, type: 'MAC', detector: 'mac', confidence: 0.9 });
  }
  return found;
}

/** Where a MAC address begins whose first sign is at `at`: the same sign stands a pair, or four digits, further on. -1 if there is none. */
function macStart(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === 58 || sign === 45) {
    return text.charCodeAt(at + 3) === sign && text.charCodeAt(at + 6) === sign ? at - 2 : -1;
  }
  return sign === 46 && at > 3 && text.charCodeAt(at + 5) === 46 ? at - 4 : -1;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [V4, V6, MAC, /^0|\.0\d/, /[:.-]/g, /^(?:0{12}|f{12})$/i, /[a-f]/i];
