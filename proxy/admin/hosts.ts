import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { WritError } from '../../engine/errors.ts';
import { KnownHosts } from '../http/hosts.ts';

const loopback = /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * The names under which the admin port may be asked for (DNS rebinding). Where it listens beyond loopback, probes ask by an
 * address that nobody knows beforehand; an address in Host is no name, and so was not rebound.
 */
export class AdminHosts {
  readonly #known: KnownHosts;
  readonly #named: ReadonlySet<string>;
  readonly #beyond: string | undefined;

  constructor(listen: { host: string; port: number }, hosts: readonly string[]) {
    this.#known = new KnownHosts(listen, `http://${listen.host}:${listen.port}`, []);
    this.#named = new Set(hosts.map((host) => host.toLowerCase()));
    this.#beyond = loopback.test(listen.host) ? undefined : `:${listen.port}`;
  }

  /** Throws WRIT_HOST_REFUSED. No page has anything to ask here, so an Origin of another is refused under any name. */
  check(headers: IncomingHttpHeaders): void {
    const host = (headers.host ?? '').toLowerCase();
    if (!this.#named.has(host) && !this.#isAddress(host)) this.#known.check(headers);
    else if (headers.origin !== undefined) throw new WritError('WRIT_HOST_REFUSED', 'The Origin header is not known.');
  }

  #isAddress(host: string): boolean {
    if (this.#beyond === undefined || !host.endsWith(this.#beyond)) return false;
    const address = host.slice(0, -this.#beyond.length);
    return isIP(/^\[(.*)\]$/.exec(address)?.[1] ?? address) !== 0;
  }
}
