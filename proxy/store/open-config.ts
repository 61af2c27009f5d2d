import { dirname, join } from 'node:path';
import type { Config } from '../config/types.ts';
import { openStore, type Store } from './store.ts';

/** The file that `store` names. */
export function storeFileOf({ store, audit }: Pick<Config, 'store' | 'audit'>): string {
  return store?.replace(/^sqlite:/, '') ?? join(dirname(audit.directory), 'writ.db');
}

/** Opens the store of a configuration. Throws as `openStore`. */
export function openConfiguredStore(config: Pick<Config, 'store' | 'audit'>): Promise<Store> {
  return openStore(storeFileOf(config));
}
