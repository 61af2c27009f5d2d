import { existsSync } from 'node:fs';
import { WritError } from '../../engine/errors.ts';
import { loadConfig } from '../../proxy/config/load.ts';
import { openConfiguredStore, storeFileOf } from '../../proxy/store/open-config.ts';
import type { Store } from '../../proxy/store/store.ts';

/**
 * Opens the store that gateways of a configuration have made, for the time of `work`: making one would say of the wrong folder
 * that nothing is there, and nothing was left to revoke. Rejects with WRIT_CONFIG_INVALID or WRIT_STORE_*.
 */
export async function withTokens<Result>(file: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  const config = loadConfig(file);
  const path = storeFileOf(config);
  if (!existsSync(path))
    throw new WritError('WRIT_STORE_UNAVAILABLE', `${path} is not there: no gateway of ${file} has begun it.`);
  const store = await openConfiguredStore(config);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
