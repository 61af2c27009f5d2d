import { readFile } from '../read-file.ts';
import { UsageError } from '../usage-error.ts';

/** Where the token of a client comes from. */
export interface Identity {
  /** The bearer token to send now; undefined for none. Rejects with WRIT_LOGIN_* or WRIT_FILE_UNREADABLE. */
  token(): Promise<string | undefined>;
  /** The gateway answered 401 to `token`, with this WWW-Authenticate. Whether there is another to try. */
  refused(token: string | undefined, challenge: string | undefined): Promise<boolean>;
}

/** RFC 6750 section 2.1: nothing else may stand behind `Bearer`. */
export function isBearerToken(text: string): boolean {
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(text);
}

/** Nobody: what the gateway makes of callers without a token is its matter. */
export const nobody: Identity = {
  token: () => Promise.resolve(undefined),
  refused: () => Promise.resolve(false),
};

/** A token that is given once, as in the environment. Throws UsageError for what is none, without repeating it. */
export function fixedToken(text: string, source: string): Identity {
  const token = checked(text, source);
  return { token: () => Promise.resolve(token), refused: () => Promise.resolve(false) };
}

/** A token that somebody keeps fresh in a file, read anew for each message. */
export function tokenFile(path: string): Identity {
  const read = () => checked(readFile(path).toString('utf8'), path);
  read();
  return {
    token: async () => read(),
    refused: async (token) => read() !== token,
  };
}

function checked(text: string, source: string): string {
  const token = text.trim();
  if (!isBearerToken(token)) throw new UsageError(`${source} holds no bearer token.`);
  return token;
}
