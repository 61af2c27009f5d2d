import { type Dispatcher, request } from 'undici';
import { asWritError, WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { dispatcherFor } from '../bridge/http.ts';
import { isLoopback } from '../bridge/target.ts';

/** Documents of authorization servers are short. */
const largest = 256 * 1024;
const patienceMs = 15_000;

/** An answer of an authorization server: JSON, or nothing that can be used. */
export interface Document {
  status: number;
  value: JsonObject;
  headers: Record<string, string | string[] | undefined>;
}

/** Documents and forms of OAuth. Redirects are not followed, and nothing is quoted in an error. */
export class OAuthHttp {
  readonly #dispatchers = new Map<string, Dispatcher>();

  get(url: URL): Promise<Document> {
    return this.#send(url, { method: 'GET' });
  }

  /** A form, as RFC 6749 has it. */
  post(url: URL, form: Record<string, string>): Promise<Document> {
    const body = new URLSearchParams(form).toString();
    return this.#send(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  }

  /** A message to an MCP endpoint that does nothing, without a token. */
  probe(url: URL): Promise<Document> {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    return this.#send(url, { method: 'POST', body: '{"jsonrpc":"2.0","id":0,"method":"ping"}', headers });
  }

  /** Rejects with WRIT_LOGIN_FAILED where nothing comes back that can be read. */
  async #send(url: URL, options: { method: 'GET' | 'POST'; body?: string; headers?: Record<string, string> }) {
    try {
      const { statusCode, headers, body } = await request(url, {
        ...options,
        headers: { accept: 'application/json', ...options.headers },
        dispatcher: this.#dispatcher(url),
        signal: AbortSignal.timeout(patienceMs),
      });
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > largest) throw new WritError('WRIT_LOGIN_FAILED', `${url.origin} answered with too much.`);
        chunks.push(chunk);
      }
      return { status: statusCode, headers, value: objectIn(Buffer.concat(chunks)) };
    } catch (cause) {
      throw asWritError(cause, 'WRIT_LOGIN_FAILED', `${url.origin} did not answer.`);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
  }

  #dispatcher(url: URL): Dispatcher {
    const known = this.#dispatchers.get(url.origin) ?? dispatcherFor(url);
    this.#dispatchers.set(url.origin, known);
    return known;
  }
}

function objectIn(bytes: Buffer): JsonObject {
  try {
    const value: Json = JSON.parse(bytes.toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/**
 * A URL that a document names: https, and http on this machine alone and only where the gateway is on it, so that none from
 * elsewhere can send requests to what listens here. Undefined for all others.
 */
export function trustedUrl(value: Json | undefined, gateway: URL): URL | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && isLoopback(url) && isLoopback(gateway) ? url : undefined;
}
