import { once } from 'node:events';
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { asWritError, WritError } from '../../engine/errors.ts';
import { sessionEnd, sessionListen, type Verb } from '../call/methods.ts';
import { CombinedEndpoint } from '../combined/endpoint.ts';
import { challenge, metadataServer, resourceMetadata } from '../identity/resource-metadata.ts';
import { modernVersion } from '../mcp/era.ts';
import { failureReply } from '../mcp/replies.ts';
import { carry, carryVerb } from '../pipeline.ts';
import type { Gateway } from '../types.ts';
import type { Server } from '../upstream/server.ts';
import { KnownHosts } from './hosts.ts';
import { HttpExchange } from './http-exchange.ts';
import { Slots } from './slots.ts';
import { SseFront } from './sse-front.ts';
import type { ServedCertificate } from './tls.ts';

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
  readonly #certificate: ServedCertificate | undefined;
  readonly #follow: () => void;
  #publicUrl = '';
  readonly #underWay = new Map<ServerResponse, HttpExchange>();
  readonly #slots: Slots;
  readonly #sse: SseFront;
  /** All servers at one address, where it is configured. */
  readonly #combined: CombinedEndpoint | undefined;
  #drained: (() => void) | undefined;

  /** With a certificate it listens over TLS. */
  constructor(gateway: Gateway, certificate?: ServedCertificate) {
    this.#gateway = gateway;
    this.#certificate = certificate;
    this.#slots = new Slots(gateway.config.gateway.limits);
    this.#sse = new SseFront(gateway);
    if (gateway.config.gateway.combined)
      this.#combined = new CombinedEndpoint(gateway, (server) => this.#slots.serve(server));
    const take = (request: IncomingMessage, response: ServerResponse) => void this.#take(request, response);
    // RFC 9110, 10.1.1: an unknown expectation may be refused; what node:http refuses it with has no body.
    const secure = certificate && createSecureServer({ ...limits, ...certificate.options }, take);
    this.#http = secure ?? createServer(limits, take);
    this.#follow = () => secure && certificate.follow(secure);
    this.#http.on('checkExpectation', take);
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
    const secure = this.#certificate !== undefined;
    const scheme = secure ? 'https' : 'http';
    this.#follow();
    const taken = (this.#http.address() as AddressInfo).port;
    this.#publicUrl = (public_url ?? `${scheme}://${host}:${taken}`).replace(/\/$/, '');
    this.#hosts = new KnownHosts({ host, port: taken, secure }, this.#publicUrl, allowed_origins);
  }

  /** Takes no more requests and lets those under way finish, at most `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.#certificate?.close();
    const closed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    this.#http.closeIdleConnections();
    // A client that goes on asking on a connection of its own would keep the gateway from ever being idle.
    for (const [response, exchange] of this.#underWay) {
      response.shouldKeepAlive = false;
      exchange.leave();
    }
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
    const exchange = new HttpExchange(request, response);
    this.#underWay.set(response, exchange);
    if (this.#drained !== undefined) response.shouldKeepAlive = false;
    try {
      await this.#route(exchange);
    } catch (cause) {
      this.#answerFailure(exchange, asWritError(cause, 'WRIT_INTERNAL'));
    } finally {
      // Until its client has taken it an answer holds memory, so its call counts.
      if (!response.writableFinished && !response.destroyed) await once(response, 'close');
      exchange.slot?.free();
      this.#underWay.delete(response);
      if (this.#underWay.size === 0) this.#drained?.();
    }
  }

  async #route(exchange: HttpExchange): Promise<void> {
    this.#hosts?.check(exchange.headers);
    const path = (exchange.request.url ?? '/').split('?', 1)[0] ?? '/';
    const described = metadataServer(path, this.#publicUrl);
    if (described !== undefined) return this.#describe(exchange, described);
    const { name, door } = endpointOf(path, this.#publicUrl) ?? {};
    if (name === '' && door === 'mcp' && this.#combined !== undefined)
      return this.#routeCombined(exchange, this.#combined);
    const server = this.#gateway.servers.get(name ?? '');
    if (server === undefined) throw new WritError('WRIT_NOT_FOUND');
    if (door === 'sse' || door === 'messages') return this.#routeSse(exchange, server, door);
    const verb = verbOf(exchange);
    const slot = this.#slots.take(server);
    exchange.slot = slot;
    try {
      await (verb === 'message'
        ? carry(this.#gateway, server, exchange)
        : carryVerb(this.#gateway, server, exchange, verb));
    } finally {
      slot.served();
    }
  }

  /** One call in all, and one of each server that a part of it goes to. */
  async #routeCombined(exchange: HttpExchange, combined: CombinedEndpoint): Promise<void> {
    const verb = verbOf(exchange);
    exchange.slot = this.#slots.take();
    await (verb === 'message' ? combined.carry(exchange) : combined.carryVerb(exchange, verb));
  }

  /** HTTP+SSE has an address for the stream and one for messages. */
  async #routeSse(exchange: HttpExchange, server: Server, door: 'sse' | 'messages'): Promise<void> {
    if (exchange.request.method !== (door === 'sse' ? 'GET' : 'POST')) throw new WritError('WRIT_METHOD_NOT_ALLOWED');
    const slot = this.#slots.take(server);
    exchange.slot = slot;
    try {
      const url = new URL(exchange.request.url ?? '/', this.#publicUrl);
      if (door === 'messages') await this.#sse.post(server, exchange, url.searchParams.get('sessionId'));
      else await this.#sse.open(server, exchange, url.pathname.replace(/sse$/, 'messages'));
    } finally {
      slot.served();
    }
  }

  #describe(exchange: HttpExchange, server: string): void {
    const isCombined = server === '' && this.#combined !== undefined;
    if (!isCombined && !this.#gateway.servers.has(server)) throw new WritError('WRIT_NOT_FOUND');
    const metadata = resourceMetadata(this.#publicUrl, server, this.#gateway.config.identity);
    exchange.answer(200, JSON.stringify(metadata));
  }

  #answerFailure(exchange: HttpExchange, error: WritError): void {
    // The request to the server was given up because its caller went away: that is on record, and no failure.
    if (exchange.gone && error.code === 'WRIT_UPSTREAM_UNREACHABLE') return;
    const { requestId, receipt } = exchange;
    this.#gateway.failed(error, receipt?.call ?? null);
    const { status, body } = failureReply(error, requestId, receipt);
    const headers: Record<string, string> = {};
    if (status === 401) {
      const endpoint = endpointOf((exchange.request.url ?? '').split('?', 1)[0] ?? '', this.#publicUrl);
      headers['www-authenticate'] = challenge(
        this.#publicUrl,
        endpoint?.name ?? '',
        error.code !== 'WRIT_TOKEN_MISSING',
      );
    }
    if (status === 405) headers.allow = 'POST, GET, DELETE';
    if (status === 429 || status === 503) headers['retry-after'] = '1';
    exchange.answer(status, body, headers);
  }
}

/** What a client says by each HTTP method of Streamable HTTP. */
const verbs = new Map<string, 'message' | Verb>([
  ['POST', 'message'],
  ['GET', sessionListen],
  ['DELETE', sessionEnd],
]);

/** Throws WRIT_METHOD_NOT_ALLOWED. */
function verbOf({ request, headers }: HttpExchange): 'message' | Verb {
  const verb = verbs.get(request.method ?? '');
  // 2026-07-28, "Streamable HTTP": a server of that version has POST alone.
  if (verb === undefined || (verb !== 'message' && headers['mcp-protocol-version'] === modernVersion))
    throw new WritError('WRIT_METHOD_NOT_ALLOWED');
  return verb;
}

/** A proxy in front may take the path of the public URL away, or leave it. The name of no server is empty. */
function endpointOf(path: string, publicUrl: string): { name: string; door: string } | undefined {
  const base = new URL(publicUrl).pathname.replace(/\/$/, '');
  const below = path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  const [, name = '', door] = /^(?:\/([^/]+))?\/(mcp|sse|messages)$/.exec(below) ?? [];
  return door === undefined ? undefined : { name, door };
}
