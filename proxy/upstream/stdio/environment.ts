import { WritError } from '../../../engine/errors.ts';

/** What a program needs to be found, to speak a language and to have a place for temporary files; nothing of whose it is. */
const base = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR'];

/**
 * The environment of a server: a few variables every program needs, and those its configuration names. All else the gateway
 * holds, secrets of other servers among it, stays out. Throws WRIT_CONFIG_INVALID for a name that is not set.
 */
export function environmentOf(names: readonly string[], own: NodeJS.ProcessEnv): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of base) if (own[name] !== undefined) found[name] = own[name];
  for (const name of names) {
    const value = own[name];
    if (value === undefined) throw new WritError('WRIT_CONFIG_INVALID', `The environment variable ${name} is not set.`);
    found[name] = value;
  }
  return found;
}
