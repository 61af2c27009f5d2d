import type { IdentityConfig } from './types.ts';

const wellKnown = '/.well-known/oauth-protected-resource';

/** Where a server is reached; the name of none is that of all together. */
const pathOf = (server: string) => (server === '' ? '/mcp' : `/${server}/mcp`);

/** RFC 9728 section 3.1: the well-known part goes between host and path of the resource. */
export function metadataUrl(publicUrl: string, server: string): string {
  const url = new URL(publicUrl);
  return `${url.origin}${wellKnown}${url.pathname.replace(/\/$/, '')}${pathOf(server)}`;
}

/** The server whose metadata a path asks for, empty for all together; or undefined. */
export function metadataServer(path: string, publicUrl: string): string | undefined {
  const prefix = `${wellKnown}${new URL(publicUrl).pathname.replace(/\/$/, '')}/`;
  return path.startsWith(prefix) && path.endsWith('/mcp') ? path.slice(prefix.length, -'/mcp'.length) : undefined;
}

/** The protected resource metadata of one server (RFC 9728 section 2). */
export function resourceMetadata(publicUrl: string, server: string, identity: IdentityConfig) {
  return {
    resource: `${publicUrl.replace(/\/$/, '')}${pathOf(server)}`,
    authorization_servers: identity.issuers.map(({ issuer }) => issuer),
    bearer_methods_supported: ['header'],
  };
}

/** The challenge of a 401 (RFC 6750 section 3, RFC 9728 section 5.1). No error is named where no token was sent. */
export function challenge(publicUrl: string, server: string, tokenWasSent: boolean): string {
  const metadata = `resource_metadata="${metadataUrl(publicUrl, server)}"`;
  return tokenWasSent ? `Bearer error="invalid_token", ${metadata}` : `Bearer ${metadata}`;
}
