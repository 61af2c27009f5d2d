import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { p256 } from '@noble/curves/nist.js';
import { listen } from '../../fixtures/listen.ts';

/** What a test can do to the vault while it runs. */
interface Faults {
  /** `drop` cuts every connection; `hang` never answers. */
  mode: 'up' | 'drop' | 'hang';
  /** How many requests are answered 429, and with what Retry-After. */
  throttle: number;
  retryAfter: string;
  /** Milliseconds before every answer. */
  latency: number;
  /** Signatures come from another key, or are no signatures. */
  signature: 'right' | 'forged' | 'short';
}

/**
 * The keys of an Azure Key Vault, over TLS with a certificate made for it, and the places that give tokens for it: a managed
 * identity endpoint and an Entra tenant. It answers as the real one does where a signer can tell.
 */
export interface FakeVault {
  /** `https://localhost:<port>` */
  readonly url: string;
  /** PEM file of its certificate, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly faults: Faults;
  /** Every request as `<status> <method> <path>`, names and versions cut out. */
  readonly asked: string[];
  readonly tenant: string;
  readonly clientId: string;
  readonly secret: string;
  /** Environment variables of the managed identity. */
  readonly identity: { IDENTITY_ENDPOINT: string; IDENTITY_HEADER: string };
  /** Makes a key, or a further version of it, and returns its identifier. */
  create(name: string, curve?: 'P-256' | 'P-384', operations?: string[]): string;
  enable(kid: string, enabled: boolean): void;
  delete(name: string): void;
  /** A token as its issuers give it. */
  token(): string;
  signs(): number;
  close(): Promise<void>;
}

interface Version {
  version: string;
  privateKey: KeyObject;
  curve: string;
  operations: string[];
  enabled: boolean;
  made: number;
}

interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

const resource = 'https://vault.azure.net';

/** A name its certificate has too, which is not that of this machine; a test has to make it lead here. */
export const distantName = 'vault.writ.example';

