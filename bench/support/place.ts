import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { policiesByPath } from './by-path.ts';

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const sources = inRoot('cli/main.ts');
const policies = inRoot('policies');
const issuer = 'https://login.example.org/bench/v2.0';
const audience = 'api://writ';

/** Everything on disk that a measured gateway needs. */
export interface Place {
  directory: string;
  config: string;
  audit: string;
  token: string;
}

/** linux/magic.h. What is written to one of these is never on a disk, and syncing it costs nothing. */
const memoryFileSystems = new Set([0x01021994, 0x858458f6]);

/** A directory for the log: `asked`, or a temporary one that lies on a disk. */
export function dataDirectory(asked: string | undefined): string {
  if (asked !== undefined) {
    mkdirSync(resolve(asked), { recursive: true });
    return resolve(asked);
  }
  const inMemory = memoryFileSystems.has(statfsSync(tmpdir()).type);
  return mkdtempSync(join(inMemory ? process.cwd() : tmpdir(), 'writ-bench-'));
}

/** Runs Node to the end of a program and returns what it printed. Throws where it fails. */
function run(args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${args.join(' ')} exits ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** Runs a command of the CLI and returns what it printed. Throws where it fails. */
export function runWrit(args: string[]): string {
  return run([sources, ...args]);
}

/** The CLI's main module: compiled, as it is shipped, or its source. */
export function mainModule(compiled: boolean): string {
  if (!compiled) return sources;
  run([inRoot('scripts/build.ts')]);
  return inRoot('dist/cli/main.js');
}

/** Writes bundle, keys and configuration, and signs the token of a support agent. With `detect` free text is looked into. */
export async function makePlace(directory: string, upstreamPort: number, detect = false): Promise<Place> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', use: 'sig', alg: 'ES256' };
  writeFileSync(join(directory, 'jwks.json'), JSON.stringify({ keys: [jwk] }));
  const source = detect ? policies : policiesByPath(policies, directory);
  runWrit(['build', source, '--output', join(directory, 'bundle.tar.gz')]);
  const config = join(directory, 'writ.yaml');
  writeFileSync(config, configuration(upstreamPort));
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'bench', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('24h')
    .sign(privateKey);
  return { directory, config, audit: join(directory, 'audit'), token };
}

/** The claims of a Microsoft Entra ID v2.0 token. */
const claims = {
  tid: '0e5f1c9a-0000-4000-8000-000000007e57',
  oid: '6f0c7b1e-0000-4000-8000-000000000001',
  sub: '0001-pairwise-subject',
  ver: '2.0',
  idtyp: 'user',
  azp: '2b9d4c1a-0000-4000-8000-00000000a9a9',
  azpacr: '0',
  scp: 'mcp.call',
  name: 'Sam Okonjo',
  preferred_username: 'sam.okonjo@example.org',
  groups: ['support'],
};

function configuration(upstreamPort: number): string {
  return `gateway: { name: bench, environment: bench, listen: 127.0.0.1:0 }
identity:
  issuers: [{ issuer: ${issuer}, audiences: [${audience}], jwks: ./jwks.json }]
servers:
  crm: { url: http://127.0.0.1:${upstreamPort}/mcp, labels: { region: eu } }
policy: { bundle: ./bundle.tar.gz }
audit:
  directory: ./audit
  origin: bench.writ.example
  signer: { key_file: ./keys/audit.pem }
  master_key_file: ./keys/master.key
`;
}
