import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { asWritError, WritError } from '../../engine/errors.ts';
import type { IssuerConfig } from './types.ts';

/** Where an issuer publishes its metadata: RFC 8414 section 3.1 inserts the path, OpenID Connect Discovery appends it. */
function metadataUrls(issuer: string): string[] {
  const url = new URL(issuer);
  const path = url.pathname.replace(/\/$/, '');
  return [
    `${url.origin}${path}/.well-known/openid-configuration`,
    `${url.origin}/.well-known/oauth-authorization-server${path}`,
  ];
}

async function discover(issuer: string): Promise<URL> {
  for (const url of metadataUrls(issuer)) {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (!response?.ok) continue;
    const metadata: unknown = await response.json().catch(() => undefined);
    if (typeof metadata !== 'object' || metadata === null) continue;
    // RFC 8414 section 3.3: metadata naming another issuer must not be used.
    if (!('issuer' in metadata) || metadata.issuer !== issuer) continue;
    if ('jwks_uri' in metadata && typeof metadata.jwks_uri === 'string') return new URL(metadata.jwks_uri);
  }
  throw new WritError('WRIT_ISSUER_UNAVAILABLE', `No usable metadata for ${issuer}.`);
}

function fileKeys(path: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(readFileSync(path, 'utf8')) as JSONWebKeySet);
  } catch (cause) {
    throw new WritError('WRIT_CONFIG_INVALID', `identity: the JWK set ${path} cannot be read.`, { cause });
  }
}

function remoteKeys(url: URL): JWTVerifyGetKey {
  return createRemoteJWKSet(url, { cooldownDuration: 300_000, cacheMaxAge: 3_600_000 });
}

function discoveredKeys(issuer: string): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    found ??= discover(issuer).then(remoteKeys);
    const keys = await found.catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return keys(header, token);
  };
}

/** Whether a failed look-up says something of the token; every other says that the keys cannot be had. */
function isOfToken(cause: unknown): boolean {
  return (
    cause instanceof errors.JWKSNoMatchingKey ||
    cause instanceof errors.JWKSMultipleMatchingKeys ||
    cause instanceof errors.JOSENotSupported
  );
}

/**
 * The key set of an issuer. Key files are read at once, so that a mistake shows at start; issuers are asked on first
 * use, unknown key ids at most every five minutes (jose's cooldown), and a failed discovery is tried again. Looking a
 * key up rejects with WRIT_ISSUER_UNAVAILABLE, or with jose's error where the token names no key of the set.
 */
export function issuerKeys({ issuer, jwks }: IssuerConfig): JWTVerifyGetKey {
  const isUrl = jwks !== undefined && /^https?:/i.test(jwks);
  const keys = jwks === undefined ? discoveredKeys(issuer) : isUrl ? remoteKeys(new URL(jwks)) : fileKeys(jwks);
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (cause) {
      throw isOfToken(cause) ? cause : asWritError(cause, 'WRIT_ISSUER_UNAVAILABLE');
    }
  };
}
