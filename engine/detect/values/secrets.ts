import { matchesOf } from '../matches.ts';
import type { Context, Found } from '../types.ts';
import { isWord } from './chars.ts';
import { fieldWords } from './cues.ts';
import { isSecretValue } from './entropy.ts';
import { PATTERNS as formPatterns, SECRET_NAME, secretForms } from './secret-forms.ts';
import { PATTERNS as saidPatterns, saidSecret } from './secret-said.ts';
import { PATTERNS as usagePatterns, usedSecrets } from './secret-usage.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
/** No form of a known issuer has fewer characters. */
const SHORTEST = 15;
/** One scan for all beginnings. */
const STARTS = new RegExp(secretForms.flatMap((secret) => secret.starts.map(escaped)).join('|'), 'g');
const byStart = new Map(secretForms.flatMap((secret) => secret.starts.map((start) => [start, secret] as const)));

const PEM_BEGIN = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
const PEM_BODY = /[A-Za-z\d+/=\s\\:,-]*/y;
const USER_INFO = /[^\s/:@"'<>]{0,128}:[^\s/@"'<>]{1,256}@[^\s"'<>()\\,;]{1,512}/y;
/** Client secrets of Entra: three characters, a digit, `Q~`, and the rest. */
const ENTRA = /[\w.~-]{3}\dQ~[\w.~-]{31,34}/y;
const ASSIGNED = /[\w-]{0,24}["']?\s{0,3}(?:[:=]|=>|["'] value=|>)\s{0,3}["']?([^\s"'<>,;]{4,512})/y;
const NEXT = /&[\w.-]{1,40}=/;
const BEARER = /(?:bearer|basic) {1,2}([\w.~+/-]{12,4096}=*)/giy;
/** Names of what is as often a code of something else, or who somebody is. */
const VAGUE = /^(?:clave|kode(?!ord)|zugangs|login|credenciales|identifiants)/i;
/** Names of what people make up; the others are made by programs. */
const PASSWORD =
  /^(?:pass|kenn|contra|mot|mdp|wacht|ha|lö|adg|kode|clave|zugangs|login|creden|identif|sala|senha|pala|pwd|pw|pin|hesl|gesl|jelsz|lozin|zapor|slapt|parol)/iu;
const SCHEME = /\b(?:bearer|basic) /gi;
/** The token of a place in a list is no secret. */
const PLACE = /(?:page|next|previous|prev|cursor|continuation|sync|progress|resume)[_ -]?$/i;
const secretField =
  /(?:^| )(?:password|passwd|pwd|passphrase|passwort|kennwort|secret|api ?key|apikey|access ?key|private key|client secret|auth token|access token|refresh token|bearer|token|credential)s?(?: value)?$/;

/** Finds secrets: of known issuers, private keys, URLs with a password, and what is assigned to a name of a secret. */
export function findSecrets(text: string, context: Context): Found[] {
  const found: Found[] = [];
  const add = (start: number, end: number, name: string, confidence: number) => {
    found.push({ start, end, type: 'SECRET', detector: `secret.${name}`, confidence });
  };
  if (text.length >= SHORTEST) known(text, add);
  if (text.includes('-----BEGIN')) privateKeys(text, add);
  if (text.includes('://')) urls(text, add);
  if (text.includes('Q~')) entra(text, add);
  if (text.includes(':') || text.includes('=') || text.includes(' ')) {
    assigned(text, add);
    usedSecrets(text, add);
  }
  const value = text.trim();
  // No token is shorter, and most texts are.
  if (value.length >= 12 && value.length <= 512 && namesSecret(fieldWords(context)) && isSecretValue(value, 'token')) {
    const start = text.indexOf(value);
    add(start, start + value.length, 'field', 0.8);
  }
  return found;
}

function namesSecret(words: string): boolean {
  const name = secretField.exec(words);
  return name !== null && !PLACE.test(words.slice(0, name.index));
}

type Add = (start: number, end: number, name: string, confidence: number) => void;

function known(text: string, add: Add): void {
  for (const match of matchesOf(STARTS, text)) {
    const secret = byStart.get(match[0]);
    const at = match.index;
    if (secret === undefined || (at > 0 && (isWord(text.charCodeAt(at - 1)) || text[at - 1] === '-'))) continue;
    secret.form.lastIndex = at;
    const whole = secret.form.exec(text)?.[0];
    if (whole === undefined) continue;
    const named = whole.startsWith('sig=') || /^\w+Key=/.test(whole) ? whole.indexOf('=') + 1 : 0;
    add(at + named, at + trimmedEnd(whole), secret.name, 0.97);
  }
}

/** A full stop after a secret ends the sentence. */
function trimmedEnd(whole: string): number {
  let end = whole.length;
  while (end > 0 && (whole[end - 1] === '.' || whole[end - 1] === '-')) end--;
  return end;
}

/** From the line that begins it to the one that ends it; without an end, as far as the key goes. */
function privateKeys(text: string, add: Add): void {
  for (const match of matchesOf(PEM_BEGIN, text)) {
    const body = match.index + match[0].length;
    const mark = text.indexOf('-----', body);
    if (mark >= 0 && text.startsWith('-----END', mark)) {
      const close = text.indexOf('-----', mark + 8);
      if (close >= 0 && close - mark < 64) {
        add(match.index, close + 5, 'private-key', 0.99);
        continue;
      }
    }
    PEM_BODY.lastIndex = body;
    const rest = PEM_BODY.exec(mark < 0 ? text : text.slice(0, mark))?.[0] ?? '';
    add(match.index, body + rest.trimEnd().length, 'private-key', 0.95);
  }
}

/** A URL with a password in it, whole: the host and name belong to the secret's use. */
function urls(text: string, add: Add): void {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    let start = at;
    while (start > 0 && start > at - 20 && /[a-z\d+.-]/i.test(text[start - 1] ?? ' ')) start--;
    if (start === at) continue;
    USER_INFO.lastIndex = at + 3;
    const rest = USER_INFO.exec(text)?.[0];
    if (rest !== undefined) add(start, at + 3 + trimmedEnd(rest), 'url', 0.97);
  }
}

function entra(text: string, add: Add): void {
  for (let at = text.indexOf('Q~'); at >= 0; at = text.indexOf('Q~', at + 2)) {
    if (at < 4 || (at > 4 && isWord(text.charCodeAt(at - 5)))) continue;
    ENTRA.lastIndex = at - 4;
    const whole = ENTRA.exec(text)?.[0];
    if (whole !== undefined) add(at - 4, at - 4 + trimmedEnd(whole), 'entra', 0.97);
  }
}

function assigned(text: string, add: Add): void {
  for (const match of matchesOf(SECRET_NAME, text)) {
    if (PLACE.test(text.slice(Math.max(0, match.index - 14), match.index))) continue;
    if (isInWord(text, match.index, match[0])) continue;
    const from = match.index + match[0].length;
    const kind = PASSWORD.test(match[0]) ? 'password' : 'token';
    const isVague = VAGUE.test(match[0]);
    const hit =
      (isVague ? undefined : assignedAt(text, from, kind)) ?? saidSecret(text, from, isVague ? 'vague' : kind);
    if (hit !== undefined) add(hit.start, hit.end, kind, 0.85);
  }
  if (!/authorization|bearer/i.test(text)) return;
  for (const match of matchesOf(SCHEME, text)) {
    BEARER.lastIndex = match.index;
    const value = BEARER.exec(text)?.[1];
    if (value !== undefined && isSecretValue(value, 'token'))
      add(BEARER.lastIndex - value.length, BEARER.lastIndex, 'bearer', 0.85);
  }
}

/** Whether what looks like the name of a secret ends another word: `Reisepass`, `barcode`. */
function isInWord(text: string, at: number, name: string): boolean {
  if (at === 0) return false;
  if (name.length === 4 && /^pass$/i.test(name)) return /reise$/i.test(text.slice(Math.max(0, at - 5), at));
  return (name.length === 2 || VAGUE.test(name)) && isWord(text.charCodeAt(at - 1)) && text[at - 1] !== '_';
}

function assignedAt(
  text: string,
  from: number,
  kind: 'password' | 'token',
): { start: number; end: number } | undefined {
  ASSIGNED.lastIndex = from;
  const value = ASSIGNED.exec(text)?.[1];
  if (value === undefined) return undefined;
  // `id_token=...&state=...`: the next parameter of a query
  const next = value.search(NEXT);
  let length = next > 3 ? next : value.length;
  while (length > 0 && '.)]}'.includes(value[length - 1] ?? ' ')) length--;
  const start = ASSIGNED.lastIndex - value.length;
  return isSecretValue(value.slice(0, length), kind) ? { start, end: start + length } : undefined;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [
  ...formPatterns,
  ...saidPatterns,
  ...usagePatterns,
  STARTS,
  PEM_BEGIN,
  PEM_BODY,
  USER_INFO,
  ENTRA,
  ASSIGNED,
  NEXT,
  BEARER,
  secretField,
  /[.*+?^${}()|[\]\\/]/g,
  PLACE,
  /[a-z\d+.-]/i,
  /^\w+Key=/,
  /authorization|bearer/i,
  SCHEME,
  PASSWORD,
  VAGUE,
  /^pass$/i,
  /reise$/i,
];
