import { asWritError, WritError } from '../../engine/errors.ts';
import { type Invitation, signIn } from './device.ts';
import { type AuthorizationServer, discover } from './discover.ts';
import type { Identity } from './identity.ts';
import type { OAuthHttp } from './oauth-http.ts';
import { errorOf, readTokens, type Tokens } from './token-answer.ts';
import { fileStore, memoryStore, type TokenStore } from './token-store.ts';

export interface LoginOptions {
  endpoint: URL;
  clientId: string;
  scope: string | undefined;
  issuer: string | undefined;
  /** Whether `resource` is sent (RFC 8707). */
  sendsResource: boolean;
  keeps: boolean;
  /** Shows the code; without it nobody can be asked to sign in here. */
  invite: ((invitation: Invitation) => void) | undefined;
  http: OAuthHttp;
  signal?: AbortSignal;
}

/** A token is renewed while it is still good for this long, or a quarter of its life where that is less. */
const earlyMs = 60_000;

/** The login of a person: signed in by a code, renewed by a refresh token. */
export class Login implements Identity {
  readonly #options: LoginOptions;
  #found: { server: AuthorizationServer; store: TokenStore } | undefined;
  #tokens: Tokens | undefined;
  #working: Promise<Tokens> | undefined;

  constructor(options: LoginOptions) {
    this.#options = options;
  }

  async token(): Promise<string> {
    const now = this.#tokens;
    if (now !== undefined && !isOld(now)) return now.access;
    return (await this.#once(undefined, undefined)).access;
  }

  async refused(token: string | undefined, challenge: string | undefined): Promise<boolean> {
    if (this.#tokens !== undefined && this.#tokens.access !== token) return true;
    const next = await this.#once(token, challenge);
    return next.access !== token;
  }

  /** Signs in anew, whatever there was before. Rejects with WRIT_LOGIN_FAILED. */
  async begin(): Promise<AuthorizationServer> {
    const { server, store } = await this.#find(undefined);
    const tokens = await this.#signIn(server);
    store.write(tokens);
    this.#tokens = tokens;
    return server;
  }

  /** Forgets the login here, and at the authorization server where it takes that (RFC 7009). Whether there was one. */
  async end(): Promise<boolean> {
    const { server, store } = await this.#find(undefined);
    const tokens = store.read();
    store.remove();
    this.#tokens = undefined;
    if (tokens === undefined) return false;
    const token = tokens.refresh ?? tokens.access;
    const hint = tokens.refresh === undefined ? 'access_token' : 'refresh_token';
    const form = { token, token_type_hint: hint, client_id: this.#options.clientId };
    if (server.revocationEndpoint !== undefined) await this.#options.http.post(server.revocationEndpoint, form);
    return true;
  }

  /** One at a time: a refresh token may be good for one use. */
  #once(refused: string | undefined, challenge: string | undefined): Promise<Tokens> {
    this.#working ??= this.#renew(refused, challenge)
      .then((tokens) => {
        this.#tokens = tokens;
        return tokens;
      })
      .finally(() => {
        this.#working = undefined;
      });
    return this.#working;
  }

  async #renew(refused: string | undefined, challenge: string | undefined): Promise<Tokens> {
    const { server, store } = await this.#find(challenge);
    return store.alone(async () => {
      const kept = store.read() ?? this.#tokens;
      // Another process may have renewed it meanwhile.
      if (kept !== undefined && kept.access !== refused && !isOld(kept)) return kept;
      const tokens = (kept && (await this.#refresh(server, kept, refused))) ?? (await this.#askPerson(server, store));
      store.write(tokens);
      return tokens;
    });
  }

  /** Undefined where somebody has to sign in again. */
  async #refresh(server: AuthorizationServer, kept: Tokens, refused: string | undefined): Promise<Tokens | undefined> {
    if (kept.refresh === undefined) return undefined;
    const { clientId, http, sendsResource } = this.#options;
    const form = { grant_type: 'refresh_token', refresh_token: kept.refresh, client_id: clientId };
    const isGood = kept.access !== refused && kept.until !== undefined && Date.now() < kept.until;
    try {
      const { status, value } = await http.post(server.tokenEndpoint, {
        ...form,
        ...(sendsResource && { resource: server.resource }),
      });
      if (status === 200) return readTokens(value, Date.now(), kept);
      if (errorOf(value) === 'invalid_grant') return undefined;
      throw new WritError('WRIT_LOGIN_FAILED', `It cannot be renewed: ${errorOf(value)} (HTTP ${status}).`);
    } catch (cause) {
      // Renewed early, so what there is still serves.
      if (isGood) return kept;
      throw asWritError(cause, 'WRIT_LOGIN_FAILED');
    }
  }

  async #askPerson(server: AuthorizationServer, store: TokenStore): Promise<Tokens> {
    store.remove();
    this.#tokens = undefined;
    if (this.#options.invite === undefined) throw new WritError('WRIT_LOGIN_NEEDED');
    return this.#signIn(server);
  }

  #signIn(server: AuthorizationServer): Promise<Tokens> {
    const { http, endpoint, clientId, sendsResource, invite, signal } = this.#options;
    if (invite === undefined) throw new WritError('WRIT_LOGIN_NEEDED');
    const resource = sendsResource ? server.resource : undefined;
    const scope = this.#scope(server);
    return signIn({ http, endpoint, server, clientId, scope, resource, invite, ...(signal && { signal }) });
  }

  /** What is asked for, else what the gateway wants; and to stay signed in where that is a scope. */
  #scope({ scope: wanted, scopesSupported }: AuthorizationServer): string | undefined {
    const scopes = (this.#options.scope ?? wanted ?? '').split(' ').filter((scope) => scope !== '');
    const stay = 'offline_access';
    if (scopesSupported.includes(stay) && !scopes.includes(stay)) scopes.push(stay);
    return scopes.length === 0 ? undefined : scopes.join(' ');
  }

  async #find(challenge: string | undefined) {
    const { http, endpoint, issuer, clientId, keeps } = this.#options;
    if (this.#found === undefined) {
      const server = await discover(http, endpoint, challenge ?? (await challengeOf(http, endpoint)), issuer);
      const key = { issuer: server.issuer, clientId, resource: server.resource };
      this.#found = { server, store: keeps ? fileStore(key) : memoryStore() };
    }
    return this.#found;
  }
}

/** Asks for nothing, as nobody, for the challenge alone (RFC 9728 section 5.1). */
async function challengeOf(http: OAuthHttp, endpoint: URL): Promise<string | undefined> {
  const { status, headers } = await http.probe(endpoint);
  const challenge = headers['www-authenticate'];
  return status === 401 ? (Array.isArray(challenge) ? challenge.join(', ') : challenge) : undefined;
}

function isOld({ since, until }: Tokens): boolean {
  return until !== undefined && Date.now() > until - Math.min(earlyMs, (until - since) / 4);
}
