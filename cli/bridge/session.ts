import { asWritError } from '../../engine/errors.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import type { UpstreamAnswer } from '../../proxy/upstream/types.ts';
import { type Asked, errorCodeOf, type Member, readEnvelope } from './envelope.ts';
import { type Link, toPost } from './link.ts';

const initialized = '{"jsonrpc":"2.0","method":"notifications/initialized"}';
const renewMs = 60_000;
const mostKept = 1000;

/** What the era of sessions has a client remember: the id of the session, the version agreed on, and how it began. */
export class Session {
  readonly #link: Link;
  readonly #renewed: () => void;
  /** The client's own initialize request, byte for byte. */
  #initialize: Uint8Array | undefined;
  #id: string | undefined;
  #version: string | undefined;
  /** What a server keeps of a client for the time of a session, and has to be told again in another. */
  readonly #kept = new Map<string, Uint8Array>();
  #renewing: Promise<boolean> | undefined;

  constructor(link: Link, renewed: () => void) {
    this.#link = link;
    this.#renewed = renewed;
  }

  get id(): string | undefined {
    return this.#id;
  }

  /** Whether this client has said initialize. */
  get isBegun(): boolean {
    return this.#initialize !== undefined;
  }

  headers(): Record<string, string> {
    return {
      ...(this.#id !== undefined && { 'mcp-session-id': this.#id }),
      ...(this.#version !== undefined && { 'mcp-protocol-version': this.#version }),
    };
  }

  /** The client says initialize: what was before ends. */
  begin(initialize: Uint8Array): void {
    this.#initialize = initialize;
    this.#id = undefined;
    this.#version = undefined;
    this.#kept.clear();
  }

  /** The server has answered it. */
  open({ headers }: UpstreamAnswer, result: Json | undefined): void {
    const version = isObject(result) ? result.protocolVersion : undefined;
    this.#version = typeof version === 'string' && /^[!-~]{1,64}$/.test(version) ? version : undefined;
    const id = headers['mcp-session-id'];
    // 2025-11-25, "Session Management": visible ASCII alone.
    this.#id = typeof id === 'string' && /^[!-~]{1,4096}$/.test(id) ? id : undefined;
  }

  /** A request was answered: where it changed the session, it is said again in the next. */
  remember({ method, params }: Asked, bytes: Uint8Array): void {
    if (method === 'logging/setLevel') this.#kept.set(method, bytes);
    const { uri } = params;
    if (typeof uri !== 'string') return;
    if (method === 'resources/unsubscribe') this.#kept.delete(`resource ${uri}`);
    if (method === 'resources/subscribe' && this.#kept.size < mostKept) this.#kept.set(`resource ${uri}`, bytes);
  }

  /** Whether an answer says that the session is over (2025-11-25, "Session Management"), and not that a method is unknown. */
  isOver(answer: UpstreamAnswer): boolean {
    return answer.status === 404 && this.#id !== undefined && errorCodeOf(answer) !== -32601;
  }

  /**
   * Begins anew where the server has ended the session `ended`: a client on stdio knows nothing of sessions, so it is
   * initialized again in its own words. False where that does not lead to the version the client knows.
   */
  renew(ended: string | undefined, signal: AbortSignal): Promise<boolean> {
    if (this.#renewing !== undefined) return this.#renewing;
    if (ended === undefined || this.#initialize === undefined) return Promise.resolve(false);
    if (this.#id !== ended) return Promise.resolve(true);
    this.#renewing = this.#again(this.#initialize, AbortSignal.any([signal, AbortSignal.timeout(renewMs)]))
      .catch((cause: unknown) => {
        asWritError(cause, 'WRIT_INTERNAL');
        return false;
      })
      .finally(() => {
        this.#renewing = undefined;
      });
    return this.#renewing;
  }

  /** DELETE, 2025-11-25 "Session Management": a server may not offer it. */
  async end(signal: AbortSignal): Promise<void> {
    if (this.#id === undefined) return;
    await this.#link.request({ method: 'DELETE', headers: this.headers(), headersTimeout: 5000 }, signal);
  }

  async #again(initialize: Uint8Array, signal: AbortSignal): Promise<boolean> {
    const answer = await this.#link.request({ method: 'POST', headers: toPost, body: initialize }, signal);
    const response = await responseIn(answer);
    const version = isObject(response?.result) ? response.result.protocolVersion : undefined;
    if (response === undefined || version === undefined || version !== this.#version) return false;
    this.open(answer, response.result);
    const headers = { ...toPost, ...this.headers() };
    const accepted = await this.#link.request({ method: 'POST', headers, body: initialized }, signal);
    if (accepted.kind !== 'body' || accepted.status >= 300) return false;
    this.#renewed();
    for (const body of this.#kept.values())
      await responseIn(await this.#link.request({ method: 'POST', headers, body }, signal));
    return true;
  }
}

async function responseIn(answer: UpstreamAnswer): Promise<Extract<Member, { kind: 'response' }> | undefined> {
  if (answer.status >= 300) return undefined;
  if (answer.kind === 'body') return readEnvelope(answer.body).members.find((member) => member.kind === 'response');
  for await (const item of answer.events) {
    if (item.kind !== 'event' || item.data === '') continue;
    const found = readEnvelope(Buffer.from(item.data)).members.find((member) => member.kind === 'response');
    if (found !== undefined) return found;
  }
  return undefined;
}
