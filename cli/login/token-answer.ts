import { WritError } from '../../engine/errors.ts';
import type { JsonObject } from '../../engine/json/types.ts';
import { isBearerToken } from './identity.ts';

/** What signing in gives. Times are milliseconds since 1970. */
export interface Tokens {
  access: string;
  /** When it was given. */
  since: number;
  /** Undefined where the authorization server does not say. */
  until: number | undefined;
  refresh: string | undefined;
}

/** Reads an answer with tokens (RFC 6749 section 5.1). Throws WRIT_LOGIN_FAILED and quotes nothing. */
export function readTokens(value: JsonObject, now: number, before?: Tokens): Tokens {
  const { access_token: access, token_type: type, expires_in: seconds, refresh_token: refresh } = value;
  if (typeof access !== 'string' || !isBearerToken(access) || typeof type !== 'string' || !/^bearer$/i.test(type))
    throw new WritError('WRIT_LOGIN_FAILED', 'The authorization server gave no bearer token.');
  // Some send the number as a string.
  const lives = Number(seconds ?? Number.NaN);
  return {
    access,
    since: now,
    until: Number.isFinite(lives) && lives > 0 ? now + lives * 1000 : undefined,
    // RFC 6749 section 6: without a new one the one before goes on.
    refresh: typeof refresh === 'string' && refresh !== '' ? refresh : before?.refresh,
  };
}

/** The `error` of an answer, where it is one of those of RFC 6749 and RFC 8628; what is not is not repeated. */
export function errorOf({ error }: JsonObject): string {
  return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : 'no error it names';
}
