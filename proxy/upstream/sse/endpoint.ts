import { WritError } from '../../../engine/errors.ts';

/**
 * Where messages are posted, as the first event of a stream says: a path, or a whole URL of the same origin. The gateway's
 * credentials go there, so another origin is refused. Throws WRIT_UPSTREAM_INVALID.
 */
export function endpointIn(data: string, url: URL): string {
  const endpoint = URL.parse(data, url);
  if (endpoint === null || endpoint.origin !== url.origin || endpoint.username !== '' || endpoint.password !== '')
    throw new WritError('WRIT_UPSTREAM_INVALID', 'The endpoint it names for messages is not of its own origin.');
  return endpoint.pathname + endpoint.search;
}
