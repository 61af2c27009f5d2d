import { once } from 'node:events';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asWritError, WritError } from '../../engine/errors.ts';
import { challenge, metadataServer, resourceMetadata } from '../identity/resource-metadata.ts';
import { failureReply } from '../mcp/replies.ts';
import { carry } from '../pipeline.ts';
import type { Gateway } from '../types.ts';
import type { Server } from '../upstream/server.ts';
import { Exchange } from './exchange.ts';
import { KnownHosts } from './hosts.ts';

const limits = {
  /** That of node:http is 16 KiB; an Entra token with 200 groups is about 10. */
  maxHeaderSize: 32_768,
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 65_000,
  /** Of a second Host or Authorization node:http keeps the first; joined, the two are neither. */
  joinDuplicateHeaders: true,
};

/** Splits `host:port`; IPv6 addresses keep their brackets. */
export function splitListen(listen: string): { host: string; port: number } {
  const at = listen.lastIndexOf(':');
  return { host: listen.slice(0, at), port: Number(listen.slice(at + 1)) };
}

/** The front of the gateway: takes HTTP requests, sends each down the pipeline, and answers what the pipeline throws. */
export class Listener {
  readonly #gateway: Gateway;
  readonly #http: HttpServer;
  #hosts: KnownHosts | undefined;
  #publicUrl = '';
  readonly #underWay = new Set<ServerResponse>();
  /** Calls for each server. */
  readonly #inHand = new WeakMap<Server, number>();
  #drained: (() => void) | undefined;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
    const take = (request: IncomingMessage, response: ServerResponse) => void this.#take(request, response);
    // RFC 9110, 10.1.1: an unknown expectation may be refused; what node:http refuses it with has no body.
    this.#http = createServer(limits, take).on('checkExpectation', take);
    // A server may be silent that long; a connection silent for longer is that of a caller who no longer reads.
    this.#http.timeout = (gateway.config.gateway.limits.upstream_idle_seconds + 30) * 1000;
  }

  /** Where callers reach the gateway, without a slash at the end. */
  get publicUrl(): string {
    return this.#publicUrl;
  }

  async listen(): Promise<void> {
    const { listen, public_url, allowed_origins } = this.#gateway.config.gateway;
    const { host, port } = splitListen(listen);
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', (cause: NodeJS.ErrnoException) =>
        reject(
          new WritError('WRIT_CONFIG_INVALID', `gateway.listen ${listen} cannot be taken (${cause.code}).`, { cause }),
        ),
      );
      this.#http.listen(port, host.replace(/^\[|\]$/g, ''), resolve);
    });
    const taken = (this.#http.address() as AddressInfo).port;
    this.#publicUrl = (public_url ?? `http://${host}:${taken}`).replace(/\/$/, '');
    this.#hosts = new KnownHosts({ host, port: taken }, this.#publicUrl, allowed_origins);
  }

  /** Takes no more requests and lets those under way finish, at most `graceMs`. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    this.#http.closeIdleConnections();
    // A client that goes on asking on a connection of its own would keep the gateway from ever being idle.
    for (const response of this.#underWay) response.shouldKeepAlive = false;
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve;
      if (this.#underWay.size === 0) resolve();
    });
    const timer = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([drained, timer]);
    this.#http.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new Exchange(request, response);
    this.#underWay.add(response);
    if (this.#drained !== undefined) response.shouldKeepAlive = false;
    try {
      await this.#route(exchange);
    } catch (cause) {
      this.#answerFailure(exchange, asWritError(cause, 'WRIT_INTERNAL'));
    } finally {
      // Until its client has taken it an answer holds memory, so its call counts.
      if (!response.writableFinished && !response.destroyed) await once(response, 'close');
      this.#underWay.delete(response);
      if (this.#underWay.size === 0) this.#drained?.();
    }
  }

  async #route(exchange: Exchange): Promise<void> {
    this.#hosts?.check(exchange.headers);
    const path = (exchange.request.url ?? '/').split('?', 1)[0] ?? '/';
    const described = metadataServer(path, this.#publicUrl);
    if (described !== undefined) return this.#describe(exchange, described);
    const server = this.#gateway.servers.get(serverName(path, this.#publicUrl) ?? '');
    if (server === undefined) throw new WritError('WRIT_NOT_FOUND');
    if (exchange.request.method !== 'POST') throw new WritError('WRIT_METHOD_NOT_ALLOWED');
    const { concurrent_calls, server_calls } = this.#gateway.config.gateway.limits;
    const inHand = this.#inHand.get(server) ?? 0;
    // A server that hangs must not take what the others need.
    if (this.#underWay.size > concurrent_calls || inHand >= server_calls) throw new WritError('WRIT_OVERLOADED');
    this.#inHand.set(server, inHand + 1);
    try {
      await carry(this.#gateway, server, exchange);
    } finally {
      this.#inHand.set(server, (this.#inHand.get(server) ?? 1) - 1);
    }
  }

  #describe(exchange: Exchange, server: string): void {
    if (!this.#gateway.servers.has(server)) throw new WritError('WRIT_NOT_FOUND');
    const metadata = resourceMetadata(this.#publicUrl, server, this.#gateway.config.identity);
    exchange.answer(200, JSON.stringify(metadata));
  }

  #answerFailure(exchange: Exchange, error: WritError): void {
    // The request to the server was given up because its caller went away: that is on record, and no failure.
    if (exchange.gone && error.code === 'WRIT_UPSTREAM_UNREACHABLE') return;
    const { requestId, receipt } = exchange;
    this.#gateway.failed(error, receipt?.call ?? null);
    const { status, body } = failureReply(error, requestId, receipt);
    const headers: Record<string, string> = {};
    if (status === 401) {
      const server = serverName((exchange.request.url ?? '').split('?', 1)[0] ?? '', this.#publicUrl) ?? '';
      headers['www-authenticate'] = challenge(this.#publicUrl, server, error.code !== 'WRIT_TOKEN_MISSING');
    }
    if (status === 405) headers.allow = 'POST';
    if (status === 429 || status === 503) headers['retry-after'] = '1';
    exchange.answer(status, body, headers);
  }
}

/** A proxy in front may take the path of the public URL away, or leave it. */
function serverName(path: string, publicUrl: string): string | undefined {
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');
  const below = path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  return /^\/([^/]+)\/mcp$/.exec(below)?.[1];
}
