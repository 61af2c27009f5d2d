import { hash } from 'node:crypto';
import { decodeJwt, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { asWritError, WritError } from '../../engine/errors.ts';
import type { Identity } from '../../engine/policy/types.ts';
import { issuerKeys } from './keys.ts';
import { anonymous, normaliseClaims } from './normalise.ts';
import type { IdentityConfig, IssuerConfig } from './types.ts';

/** Asymmetric signatures alone: with HS256 a public key would serve as the secret. */
const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519'];
const clockToleranceSeconds = 60;
/** A verified token is believed this long without looking again; its expiry and removed keys count at once after. */
const believedMs = 60_000;
const rememberedTokens = 10_000;

/** Authenticates the Authorization header of a request. Rejects with WRIT_TOKEN_* or WRIT_ISSUER_UNAVAILABLE. */
export type Authenticate = (authorization: string | undefined) => Identity | Promise<Identity>;

/** RFC 6750 section 2.1: the scheme is case-insensitive, the token is one word of b64token characters. */
function bearerToken(authorization: string): string {
  const match = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(authorization);
  if (match?.[1] === undefined)
    throw new WritError('WRIT_TOKEN_INVALID', 'The Authorization header holds no bearer token.');
  return match[1];
}

/** What is wrong with a token, in words of ours: those of the library may quote claims. */
function fault(cause: errors.JOSEError): string | undefined {
  if (cause instanceof errors.JWTExpired) return 'It has expired.';
  if (cause instanceof errors.JWTClaimValidationFailed) return `Its claim ${cause.claim} is not acceptable.`;
  if (cause instanceof errors.JWSSignatureVerificationFailed || cause instanceof errors.JWKSNoMatchingKey)
    return 'Its signature is not by a key of the issuer.';
  if (cause instanceof errors.JOSEAlgNotAllowed) return 'Its signature algorithm is not allowed.';
  return undefined;
}

/** An error of the library holds the claims it judged, so it is no cause to pass on. */
function refusal(cause: unknown): WritError {
  if (cause instanceof errors.JOSEError) return new WritError('WRIT_TOKEN_INVALID', fault(cause));
  return asWritError(cause, 'WRIT_ISSUER_UNAVAILABLE');
}

export function authenticator(config: IdentityConfig, clock: () => number): Authenticate {
  const issuers = new Map<string, { issuer: IssuerConfig; keys: JWTVerifyGetKey }>(
    config.issuers.map((issuer) => [issuer.issuer, { issuer, keys: issuerKeys(issuer) }]),
  );
  // By the token's hash, so that a heap dump of the gateway holds no tokens that could be used.
  const believed = new Map<string, { identity: Identity; until: number }>();

  const verify = async (token: string, key: string): Promise<Identity> => {
    try {
      const known = issuers.get(decodeJwt(token).iss ?? '');
      if (known === undefined) throw new WritError('WRIT_TOKEN_INVALID', 'Its issuer is not one of this gateway.');
      const { payload } = await jwtVerify(token, known.keys, {
        issuer: known.issuer.issuer,
        audience: known.issuer.audiences,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp'],
        currentDate: new Date(clock()),
      });
      const identity = normaliseClaims(payload, known.issuer.tenant);
      const expiry = ((payload.exp ?? 0) + clockToleranceSeconds) * 1000;
      if (believed.size >= rememberedTokens) believed.delete(believed.keys().next().value ?? '');
      believed.set(key, { identity, until: Math.min(clock() + believedMs, expiry) });
      return identity;
    } catch (cause) {
      throw refusal(cause);
    }
  };

  return (authorization) => {
    if (authorization === undefined) {
      if (config.anonymous === 'allow') return anonymous(config.issuers[0]?.tenant ?? 'default');
      throw new WritError('WRIT_TOKEN_MISSING');
    }
    const token = bearerToken(authorization);
    const key = hash('sha256', token, 'base64');
    const known = believed.get(key);
    if (known !== undefined && clock() < known.until) return known.identity;
    believed.delete(key);
    return verify(token, key);
  };
}
