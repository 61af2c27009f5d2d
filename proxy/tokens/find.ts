import { isAscii } from 'node:buffer';
import type { Container } from '../../engine/json/path.ts';
import type { Json } from '../../engine/json/types.ts';
import { parseToken, tokenLabels, tokenShape } from '../../engine/masking/token.ts';

type Key = string | number;

/** A text with tokens in it, and where it stands. */
export interface Holding {
  readonly holder: Container;
  readonly key: Key;
  readonly text: string;
  /** As they were given out, in the order in which the text has them. */
  readonly tokens: readonly string[];
}

/** What a value holds of tokens. */
export interface Holdings {
  readonly texts: Holding[];
  /** A token in the name of a member, or one that is not written as it was given. */
  flawed: boolean;
}

/** False where nothing in a message can be a token, as its bytes show. */
export function mayHoldTokens(bytes: Uint8Array): boolean {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return !isAscii(message) || message.includes('\\u') || /tok_/i.test(message.toString('latin1'));
}

/** Every text of a value that has tokens in it. */
export function findTokens(value: Json): Holdings {
  const found: Holdings = { texts: [], flawed: false };
  walk([value], 0, value, found);
  return found;
}

/** Whether there is a token anywhere in a value, or what is nearly one. */
export function holdsToken(value: Json): boolean {
  const { texts, flawed } = findTokens(value);
  return flawed || texts.length > 0;
}

function walk(holder: Container, key: Key, value: Json, found: Holdings): void {
  if (typeof value === 'string') {
    const tokens = tokensIn(value);
    if (tokens === undefined) found.flawed = true;
    else if (tokens.length > 0) found.texts.push({ holder, key, text: value, tokens });
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    if (typeof name === 'string' && tokensIn(name)?.length !== 0) found.flawed = true;
    walk(value, name, member, found);
  }
}

/** The tokens in a text; undefined where some of it is nearly one. */
export function tokensIn(text: string): readonly string[] | undefined {
  if (!underscore.test(text)) return [];
  const tokens: string[] = [];
  const rest = text.replaceAll(tokenShape, (spelling) => {
    const token = parseToken(spelling);
    if (token === undefined) return spelling;
    tokens.push(token.text);
    return ' ';
  });
  return nearly.test(folded(rest)) ? undefined : tokens;
}

/** The text with a value in place of each token. */
export function withValues(text: string, standsFor: (token: string) => string): string {
  return text.replaceAll(tokenShape, (spelling) => standsFor(parseToken(spelling)?.text ?? spelling));
}

/** Whatever a reader may take for the one that every token has. */
const underscore = /[_\u203f\u2040\u2054\ufe33\ufe34\ufe4d-\ufe4f\uff3f]/;
/** Enough of a token that nobody meant something else. */
const nearly = new RegExp(`tok_(?:${tokenLabels.join('|')})_[a-z2-7]{16}`);

/** Without letter case, marks and signs that nobody sees, and in one form of each letter. */
function folded(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Mn}]/gu, '')
    .replace(/\p{Pc}/gu, '_')
    .toLowerCase();
}
