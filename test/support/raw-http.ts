import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  /** By lower-case name; of a repeated header the last. */
  headers: Record<string, string>;
  body: string;
}

/** One connection to an HTTP server on which a test writes bytes as it likes, and reads answers one by one. */
export class RawConnection {
  readonly socket: Socket;
  /** Resolves when the server, or the test, has closed the connection. */
  readonly closed: Promise<void>;
  #received = Buffer.alloc(0);
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.socket = socket;
    // A reset is one way to be closed.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
        this.#wake();
      });
    });
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
  }

  write(bytes: string | Uint8Array): void {
    this.socket.write(bytes);
  }

  /** Head and body of the next answer. Rejects when the connection ends before it is whole. */
  async answer(): Promise<RawAnswer> {
    const head = (await this.#until('\r\n\r\n')).toString('latin1').split('\r\n');
    const status = Number(head[0]?.split(' ')[1]);
    const headers: Record<string, string> = {};
    for (const line of head.slice(1)) {
      const colon = line.indexOf(':');
      if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    }
    if (headers['transfer-encoding'] !== 'chunked') {
      const body = await this.#bytes(Number(headers['content-length'] ?? 0));
      return { status, headers, body: body.toString('utf8') };
    }
    const chunks: Buffer[] = [];
    for (let size = await this.#chunkSize(); size > 0; size = await this.#chunkSize()) {
      chunks.push(await this.#bytes(size));
      await this.#until('\r\n');
    }
    await this.#until('\r\n');
    return { status, headers, body: Buffer.concat(chunks).toString('utf8') };
  }

  /** Resolves once `text` has come, counted from what no answer has taken yet. */
  async seen(text: string): Promise<void> {
    while (!this.#received.includes(text)) await this.#more();
  }

  destroy(): void {
    this.socket.destroy();
  }

  async #chunkSize(): Promise<number> {
    return Number.parseInt((await this.#until('\r\n')).toString('latin1'), 16);
  }

  async #until(mark: string): Promise<Buffer> {
    for (;;) {
      const at = this.#received.indexOf(mark);
      if (at < 0) {
        await this.#more();
        continue;
      }
      const taken = this.#received.subarray(0, at + mark.length);
      this.#received = this.#received.subarray(at + mark.length);
      return taken;
    }
  }

  async #bytes(count: number): Promise<Buffer> {
    while (this.#received.length < count) await this.#more();
    const taken = this.#received.subarray(0, count);
    this.#received = this.#received.subarray(count);
    return taken;
  }

  #more(): Promise<void> {
    if (this.socket.destroyed) return Promise.reject(new Error('The connection ended before its answer was whole.'));
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

/** Connects to `http://host:port`. */
export async function connectRaw(origin: string): Promise<RawConnection> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return new RawConnection(socket);
}

/** A POST with a JSON body, as it stands on the wire. */
export function post(path: string, body: string, headers: Record<string, string> = {}): string {
  const all = { host: 'gateway', 'content-length': String(Buffer.byteLength(body)), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
