import { createServer } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from '../../../fixtures/listen.ts';

/** An answer of the token endpoint: status and body. */
export type TokenAnswer = [status: number, body: object];

/** An authorization server with a device endpoint (RFC 8628), which a test can make do anything. */
export interface TestIssuer {
  issuer: string;
  /** Documents by path; what is not there is 404. */
  documents: Map<string, unknown>;
  /** Forms that came, with their paths. */
  forms: { path: string; form: Record<string, string> }[];
  /** Of the device endpoint. */
  device: TokenAnswer;
  /** Of the token endpoint, one a request, the last for ever. */
  tokens: TokenAnswer[];
  /** Paths asked for by GET. */
  asked: string[];
}

export const pending: TokenAnswer = [400, { error: 'authorization_pending' }];
export const granted = (access: string, more: object = {}): TokenAnswer => [
  200,
  { access_token: access, token_type: 'Bearer', expires_in: 3600, ...more },
];

export async function startTestIssuer(t: TestContext): Promise<TestIssuer> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url ?? '';
    const answer = (status: number, value: unknown) =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.method === 'POST') {
      stub.forms.push({ path, form: Object.fromEntries(new URLSearchParams(body)) });
      if (path === '/device') return answer(...stub.device);
      if (path === '/revoke') return answer(200, {});
      const [next = pending] = stub.tokens.length > 1 ? stub.tokens.splice(0, 1) : stub.tokens;
      return answer(...next);
    }
    stub.asked.push(path);
    const document = stub.documents.get(path);
    answer(document === undefined ? 404 : 200, document ?? {});
  });
  const { origin, close } = await listen(server, 0);
  t.after(() => close());
  const issuer = `${origin}/tenant/v2.0`;
  const stub: TestIssuer = {
    issuer,
    // As Entra has it: the well-known part comes last.
    documents: new Map<string, unknown>([
      [
        '/tenant/v2.0/.well-known/openid-configuration',
        {
          issuer,
          token_endpoint: `${origin}/token`,
          device_authorization_endpoint: `${origin}/device`,
          revocation_endpoint: `${origin}/revoke`,
          scopes_supported: ['openid', 'offline_access'],
        },
      ],
    ]),
    forms: [],
    device: [
      200,
      {
        device_code: 'device-secret',
        user_code: 'WDJB-MJHT',
        verification_uri: `${origin}/activate`,
        expires_in: 60,
        interval: 0.01,
      },
    ],
    tokens: [pending, granted('access-1', { refresh_token: 'refresh-1' })],
    asked: [],
  };
  return stub;
}
