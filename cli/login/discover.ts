import { WritError } from '../../engine/errors.ts';
import type { Json, JsonObject } from '../../engine/json/types.ts';
import { type OAuthHttp, trustedUrl } from './oauth-http.ts';

/** What signing in needs to know. */
export interface AuthorizationServer {
  issuer: string;
  /** RFC 9728: what the token is for. */
  resource: string;
  deviceEndpoint: URL | undefined;
  tokenEndpoint: URL;
  revocationEndpoint: URL | undefined;
  /** Scope the gateway asks for in its challenge. */
  scope: string | undefined;
  /** RFC 8414 `scopes_supported`. */
  scopesSupported: readonly string[];
}

function failed(detail: string): WritError {
  return new WritError('WRIT_LOGIN_FAILED', detail);
}

/**
 * From a gateway's challenge to its authorization server: protected resource metadata (RFC 9728), then the metadata of the
 * first server named there that can be used, or of `issuer` where one is asked for (RFC 8414, OpenID Connect Discovery).
 * Rejects with WRIT_LOGIN_FAILED.
 */
export async function discover(
  http: OAuthHttp,
  endpoint: URL,
  challenge: string | undefined,
  issuer: string | undefined,
): Promise<AuthorizationServer> {
  const { resource, servers } = await protectedResource(http, endpoint, challenge);
  if (issuer !== undefined && !servers.includes(issuer))
    throw failed('The gateway does not name the issuer of --issuer.');
  for (const server of issuer === undefined ? servers : [issuer]) {
    const metadata = await issuerMetadata(http, server, endpoint);
    const tokenEndpoint = trustedUrl(metadata?.token_endpoint, endpoint);
    if (metadata === undefined || tokenEndpoint === undefined) continue;
    return {
      issuer: server,
      resource,
      tokenEndpoint,
      deviceEndpoint: trustedUrl(metadata.device_authorization_endpoint, endpoint),
      revocationEndpoint: trustedUrl(metadata.revocation_endpoint, endpoint),
      scope: parameter(challenge, 'scope'),
      scopesSupported: texts(metadata.scopes_supported),
    };
  }
  throw failed('No authorization server of the gateway has metadata that can be used.');
}

async function protectedResource(http: OAuthHttp, endpoint: URL, challenge: string | undefined) {
  const named = parameter(challenge, 'resource_metadata');
  const url = named === undefined ? wellKnown(endpoint) : trustedUrl(named, endpoint);
  if (url === undefined) throw failed('The challenge of the gateway names metadata at an address that is not safe.');
  const { status, value } = await http.get(url);
  if (status !== 200) throw failed(`${url.origin} has no metadata of the gateway (HTTP ${status}).`);
  const { resource, authorization_servers: servers } = value;
  // RFC 9728 section 3.3: metadata of another resource would get a token that is good elsewhere.
  if (typeof resource !== 'string' || !covers(resource, endpoint))
    throw failed('The metadata of the gateway is for another address than the one it is asked at.');
  return { resource, servers: texts(servers) };
}

/** RFC 9728 section 3.1: between host and path. */
function wellKnown({ origin, pathname }: URL): URL {
  return new URL(`${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`);
}

/** Whether the endpoint is the resource, or below it. */
function covers(resource: string, endpoint: URL): boolean {
  const url = URL.parse(resource);
  if (url === null || url.origin !== endpoint.origin || url.search !== '' || url.hash !== '') return false;
  const path = url.pathname.replace(/\/$/, '');
  return endpoint.pathname === path || endpoint.pathname.startsWith(`${path}/`);
}

async function issuerMetadata(http: OAuthHttp, issuer: string, gateway: URL): Promise<JsonObject | undefined> {
  const url = trustedUrl(issuer, gateway);
  if (url === undefined || url.search !== '' || url.hash !== '') return undefined;
  const path = url.pathname.replace(/\/$/, '');
  for (const place of [
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
    `${path}/.well-known/openid-configuration`,
  ]) {
    const { status, value } = await http
      .get(new URL(url.origin + place))
      .catch(() => ({ status: 0, value: {} as JsonObject }));
    // RFC 8414 section 3.3: metadata that name another issuer must not be used.
    if (status === 200 && value.issuer === issuer) return value;
  }
  return undefined;
}

/** One parameter of a Bearer challenge (RFC 9110 section 11.2); undefined where there is none. */
function parameter(challenge: string | undefined, name: string): string | undefined {
  const bearer = /(?:^|,\s*)Bearer\s+(.*)$/i.exec(challenge ?? '')?.[1] ?? '';
  for (const [, key = '', quoted, token] of bearer.matchAll(
    /([!#$%&'*+\-.^_`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g,
  ))
    if (key.toLowerCase() === name) return quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
  return undefined;
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
