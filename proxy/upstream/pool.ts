import { Client, type Dispatcher } from 'undici';
import { WritError } from '../../engine/errors.ts';

export interface PoolLimits {
  /** Longest silence of a call, in milliseconds, before headers and between chunks. */
  idleMs: number;
  /** The same between chunks of a stream without an end of its own. */
  streamIdleMs: number;
  /** Most connections for calls. */
  connections: number;
}

/**
 * The connections to one server: those of calls, and those of streams without an end of their own, so that however many of
 * these are open, calls have theirs. HTTP/2 is spoken where TLS offers it, many requests to a connection.
 */
export interface Pools {
  readonly calls: ConnectionPool;
  readonly streams: ConnectionPool;
  /** Breaks off whatever is under way. */
  close(): Promise<void>;
}

const connectMs = 10_000;
/** Of HTTP/2, to one connection: the next request opens another. */
const mostConcurrent = 100;

/** Connects to nothing yet. `ca` in PEM replaces the authorities that this machine trusts. */
export function openPools(url: URL, { idleMs, streamIdleMs, connections }: PoolLimits, ca?: string): Pools {
  const options: Client.Options = {
    headersTimeout: idleMs,
    allowH2: url.protocol === 'https:',
    maxConcurrentStreams: mostConcurrent,
    connect: { timeout: connectMs, minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) },
  };
  const calls = new ConnectionPool(url.origin, { ...options, bodyTimeout: idleMs }, connections);
  const streams = new ConnectionPool(url.origin, { ...options, bodyTimeout: streamIdleMs }, Number.POSITIVE_INFINITY);
  return { calls, streams, close: async () => void (await Promise.all([calls.close(), streams.close()])) };
}

/** One connection at a time; `full` while it can take no more. */
interface Member {
  client: Client;
  full: boolean;
}

interface Waiting {
  options: Dispatcher.DispatchOptions;
  handler: Dispatcher.DispatchHandler;
}

/**
 * Gives each request to a connection that can begin it at once. That of undici lets requests wait for one whose server has said
 * farewell (GOAWAY) or takes no more, until what it carries has ended; a stream may never end.
 */
export class ConnectionPool {
  readonly #origin: string;
  readonly #options: Client.Options;
  readonly #most: number;
  readonly #members = new Set<Member>();
  /** No more is given to them; what they carry ends by itself. */
  readonly #leaving = new Set<Client>();
  readonly #waiting: Waiting[] = [];
  #closed = false;

  constructor(origin: string, options: Client.Options, most: number) {
    this.#origin = origin;
    this.#options = options;
    this.#most = most;
  }

  /** Sends a request now, or as soon as there is a connection for it. The handler hears of every failure. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#waiting.push({ options, handler });
    this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const error = new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The gateway is stopping.');
    const clients = [...[...this.#members].map(({ client }) => client), ...this.#leaving];
    const ended = clients.map((client) => client.destroy(error));
    this.#next();
    await Promise.all(ended);
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const member = this.#closed ? undefined : this.#free();
      if (member === undefined && !this.#closed) return;
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (member === undefined) fail(next.handler);
      else member.full = !member.client.dispatch(next.options, next.handler);
    }
  }

  #free(): Member | undefined {
    for (const member of this.#members) if (!member.full) return member;
    return this.#members.size < this.#most ? this.#connect() : undefined;
  }

  #connect(): Member {
    const client = new Client(this.#origin, this.#options);
    const member = { client, full: false };
    this.#members.add(member);
    const leave = () => {
      if (!this.#members.delete(member)) return;
      this.#leaving.add(client);
      // What crossed with a farewell is sent again over a connection of its own, not after all that the first still carries.
      client.pipelining = mostConcurrent;
      client.close().then(
        () => this.#leaving.delete(client),
        () => this.#leaving.delete(client),
      );
      this.#next();
    };
    client.on('disconnect', leave).on('connectionError', leave);
    client.on('drain', () => {
      member.full = false;
      this.#next();
    });
    return member;
  }
}

function fail(handler: Dispatcher.DispatchHandler): void {
  const error = new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The gateway is stopping.');
  handler.onResponseError?.(Object.create(null), error);
}
