import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { compilePolicies } from '../../cli/policies.ts';
import type { Entry } from '../../engine/audit/entry.ts';
import { type Persona, type RunningIssuer, startIssuer } from '../../fixtures/issuer.ts';
import { readConfig } from '../../proxy/config/load.ts';
import { type RunningGateway, startGateway } from '../../proxy/gateway.ts';
import { type HttpAnswer, type HttpRequest, send } from './http.ts';
import { readSealedLog } from './log.ts';
import { type StubServer, startStubServer } from './stub-server.ts';

/** Names of the test packs, and of the servers that stand before the one stub. */
export const packs = ['open', 'masked', 'inbound', 'second', 'guarded', 'broken'] as const;
export type Pack = (typeof packs)[number];

let compiled: Promise<Uint8Array> | undefined;

/** The packs beside this file as a bundle, compiled once a test file. */
export function testBundle(): Promise<Uint8Array> {
  compiled ??= compilePolicies([fileURLToPath(new URL('packs', import.meta.url))]);
  return compiled;
}

export type Era = 'legacy' | 'modern';

/** A message to send: what is not given is as it must be. */
export interface Asked extends HttpRequest {
  server?: string;
  era?: Era;
  persona?: Persona;
  id?: string | number | null;
  rpc?: string;
  params?: Record<string, unknown>;
}

export interface TestGateway {
  url: string;
  directory: string;
  stub: StubServer;
  issuer: RunningIssuer;
  running: RunningGateway;
  /** What it wrote to its log messages so far. */
  messages(): string;
  /** Headers and body of a message, ready to be sent. */
  compose(
    asked: Asked,
  ): Promise<{ url: string; headers: Record<string, string | string[]>; body: string | Uint8Array }>;
  /** Sends a message and takes the whole answer. */
  ask(asked: Asked): Promise<HttpAnswer>;
  /** A tools/call of `echo`, unless told otherwise. */
  call(server: string, args?: Record<string, unknown>, asked?: Asked & { tool?: string }): Promise<HttpAnswer>;
  /** Stops the gateway, verifies its log, and returns every entry of it. */
  entries(): Promise<Entry[]>;
  close(): Promise<void>;
}

export interface GatewayOptions {
  bundle?: Uint8Array;
  /** By name in the configuration; the stub under the name of each pack, unless told. */
  servers?: Record<string, { url: string }>;
  limits?: Record<string, number>;
  verify?: { keys: { file: string }[] };
  anonymous?: 'deny' | 'allow';
  /** In place of a folder of its own, which would go at the end. */
  directory?: string;
}

const modernVersion = '2026-07-28';
const legacyVersion = '2025-11-25';

/** The configuration of a test gateway as text; JSON is YAML. */
export function configuration(issuer: RunningIssuer, stub: StubServer, options: GatewayOptions): string {
  const { limits = {}, verify, anonymous = 'deny' } = options;
  const servers = options.servers ?? Object.fromEntries(packs.map((pack) => [pack, { url: stub.url }]));
  return JSON.stringify({
    gateway: { name: 'edge-1', environment: 'test', listen: '127.0.0.1:0', limits },
    identity: { issuers: [{ issuer: issuer.issuer, audiences: ['api://writ'] }], anonymous },
    servers,
    policy: { bundle: './bundle.tar.gz', poll_seconds: 3600, ...(verify && { verify }) },
    audit: {
      directory: './audit',
      origin: 'edge-1.example.com',
      signer: { key_file: './keys/audit.pem' },
      master_key_file: './keys/master.key',
    },
  });
}

/** A running gateway before a stub server, with an issuer, all on loopback, in a folder of its own. */
export async function openGateway(options: GatewayOptions = {}): Promise<TestGateway> {
  const bundle = options.bundle ?? (await testBundle());
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'writ-e2e-'));
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'bundle.tar.gz'), bundle);
  const [stub, issuer] = await Promise.all([startStubServer(), startIssuer()]);
  const lines: string[] = [];
  const log = pino({ level: 'info', base: null }, { write: (line) => void lines.push(line) });
  const config = readConfig(configuration(issuer, stub, options), join(directory, 'writ.yaml'));
  let closing: Promise<void> | undefined;
  const release = async () => {
    await Promise.all([stub.close(), issuer.close()]);
    if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
  };
  const running = await startGateway(config, 'test', log).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const stop = () => {
    closing ??= running.close('test ended');
    return closing;
  };
  const tokens = new Map<Persona, Promise<string>>();
  const tokenOf = (persona: Persona) => {
    const token = tokens.get(persona) ?? issuer.token({ persona });
    tokens.set(persona, token);
    return token;
  };

  const gateway: TestGateway = {
    url: running.url,
    directory,
    stub,
    issuer,
    running,
    messages: () => lines.join(''),
    async compose({
      server = 'open',
      era = 'modern',
      persona = 'support-agent',
      id = 1,
      rpc = 'tools/call',
      params = {},
      ...rest
    }) {
      const { name } = params;
      const modern = era === 'modern';
      const headers: Record<string, string> = {
        authorization: `Bearer ${await tokenOf(persona)}`,
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': modern ? modernVersion : legacyVersion,
      };
      if (modern) headers['mcp-method'] = rpc;
      if (modern && typeof name === 'string') headers['mcp-name'] = name;
      const _meta = modern
        ? { 'io.modelcontextprotocol/protocolVersion': modernVersion, 'io.modelcontextprotocol/clientCapabilities': {} }
        : {};
      const message = {
        jsonrpc: '2.0',
        ...(id !== null && { id }),
        method: rpc,
        params: { ...params, ...(modern && id !== null && { _meta: { ..._meta, ...Object(params._meta) } }) },
      };
      return {
        url: `${running.url}/${server}/mcp`,
        headers: { ...headers, ...rest.headers },
        body: rest.body ?? JSON.stringify(message),
      };
    },
    async ask(asked) {
      const { url, headers, body } = await gateway.compose(asked);
      const { method, agent } = asked;
      return send(url, { headers, body, ...(method && { method }), ...(agent && { agent }) });
    },
    call: (server, args = {}, { tool = 'echo', ...asked } = {}) =>
      gateway.ask({ server, ...asked, params: { name: tool, arguments: args, ...asked.params } }),
    async entries() {
      await stop();
      return readSealedLog(directory);
    },
    async close() {
      await stop();
      await release();
    },
  };
  return gateway;
}
