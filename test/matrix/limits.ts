import type { ServerId } from './servers.ts';

/** What cannot work, why, and how it shows. */
export interface Limit {
  client: string;
  servers: readonly ServerId[];
  reason: string;
  /** What the client says of it. */
  says: RegExp;
}

const legacyOnly: readonly ServerId[] = ['everything', 'everything-sse', 'everything-stdio', 'filesystem', 'memory'];

export const limits: readonly Limit[] = [
  {
    client: 'inspector-modern',
    servers: legacyOnly,
    reason: `The server has no version without sessions, and the client is told to speak no other. It says the same of the server itself:
   the gateway translates transports, not versions.`,
    says: /the server did not offer pinned protocol version 2026-07-28 via server\/discover/,
  },
];

export function limitOf(client: string, server: ServerId): Limit | undefined {
  return limits.find((limit) => limit.client === client && limit.servers.includes(server));
}
