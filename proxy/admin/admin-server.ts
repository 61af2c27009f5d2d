import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { asWritError, errorKinds, WritError } from '../../engine/errors.ts';
import type { AdminConfig } from '../config/types.ts';
import { AdminHosts } from './hosts.ts';
import { type Readiness, readiness, type Vitals } from './readiness.ts';

export interface AdminSources extends Vitals {
  /** Metrics in the text format of Prometheus. */
  scrape(): Promise<string>;
}

const limits = {
  maxHeaderSize: 8_192,
  headersTimeout: 5_000,
  requestTimeout: 5_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  /** Of a second Host node:http keeps the first; joined, the two are neither. */
  joinDuplicateHeaders: true,
};
const mostConnections = 32;
/** Longest silence of one who does not read what was asked for. */
const idleMs = 10_000;

interface Page {
  status: number;
  type: string;
  body: string;
}

/** The port for those who operate the gateway, and for nobody else: metrics and probes, on a server of its own. */
export class AdminServer {
  readonly #sources: AdminSources;
  readonly #http: HttpServer;
  #hosts: AdminHosts | undefined;
  #url = '';

  private constructor(sources: AdminSources) {
    this.#sources = sources;
    const take = (request: IncomingMessage, response: ServerResponse) => void this.#take(request, response);
    this.#http = createServer(limits, take);
    this.#http.maxConnections = mostConnections;
    this.#http.timeout = idleMs;
  }

  /** Rejects with WRIT_CONFIG_INVALID where the address cannot be taken. */
  static async open({ listen, hosts }: AdminConfig, sources: AdminSources): Promise<AdminServer> {
    const server = new AdminServer(sources);
    const at = listen.lastIndexOf(':');
    const host = listen.slice(0, at);
    await new Promise<void>((resolve, reject) => {
      server.#http.once('error', (cause: NodeJS.ErrnoException) =>
        reject(
          new WritError('WRIT_CONFIG_INVALID', `admin.listen ${listen} cannot be taken (${cause.code}).`, { cause }),
        ),
      );
      server.#http.listen(Number(listen.slice(at + 1)), host.replace(/^\[|\]$/g, ''), resolve);
    });
    const address = server.#http.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.#hosts = new AdminHosts({ host, port }, hosts);
    server.#url = `http://${host}:${port}`;
    return server;
  }

  /** Where it listens, without a slash at the end. */
  get url(): string {
    return this.#url;
  }

  /** Ends at once: nobody waits for what is said here. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#http.close(() => resolve()));
    this.#http.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, type, body } = await this.#answer(request).catch(failure);
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 405 && { allow: 'GET, HEAD' }),
      // What is left of a request that was not read would be taken for the next.
      ...(status >= 400 && { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #answer({ method, url = '', headers }: IncomingMessage): Promise<Page> {
    this.#hosts?.check(headers);
    if (method !== 'GET' && method !== 'HEAD') throw new WritError('WRIT_METHOD_NOT_ALLOWED');
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
    if (hasBody) throw new WritError('WRIT_JSON_TOO_LARGE');
    switch (url.split('?', 1)[0]) {
      case '/metrics':
        return { status: 200, type: 'text/plain; version=0.0.4; charset=utf-8', body: await this.#sources.scrape() };
      case '/healthz':
        return json(200, { up: true });
      case '/readyz':
        return ready(readiness(this.#sources));
      default:
        throw new WritError('WRIT_NOT_FOUND');
    }
  }
}

function ready(checks: Readiness): Page {
  const all = Object.values(checks).every((holds) => holds);
  return json(all ? 200 : 503, { ready: all, ...checks });
}

/** By its code alone: what a failure says of itself may name a host or a path. */
function failure(cause: unknown): Page {
  const { code } = asWritError(cause, 'WRIT_INTERNAL');
  // What a JSON-RPC error says at 200 is said by the status here: a probe reads no more.
  const { status = 500 } = errorKinds[code];
  return json(status < 400 ? 500 : status, { code });
}

function json(status: number, body: object): Page {
  return { status, type: 'application/json', body: `${JSON.stringify(body)}\n` };
}
