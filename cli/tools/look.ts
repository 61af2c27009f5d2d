import { WritError } from '../../engine/errors.ts';
import { loadConfig } from '../../proxy/config/load.ts';
import type { Config } from '../../proxy/config/types.ts';
import { openConfiguredStore } from '../../proxy/store/open-config.ts';
import { readPins, readSightings } from '../../proxy/store/pins.ts';
import type { Store } from '../../proxy/store/store.ts';
import { listServerTools } from '../../proxy/tools/list-server-tools.ts';
import { connectUpstream } from '../../proxy/upstream/connect.ts';
import { version } from '../version.ts';
import { type Declared, declaredIn, type SurveyedTool, survey } from './survey.ts';

/** How long a server may take over all its pages, in milliseconds. */
const patience = 30_000;

export interface Looked {
  tools: SurveyedTool[];
  /** Servers that did not answer, and why. */
  failed: { server: string; error: WritError }[];
}

/** Opens the store of a configuration for the time of `work`. Rejects with WRIT_CONFIG_INVALID or WRIT_STORE_*. */
export async function withStore<Result>(
  file: string,
  work: (config: Config, store: Store) => Promise<Result>,
): Promise<Result> {
  const config = loadConfig(file);
  const store = await openConfiguredStore(config);
  try {
    return await work(config, store);
  } finally {
    await store.close();
  }
}

/** Names of the servers meant. Throws WRIT_TOOL_UNKNOWN. */
export function serversOf({ servers }: Config, server: string | undefined): string[] {
  if (server === undefined) return Object.keys(servers);
  if (!Object.hasOwn(servers, server))
    throw new WritError(
      'WRIT_TOOL_UNKNOWN',
      `The servers of the configuration are ${Object.keys(servers).join(', ')}.`,
    );
  return [server];
}

/** Surveys tools of servers, asking each unless `stored`. */
export async function look(
  config: Config,
  store: Store,
  servers: readonly string[],
  { tenant, stored }: { tenant: string; stored: boolean },
): Promise<Looked> {
  const looked: Looked = { tools: [], failed: [] };
  const answers = await Promise.all(
    servers.map(async (server) => {
      if (stored) return { server };
      try {
        return { server, offered: await offeredBy(config, server) };
      } catch (error) {
        if (!(error instanceof WritError)) throw error;
        return { server, error };
      }
    }),
  );
  for (const { server, offered, error } of answers) {
    if (error !== undefined) looked.failed.push({ server, error });
    const [pins, sightings] = [
      await readPins(store, { tenant, server }),
      await readSightings(store, { tenant, server }),
    ];
    if (error === undefined) looked.tools.push(...survey(server, offered, pins, sightings));
  }
  return looked;
}

/** What a server offers to the gateway's own credentials now. */
async function offeredBy(config: Config, server: string): Promise<Map<string, Declared[]>> {
  const said = config.servers[server];
  if (said === undefined) throw new WritError('WRIT_TOOL_UNKNOWN');
  const limits = {
    bytes: config.gateway.limits.answer_bytes,
    idleMs: patience,
    streamIdleMs: patience,
    connections: 2,
  };
  const upstream = connectUpstream(said, limits, process.env, { ended: () => {}, said: () => {} });
  try {
    return declaredIn(await listServerTools(upstream, version, undefined, AbortSignal.timeout(patience)));
  } finally {
    await upstream.close();
  }
}
