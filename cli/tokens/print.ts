import { shown } from '../../engine/tools/unseen.ts';
import type { ShownToken } from '../../proxy/store/value-token-rows.ts';
import type { Paint, Style } from '../formats/paint.ts';

export type TokenState = 'good' | 'expired' | 'revoked';

const styles: Record<TokenState, Style> = { good: 'green', expired: 'dim', revoked: 'yellow' };

export function stateOf({ revoked_at, expires_at }: ShownToken, now: string): TokenState {
  if (revoked_at !== null) return 'revoked';
  return expires_at <= now ? 'expired' : 'good';
}

/** One a line; of ids and callers as much as tells them apart. */
export function tokenLines(tokens: readonly ShownToken[], now: string, paint: Paint): string[] {
  const width = Math.max(0, ...tokens.map(({ label }) => label.length));
  return tokens.map((token) => {
    const { id, label, caller, purpose, category, issued_at, expires_at } = token;
    const state = stateOf(token, now);
    const times = `${issued_at.slice(0, 19)}Z  ${expires_at.slice(0, 19)}Z`;
    const told = [id.slice(0, 12), label.padEnd(width), caller.slice(0, 12), times, shown(purpose), category ?? '-'];
    return `${paint(styles[state], state.padEnd(7))}  ${told.join('  ')}`;
  });
}

export function tokensJson(tokens: readonly ShownToken[], now: string): string {
  return `${JSON.stringify({ tokens: tokens.map((token) => ({ state: stateOf(token, now), ...token })) }, null, 2)}\n`;
}
