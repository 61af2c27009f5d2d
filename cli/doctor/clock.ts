import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../proxy/config/types.ts';
import { type Finding, fail, ok, patience, warn } from './finding.ts';

/** No clock that is right shows less: this was written later. */
const atLeast = Date.UTC(2026, 0, 1);

/** Tokens are taken with this much difference (proxy/identity), in milliseconds. */
const tolerated = 60_000;

/** Compares the clock with the log and with the issuers. Offline only the former tells something. */
export async function lookAtClock({ identity, audit }: Config): Promise<Finding[]> {
  const help = 'Set the clock, and keep it with NTP: tokens and the log depend on it.';
  const now = Date.now();
  if (now < atLeast) return [fail('clock', `it says ${new Date(now).toISOString()}`, help)];
  const written = statSync(join(audit.directory, 'checkpoint'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (written > now + tolerated) return [fail('clock', 'the log was written in what it calls the future', help)];
  const differences = await Promise.all(identity.issuers.map(({ issuer, jwks }) => difference(jwks ?? issuer)));
  const worst = differences.filter((each) => each !== null).sort((a, b) => Math.abs(b) - Math.abs(a))[0];
  if (worst === undefined) return [ok('clock', `${new Date(now).toISOString()}; no issuer to compare it with`)];
  const said = `${Math.abs(Math.round(worst / 1_000))} s ${worst < 0 ? 'behind' : 'ahead of'} an issuer`;
  return [
    Math.abs(worst) > tolerated / 2
      ? warn('clock', said, help)
      : ok('clock', `${new Date(now).toISOString()}, ${said}`),
  ];
}

/** Milliseconds by which this clock is ahead of the server's; null where it does not say. HTTP dates have whole seconds. */
async function difference(url: string): Promise<number | null> {
  if (!/^https?:/i.test(url)) return null;
  const began = Date.now();
  try {
    const options = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(patience) } as const;
    const date = Date.parse((await fetch(url, options)).headers.get('date') ?? '');
    return Number.isNaN(date) ? null : (began + Date.now()) / 2 - date - 500;
  } catch {
    return null;
  }
}