export async function startFakeVault(): Promise<FakeVault> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-vault-'));
  const [keyFile, caFile] = [join(folder, 'vault.key'), join(folder, 'vault.pem')];
  const names = `DNS:localhost,IP:127.0.0.1,DNS:${distantName}`;
  const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${names}`];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...made, '-keyout', keyFile, '-out', caFile, ...subject], { stdio: 'pipe' });

  const keys = new Map<string, Version[]>();
  const tokens = new Set<string>();
  const faults: Faults = { mode: 'up', throttle: 0, retryAfter: '1', latency: 0, signature: 'right' };
  const asked: string[] = [];
  const [tenant, clientId, secret] = [randomUUID(), randomUUID(), randomBytes(16).toString('hex')];
  let signs = 0;

  function newToken(): string {
    const token = `${randomBytes(24).toString('base64url')}.${randomBytes(24).toString('base64url')}`;
    tokens.add(token);
    return token;
  }

  function routeKey(method: string, path: string, body: Record<string, unknown>): Answer {
    const [, , name = '', second, operation] = path.split('/');
    const versions = keys.get(name);
    if (versions === undefined) return failure(404, 'KeyNotFound');
    if (method === 'POST' && second === 'rotate') return found(vault.url, name, addVersion(keys, name));
    if (method === 'GET' && second === 'versions') {
      return { status: 200, body: { value: versions.map((one) => found(vault.url, name, one).body), nextLink: null } };
    }
    const version = second ? versions.find((one) => one.version === second) : versions.at(-1);
    if (version === undefined) return failure(404, 'KeyNotFound');
    if (method === 'GET' && operation === undefined) {
      return version.enabled ? found(vault.url, name, version) : failure(403, 'Forbidden', 'KeyDisabled');
    }
    if (method === 'POST' && operation === 'sign') return sign(name, version, body);
    return failure(400, 'BadParameter');
  }

  function sign(name: string, version: Version, { alg, value }: Record<string, unknown>): Answer {
    const digest = Buffer.from(String(value), 'base64url');
    if (!version.enabled) return failure(403, 'Forbidden', 'KeyDisabled');
    if (!version.operations.includes('sign')) return failure(403, 'Forbidden', 'KeyOperationForbidden');
    if (alg !== 'ES256' || version.curve !== 'P-256' || digest.length !== 32) return failure(400, 'BadParameter');
    signs++;
    const by =
      faults.signature === 'forged' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : undefined;
    const { d = '' } = (by ?? version.privateKey).export({ format: 'jwk' });
    // Node signs texts; the vault is given a digest.
    const raw = p256.sign(digest, Buffer.from(d, 'base64url'), { prehash: false, lowS: false });
    const bytes = Buffer.from(faults.signature === 'short' ? raw.subarray(1) : raw);
    const kid = `${vault.url}/keys/${name}/${version.version}`;
    return { status: 200, body: { kid, value: bytes.toString('base64url') } };
  }

  /** The Entra tenant: discovery, and tokens for the service principal and for a federated workload. */
  function routeTenant(path: string, body: string): Answer {
    const base = `${vault.url}/${tenant}`;
    if (path.endsWith('/.well-known/openid-configuration')) {
      const endpoints = { token_endpoint: `${base}/oauth2/v2.0/token`, authorization_endpoint: `${base}/authorize` };
      return { status: 200, body: { issuer: `${base}/v2.0`, jwks_uri: `${base}/keys`, ...endpoints } };
    }
    const form = new URLSearchParams(body);
    const known = form.get('client_secret') === secret || form.get('client_assertion') === 'federated-token';
    if (!path.endsWith('/oauth2/v2.0/token') || form.get('client_id') !== clientId || !known) {
      return { status: 401, body: { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client.' } };
    }
    if (form.get('scope') !== `${resource}/.default`) return { status: 400, body: { error: 'invalid_scope' } };
    return { status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token: newToken() } };
  }

  function answer(method: string, path: string, authorization: string, body: string): Answer {
    if (path.startsWith(`/${tenant}/`)) return routeTenant(path, body);
    if (!tokens.has(authorization.replace(/^Bearer /, ''))) {
      const login = `https://login.microsoftonline.com/${tenant}`;
      const challenge = `Bearer authorization="${login}", resource="${resource}"`;
      return { ...failure(401, 'Unauthorized'), headers: { 'www-authenticate': challenge } };
    }
    if (faults.throttle > 0) {
      faults.throttle--;
      return { ...failure(429, 'Throttled'), headers: { 'retry-after': faults.retryAfter } };
    }
    return routeKey(method, path, body === '' ? {} : JSON.parse(body));
  }

  const server = createServer({ key: readFileSync(keyFile), cert: readFileSync(caFile) }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const { method = '', url = '', headers } = request;
      const { pathname } = new URL(url, vault.url);
      const isLogin = pathname.startsWith(`/${tenant}/`);
      if (!isLogin && faults.mode === 'drop') return void request.socket.destroy();
      if (!isLogin && faults.mode === 'hang') return;
      if (faults.latency > 0) await setTimeout(faults.latency);
      const given = answer(method, pathname, headers.authorization ?? '', Buffer.concat(parts).toString());
      if (!isLogin) asked.push(`${given.status} ${method} ${pathname.replace(/[0-9a-f]{32}/, '<version>')}`);
      response.writeHead(given.status, { 'content-type': 'application/json; charset=utf-8', ...given.headers });
      response.end(JSON.stringify(given.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const header = randomUUID();
  const identity = createHttpServer((request, response) => {
    const right =
      request.headers['x-identity-header'] === header && request.url?.includes(encodeURIComponent(resource));
    response.writeHead(right ? 200 : 400, { 'content-type': 'application/json' });
    const expires = Math.floor(Date.now() / 1000) + 3600;
    const token = { access_token: newToken(), expires_on: String(expires), resource, token_type: 'Bearer' };
    response.end(JSON.stringify(right ? token : { error: 'invalid_request' }));
  });
  const { origin, close } = await listen(identity, 0);

  const vault: FakeVault = {
    url: `https://localhost:${portOf(server)}`,
    caFile,
    faults,
    asked,
    tenant,
    clientId,
    secret,
    identity: { IDENTITY_ENDPOINT: `${origin}/msi/token`, IDENTITY_HEADER: header },
    create: (name, curve = 'P-256', operations = ['sign', 'verify']) =>
      `${vault.url}/keys/${name}/${addVersion(keys, name, curve, operations).version}`,
    enable(kid, enabled) {
      const [, , , , name = '', wanted] = kid.split('/');
      for (const one of keys.get(name) ?? []) if (one.version === wanted) one.enabled = enabled;
    },
    delete: (name) => void keys.delete(name),
    token: newToken,
    signs: () => signs,
    async close() {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return vault;
}

function addVersion(
  keys: Map<string, Version[]>,
  name: string,
  curve = 'P-256',
  operations = ['sign', 'verify'],
): Version {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const version = randomBytes(16).toString('hex');
  const made = { version, privateKey, curve, operations, enabled: true, made: Math.floor(Date.now() / 1000) };
  keys.set(name, [...(keys.get(name) ?? []), made]);
  return made;
}

function found(url: string, name: string, { version, privateKey, curve, operations, enabled, made }: Version): Answer {
  const { x, y } = privateKey.export({ format: 'jwk' });
  const key = { kid: `${url}/keys/${name}/${version}`, kty: 'EC', crv: curve, x, y, key_ops: operations };
  const recovery = { recoveryLevel: 'Recoverable', recoverableDays: 90 };
  return { status: 200, body: { key, attributes: { enabled, created: made, updated: made, ...recovery }, tags: {} } };
}

function failure(status: number, code: string, inner?: string): Answer {
  const message = 'A sentence of the vault that names the caller: canary@example.com';
  return { status, body: { error: { code, message, ...(inner && { innererror: { code: inner } }) } } };
}

function portOf(server: Server): number {
  const address = server.address() as AddressInfo;
  return address.port;
}
