import { WritError } from '../../engine/errors.ts';
import { loadConfig } from '../../proxy/config/load.ts';
import type { Config } from '../../proxy/config/types.ts';
import { lookAtBundle } from './bundle.ts';
import { lookAtClock } from './clock.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { lookAtIssuers } from './issuers.ts';
import { lookAtMasterKey, lookAtSigner } from './keys.ts';
import { lookAtLog } from './log-directory.ts';
import { lookAtNode, lookAtOpa } from './machine.ts';
import { lookAtUpstreams } from './upstreams.ts';

/** Everything a gateway with this configuration needs, in the order in which it needs it. Changes nothing. */
export async function examine(file: string): Promise<Finding[]> {
  const machine = [...lookAtNode(), ...(await lookAtOpa())];
  const config = read(file);
  if ('status' in config) return [...machine, config];
  const { findings, policy } = await lookAtBundle(config);
  const tools = new Map(
    Object.keys(policy === undefined ? {} : config.servers).map((name) => [
      name,
      Object.keys(policy?.catalogue[name] ?? {}).length,
    ]),
  );
  const [upstreams, issuers, signer, master, log, clock] = await Promise.all([
    lookAtUpstreams(config, tools),
    lookAtIssuers(config),
    lookAtSigner(config),
    lookAtMasterKey(config),
    lookAtLog(config),
    lookAtClock(config),
  ]);
  return [
    ...machine,
    ok('config', `${file} is valid`),
    ...lookAtExposure(config),
    ...findings,
    ...upstreams,
    ...issuers,
    ...signer,
    ...master,
    ...log,
    ...clock,
  ];
}

function read(file: string): Config | Finding {
  try {
    return loadConfig(file);
  } catch (cause) {
    if (!(cause instanceof WritError)) throw cause;
    const help = 'docs/operations.md has a writ.yaml to copy, and explains each key. Nothing else was looked at.';
    return fail('config', cause.detail ?? cause.message, help);
  }
}

/** Beyond the loopback interface a bearer token must not go in the clear. */
function lookAtExposure({ gateway: { listen, public_url, tls } }: Config): Finding[] {
  const isLocal = /^(?:127\.|\[::1\]|localhost:)/.test(listen);
  if (isLocal || tls !== undefined || public_url?.startsWith('https:')) return [];
  const help =
    'Name a certificate in gateway.tls, or put TLS before it and say its address in gateway.public_url, or listen on 127.0.0.1.';
  return [warn('listen', `${listen} is reached without TLS`, help)];
}
