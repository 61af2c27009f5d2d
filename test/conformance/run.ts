import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Check } from './checks.ts';
import { conformanceBundle, openConformanceGateway } from './gateway.ts';
import { assertMasked } from './masking.ts';
import { startFixtureServer } from './server/serve.ts';
import { clientScenarios, judgeClient, judgeServer, type Leg, type SuiteSet, setsOf } from './suites.ts';

/** How the suite reaches what it judges: not through Writ, through it, and through it with masks on. */
export type Way = 'direct' | 'writ' | 'masked';

/** What one suite found of one leg by one way. */
export interface Row extends SuiteSet {
  leg: Leg;
  route: Way;
  checks: Check[];
}

export interface RunOptions {
  /** A suite or a leg: the others are left out. */
  only?: string | undefined;
  /** Is told what begins. */
  progress(text: string): void;
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** Runs both suites, both legs, direct and through Writ. Rejects where something does not start, or masks are not active. */
export async function runConformance({ only, progress }: RunOptions): Promise<Row[]> {
  const chosen = (leg: Leg) => setsOf(leg).filter(({ suite }) => only === undefined || only === suite || only === leg);
  progress('policies are compiled');
  const bundle = await conformanceBundle();
  return [
    ...(await serverLeg(chosen('server'), bundle, progress)),
    ...(await clientLeg(chosen('client'), bundle, progress)),
  ];
}

async function serverLeg(chosen: SuiteSet[], bundle: Uint8Array, progress: RunOptions['progress']): Promise<Row[]> {
  if (chosen.length === 0) return [];
  const server = await startFixtureServer();
  const gateway = await openConformanceGateway(server.url, bundle).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  try {
    await assertMasked(gateway.url('crm'));
    const urls: [Way, string][] = [
      ['direct', server.url],
      ['writ', gateway.url('open')],
      ['masked', gateway.url('crm')],
    ];
    const rows: Row[] = [];
    for (const which of chosen)
      for (const [route, url] of urls) {
        progress(`${which.suite} ${which.set}, server, ${route}`);
        rows.push({ ...which, leg: 'server', route, checks: await judgeServer(which, url) });
      }
    return rows;
  } finally {
    await gateway.close();
    await server.close();
  }
}

async function clientLeg(chosen: SuiteSet[], bundle: Uint8Array, progress: RunOptions['progress']): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-conformance-'));
  try {
    const kept = join(folder, 'bundle.tar.gz');
    writeFileSync(kept, bundle);
    const commands: [Way, string][] = [
      ['direct', `${process.execPath} ${file('client.ts')}`],
      ['writ', `env WRIT_CONFORMANCE_BUNDLE=${kept} ${process.execPath} ${file('through-writ.ts')}`],
    ];
    const rows: Row[] = [];
    for (const which of chosen)
      for (const [route, command] of commands) {
        const checks: Check[] = [];
        for (const scenario of clientScenarios(which)) {
          progress(`${which.suite} ${which.set}, client, ${route}: ${scenario}`);
          checks.push(...(await judgeClient(which, scenario, command)));
        }
        rows.push({ ...which, leg: 'client', route, checks });
      }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
