import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { listen } from '../../fixtures/listen.ts';

/** An issuer that a test can break: every part of what it serves may be changed while it runs. */
export interface StubIssuer {
  /** With a path, so that the two forms of discovery differ. */
  issuer: string;
  jwksUri: string;
  /** Paths asked for, in order. */
  asked: string[];
  /** What each path answers; a string is sent as it is. */
  documents: Map<string, unknown>;
  /** `cut` breaks connections off; a number is the status of every answer. */
  mode: 'up' | 'cut' | number;
  /** The key tokens are signed with, as published. */
  key: JWK;
  /** Makes another key the only one. */
  rotate(): Promise<void>;
  /** A token for `api://writ` that lives an hour from `Date.now()`; a claim given as undefined is left out, a null key id too. */
  sign(claims?: Record<string, unknown>, kid?: string | null): Promise<string>;
  close(): Promise<void>;
}

export const oidcPath = '/tenant-a/v2.0/.well-known/openid-configuration';
export const oauthPath = '/.well-known/oauth-authorization-server/tenant-a/v2.0';
export const keysPath = '/tenant-a/keys';

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' } };
}

export async function startStubIssuer(): Promise<StubIssuer> {
  let made = 1;
  let pair = await newKey('key-1');
  const server = createServer((request, response) => {
    stub.asked.push(request.url ?? '');
    const document = stub.documents.get(request.url ?? '');
    if (stub.mode === 'cut') return void request.socket.destroy();
    const status = stub.mode === 'up' ? (document === undefined ? 404 : 200) : stub.mode;
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(typeof document === 'string' ? document : JSON.stringify(document ?? {}));
  });
  const { origin, close } = await listen(server, 0);
  const issuer = `${origin}/tenant-a/v2.0`;
  const jwksUri = `${origin}${keysPath}`;
  const stub: StubIssuer = {
    issuer,
    jwksUri,
    asked: [],
    documents: new Map<string, unknown>([
      [oidcPath, { issuer, jwks_uri: jwksUri }],
      [keysPath, { keys: [pair.jwk] }],
    ]),
    mode: 'up',
    key: pair.jwk,
    async rotate() {
      pair = await newKey(`key-${++made}`);
      stub.key = pair.jwk;
      stub.documents.set(keysPath, { keys: [pair.jwk] });
    },
    sign(claims = {}, kid = pair.jwk.kid) {
      const now = Math.floor(Date.now() / 1000);
      const defaults = { iss: issuer, aud: 'api://writ', sub: 'subject-1', scp: 'mcp.call', iat: now, exp: now + 3600 };
      return new SignJWT({ ...defaults, ...claims })
        .setProtectedHeader({ alg: 'ES256', ...(kid === null ? {} : { kid }) })
        .sign(pair.privateKey);
    },
    close,
  };
  return stub;
}
