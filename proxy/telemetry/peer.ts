import type { Peer } from './types.ts';

/** A server reached over HTTP, as spans name it. */
export function peerOf(url: string): Peer {
  const { hostname, port, protocol } = new URL(url);
  return { transport: 'tcp', address: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}

/** A server that is a process. */
export const pipe: Peer = Object.freeze({ transport: 'pipe' });
