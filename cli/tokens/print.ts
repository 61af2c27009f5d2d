import { shown } from '../../engine/tools/unseen.ts';
import type { ShownToken } from '../../proxy/store/value-token-rows.ts';
import type { Paint, Style } from '../formats/paint.ts';

export type TokenState = 'good' | 'expired' | 'revoked';

const styles: Record<TokenState, Style> = { good: 'green', expired: 'dim', revoked: 'yellow' };

export function stateOf({ revoked_at, expires_at }: ShownToken, now: string): TokenState {
  if (revoked_at !== null) return 'revoked';
  return expires_at <= now ? 'expired' : 'good';
}

/** One a line, under headings for people; of ids and callers as much as tells them apart. */
export function tokenLines(
  tokens: readonly ShownToken[],
  now: string,
  paint: Paint,
  { headed }: { headed: boolean },
): string[] {
  const width = Math.max('label'.length, ...tokens.map(({ label }) => label.length));
  const purposes = Math.max('purpose'.length, ...tokens.map(({ purpose }) => shown(purpose).length));
  const head = [
    'state  ',
    'id'.padEnd(12),
    'label'.padEnd(width),
    'caller'.padEnd(12),
    'issued'.padEnd(20),
    'expires'.padEnd(20),
  ];
  const headings = [...head, 'purpose'.padEnd(purposes), 'category'].join('  ');
  const lines = tokens.map((token) => {
    const { id, label, caller, purpose, category, issued_at, expires_at } = token;
    const state = stateOf(token, now);
    const given = [id.slice(0, 12), label.padEnd(width), caller.slice(0, 12)];
    const told = [`${issued_at.slice(0, 19)}Z`, `${expires_at.slice(0, 19)}Z`, shown(purpose).padEnd(purposes)];
    return `${paint(styles[state], state.padEnd(7))}  ${[...given, ...told, category ?? '-'].join('  ')}`;
  });
  return headed && lines.length > 0 ? [paint('dim', headings), ...lines] : lines;
}

export function tokensJson(tokens: readonly ShownToken[], now: string): string {
  return `${JSON.stringify({ tokens: tokens.map((token) => ({ state: stateOf(token, now), ...token })) }, null, 2)}\n`;
}
