import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** `host:port` as callers may write it: the port a scheme implies is left out by most, and added by some proxies. */
function hostHeaders({ hostname, port, protocol }: URL): string[] {
  if (port !== '') return [`${hostname}:${port}`];
  return [hostname, `${hostname}:${protocol === 'https:' ? 443 : 80}`];
}

/** The names under which a gateway may be asked for, so that no page of another origin can reach it (DNS rebinding). */
export class KnownHosts {
  readonly #hosts: ReadonlySet<string>;
  readonly #origins: ReadonlySet<string>;

  /** `secure` where it listens over TLS. */
  constructor(
    listen: { host: string; port: number; secure?: boolean },
    publicUrl: string,
    allowedOrigins: readonly string[],
  ) {
    const names = loopback.has(listen.host) ? loopback : [listen.host];
    const scheme = listen.secure ? 'https' : 'http';
    const own = [publicUrl, ...[...names].map((name) => `${scheme}://${name}:${listen.port}`)].map(
      (url) => new URL(url),
    );
    this.#hosts = new Set(own.flatMap(hostHeaders));
    this.#origins = new Set([...own, ...allowedOrigins.map((url) => new URL(url))].map(({ origin }) => origin));
  }

  /** Throws WRIT_HOST_REFUSED. Browsers always send Origin across origins; programs send none. */
  check(headers: IncomingHttpHeaders): void {
    if (!this.#hosts.has((headers.host ?? '').toLowerCase()))
      throw new WritError('WRIT_HOST_REFUSED', 'The Host header is not known.');
    if (headers.origin !== undefined && !this.#origins.has(headers.origin.toLowerCase()))
      throw new WritError('WRIT_HOST_REFUSED', 'The Origin header is not known.');
  }
}
