/** One issuer whose tokens the gateway accepts. */
export interface IssuerConfig {
  /** Exact value of the `iss` claim; also the base of discovery (RFC 8414, OpenID Connect Discovery). */
  issuer: string;
  /** Accepted values of `aud`, compared exactly. */
  audiences: string[];
  /** The tenant of everyone this issuer vouches for; never taken from a header or claim. */
  tenant: string;
  /** URL of a JWK set, or path of a file holding one. Without it the issuer's metadata is asked. */
  jwks?: string;
}

export interface IdentityConfig {
  issuers: IssuerConfig[];
  /** What becomes of a request without a token: refused, or passed to policy as `anonymous`. */
  anonymous: 'deny' | 'allow';
}
