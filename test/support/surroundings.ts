import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Persona, type RunningIssuer, startIssuer } from '../../fixtures/issuer.ts';
import { legacyVersions, modernVersion, versionKey } from '../../proxy/mcp/era.ts';
import { compiled } from './compiled.ts';
import { type HttpAnswer, type HttpRequest, send } from './http.ts';
import { type StubServer, startStubServer } from './stub-server.ts';

export const packsFolder = fileURLToPath(new URL('packs', import.meta.url));

/** Names of the test packs, and of the servers that stand before the one stub. */
const packs = ['open', 'masked', 'inbound', 'second', 'guarded', 'broken'];

let packed: Promise<Uint8Array> | undefined;

/** The test packs as a bundle. */
export function testBundle(): Promise<Uint8Array> {
  packed ??= compiled(packsFolder);
  return packed;
}

export type Era = 'legacy' | 'modern';

/** A message to send: what is not given is as it must be. */
export interface Asked extends HttpRequest {
  server?: string;
  era?: Era;
  persona?: Persona;
  /** Sent without a token. */
  nobody?: boolean;
  /** Null makes a notification. */
  id?: string | number | null;
  rpc?: string;
  params?: Record<string, unknown>;
}

/** An HTTP request, ready to be sent. */
export interface Composed {
  url: string;
  headers: Record<string, string | string[]>;
  body: string | Uint8Array;
}

/** What a gateway needs around it: a server behind it, an issuer, a folder with its configuration, and callers. */
export interface Surroundings {
  /** Of the gateway, set by whoever starts it. */
  url: string;
  directory: string;
  stub: StubServer;
  issuer: RunningIssuer;
  compose(asked: Asked): Promise<Composed>;
  /** Sends a message and takes the whole answer. */
  ask(asked: Asked): Promise<HttpAnswer>;
  /** A tools/call of `echo`, unless told otherwise. */
  call(server: string, args?: Record<string, unknown>, asked?: Asked & { tool?: string }): Promise<HttpAnswer>;
  /** Writes the configuration anew, with what is given in place of what was. */
  configure(more: Options): void;
  close(): Promise<void>;
}

export interface Options {
  bundle?: Uint8Array;
  /** By name in the configuration; the stub under the name of each pack, unless told. */
  servers?: Record<string, { url: string } | { command: readonly string[] }>;
  /** Names under which the stub stands there; those of the test packs, unless told. */
  packs?: readonly string[];
  limits?: Record<string, number>;
  /** All servers at one address too: that of the server whose name is empty. */
  combined?: boolean;
  verify?: { keys: { file: string }[] };
  anonymous?: 'deny' | 'allow';
  /** Where the log goes; below the folder, unless told. */
  audit?: string;
  /** Who signs it; a key in a file, unless told. */
  signer?: object;
  maxUnsignedAge?: string;
  telemetry?: object;
  masking?: object;
  admin?: object;
}

/** An issuer of the configuration that nobody can ask for its keys. */
export const absentIssuer = 'http://127.0.0.1:1/absent';

/** JSON is YAML. */
function configuration(issuer: RunningIssuer, stub: StubServer, options: Options): string {
  const { limits = {}, verify, anonymous = 'deny', audit = './audit' } = options;
  const issuers = [issuer.issuer, absentIssuer].map((issuer) => ({ issuer, audiences: ['api://writ'] }));
  return JSON.stringify({
    gateway: {
      name: 'edge-1',
      environment: 'test',
      listen: '127.0.0.1:0',
      limits,
      combined: options.combined ?? false,
    },
    identity: { issuers, anonymous },
    servers: options.servers ?? Object.fromEntries((options.packs ?? packs).map((pack) => [pack, { url: stub.url }])),
    ...(options.telemetry && { telemetry: options.telemetry }),
    ...(options.masking && { masking: options.masking }),
    ...(options.admin && { admin: options.admin }),
    policy: { bundle: './bundle.tar.gz', poll_seconds: 3600, ...(verify && { verify }) },
    audit: {
      directory: audit,
      origin: 'edge-1.example.com',
      signer: options.signer ?? { key_file: './keys/audit.pem' },
      master_key_file: './keys/master.key',
      ...(options.maxUnsignedAge !== undefined && { max_unsigned_age: options.maxUnsignedAge }),
    },
  });
}

function messageOf({ era = 'modern', id = 1, rpc = 'tools/call', params = {} }: Asked): string {
  const message = { jsonrpc: '2.0', ...(id !== null && { id }), method: rpc, params };
  if (era === 'legacy' || id === null) return JSON.stringify(message);
  const own = { [versionKey]: modernVersion, 'io.modelcontextprotocol/clientCapabilities': {} };
  return JSON.stringify({ ...message, params: { ...params, _meta: { ...own, ...Object(params._meta) } } });
}

function headersOf({ era = 'modern', rpc = 'tools/call', params = {} }: Asked, token: string): Record<string, string> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json, text/event-stream' };
  if (era === 'legacy') return { ...headers, 'mcp-protocol-version': legacyVersions[0] ?? '' };
  const mirrored = { 'mcp-protocol-version': modernVersion, 'mcp-method': rpc };
  return { ...headers, ...mirrored, ...(typeof params.name === 'string' && { 'mcp-name': params.name }) };
}

/** Everything on loopback, data and configuration in a temporary folder that goes at the end. */
export async function openSurroundings(options: Options = {}): Promise<Surroundings> {
  const bundle = options.bundle ?? (await testBundle());
  const directory = mkdtempSync(join(tmpdir(), 'writ-e2e-'));
  mkdirSync(join(directory, 'audit'));
  const [stub, issuer] = await Promise.all([startStubServer(), startIssuer()]);
  writeFileSync(join(directory, 'bundle.tar.gz'), bundle);
  const configure = (more: Options = {}) =>
    writeFileSync(join(directory, 'writ.yaml'), configuration(issuer, stub, { ...options, ...more }));
  configure();
  const tokens = new Map<Persona, Promise<string>>();
  const tokenOf = (persona: Persona) => {
    const token = tokens.get(persona) ?? issuer.token({ persona });
    tokens.set(persona, token);
    return token;
  };
  const surroundings: Surroundings = {
    url: '',
    directory,
    stub,
    issuer,
    configure,
    async compose(asked) {
      const { authorization, ...bare } = headersOf(asked, await tokenOf(asked.persona ?? 'support-agent'));
      const own = asked.nobody === true || authorization === undefined ? bare : { authorization, ...bare };
      return {
        url: `${surroundings.url}${asked.server === '' ? '' : `/${asked.server ?? 'open'}`}/mcp`,
        headers: { ...own, ...asked.headers },
        body: asked.body ?? messageOf(asked),
      };
    },
    async ask(asked) {
      const { url, headers, body } = await surroundings.compose(asked);
      const { method, agent } = asked;
      return send(url, { headers, body, ...(method && { method }), ...(agent && { agent }) });
    },
    call: (server, args = {}, { tool = 'echo', ...asked } = {}) =>
      surroundings.ask({ server, ...asked, params: { name: tool, arguments: args, ...asked.params } }),
    async close() {
      await Promise.all([stub.close(), issuer.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return surroundings;
}
