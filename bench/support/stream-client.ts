import { createParser } from 'eventsource-parser';
import { Agent, request } from 'undici';

/** A client of the legacy era that does no more than the benchmark needs. */
export class StreamClient {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #agent = new Agent({ connections: null, bodyTimeout: 0, headersTimeout: 0 });
  #session = '';
  #id = 0;

  constructor(port: number, token: string) {
    this.#url = `http://127.0.0.1:${port}/crm/mcp`;
    this.#headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
    };
  }

  async initialize(): Promise<void> {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1' } };
    const { headers, body } = await this.#post('initialize', params);
    await body.text();
    this.#session = String(headers['mcp-session-id']);
  }

  /** Calls a tool that streams; `onEvent` is told of each event as its bytes arrive. */
  async call(events: number, bytes: number, onEvent: (data: string) => void, signal?: AbortSignal): Promise<void> {
    const params = { name: 'customers.stats', arguments: { events, bytes }, _meta: { progressToken: 1 } };
    const { statusCode, body } = await this.#post('tools/call', params, signal);
    if (statusCode !== 200) throw new Error(`a call is answered with ${statusCode}`);
    const parser = createParser({ onEvent: ({ data }) => onEvent(data) });
    const decoder = new TextDecoder();
    for await (const chunk of body) parser.feed(decoder.decode(chunk, { stream: true }));
  }

  /** Opens the stream of the session; what is returned lets go of it. */
  async listen(): Promise<() => void> {
    const leaving = new AbortController();
    const headers = { ...this.#headers, 'mcp-session-id': this.#session };
    const { statusCode, body } = await request(this.#url, { headers, dispatcher: this.#agent, signal: leaving.signal });
    if (statusCode !== 200) throw new Error(`a stream is answered with ${statusCode}: ${await body.text()}`);
    body.on('error', () => {}).resume();
    return () => leaving.abort();
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #post(method: string, params: object, signal?: AbortSignal) {
    const body = JSON.stringify({ jsonrpc: '2.0', id: ++this.#id, method, params });
    const session: Record<string, string> = this.#session === '' ? {} : { 'mcp-session-id': this.#session };
    const headers = { ...this.#headers, ...session };
    return request(this.#url, { method: 'POST', headers, body, dispatcher: this.#agent, ...(signal && { signal }) });
  }
}
