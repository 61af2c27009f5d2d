import assert from 'node:assert/strict';
import type { TestGateway } from './gateway.ts';
import { connectRaw, type RawAnswer, type RawConnection } from './raw-http.ts';

/** Requests to a gateway as they stand on the wire. */
export interface Wire {
  /** Header lines of a good request, by lower-case name, each ended by CR LF. */
  readonly lines: ReadonlyMap<string, string>;
  /** All of these together. */
  readonly head: string;
  connect(): Promise<RawConnection>;
  /** A whole POST. Lines are those of a good request, unless told. */
  post(body: string, options?: { path?: string; head?: string }): string;
  /** Sends bytes on a connection of their own, and takes one answer; undefined where there is none. */
  ask(bytes: string | Uint8Array): Promise<RawAnswer | undefined>;
}

export async function onTheWire(gateway: TestGateway): Promise<Wire> {
  const { headers } = await gateway.compose({ era: 'legacy' });
  const lines = new Map(
    Object.entries({ ...headers, host: new URL(gateway.url).host }).map(([name, value]) => [
      name,
      `${name}: ${value}\r\n`,
    ]),
  );
  const head = [...lines.values()].join('');
  return {
    lines,
    head,
    connect: () => connectRaw(gateway.url),
    post: (body, options = {}) =>
      `POST ${options.path ?? '/open/mcp'} HTTP/1.1\r\n${options.head ?? head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    async ask(bytes) {
      const connection = await connectRaw(gateway.url);
      try {
        connection.write(bytes);
        return await connection.answer();
      } catch {
        return undefined;
      } finally {
        connection.destroy();
      }
    },
  };
}

/** The WRIT code of an answer; undefined where it has none. */
export function codeOf(answer: RawAnswer | undefined): string | undefined {
  assert.ok(answer, 'there is an answer');
  return answer.body === '' ? undefined : JSON.parse(answer.body).error?.data?.code;
}
