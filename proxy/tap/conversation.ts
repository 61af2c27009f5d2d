import { asWritError } from '../../engine/errors.ts';
import type { SeenCall } from '../../engine/fixtures/record/session.ts';
import { parse } from '../../engine/json/parse.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';

/** A message larger than this passes, but is not recorded. */
export const largest = 64 * 1024 * 1024;

/** Requests that set up or end a session, or whose answer is not the answer of a call. */
const unrecorded =
  /^(?:initialize|ping|server\/discover|logging\/setLevel|subscriptions\/.*|tasks\/.*|resources\/(?:un)?subscribe)$/;

/** -32601: a client that asks what a server can do; -32020 and -32022: one that looks for a version both speak. */
const refusals = new Set<Json>([-32601, -32020, -32022]);

interface Pending {
  readonly key: string;
  readonly method: string;
  readonly params: JsonObject;
  /** Undefined until it is answered; null for an answer that is none to record. */
  call: SeenCall | null | undefined;
  /** Nobody waits for it any more, though an answer may still come. */
  left: boolean;
}

/** Listens to both sides of MCP sessions and tells of each call that was answered, in the order of the requests. */
export class Conversation {
  readonly #tell: (call: SeenCall) => void;
  readonly #pending: Pending[] = [];
  /** Messages that are no JSON-RPC, or of several rounds: they passed, and are not recorded. */
  unread = 0;

  constructor(tell: (call: SeenCall) => void) {
    this.#tell = tell;
  }

  /** A message or batch of a client. `channel` tells sessions apart, where ids are used anew. Returns the keys of its requests. */
  fromClient(bytes: Uint8Array, channel: string): string[] {
    return this.#messages(bytes).flatMap(({ id, method, params }) => {
      if (typeof method !== 'string' || id === undefined || unrecorded.test(method)) return [];
      const key = keyOf(channel, id);
      this.#pending.push({ key, method, params: isObject(params) ? params : {}, call: undefined, left: false });
      return [key];
    });
  }

  fromServer(bytes: Uint8Array, channel: string): void {
    for (const message of this.#messages(bytes)) {
      const { id, result, error } = message;
      if (id === undefined || 'method' in message) continue;
      const key = keyOf(channel, id);
      const asked = this.#pending.find((each) => each.key === key && each.call === undefined);
      if (asked === undefined) continue;
      asked.call = this.#answered(asked, result, error);
      if (asked.left) this.#flush(asked);
    }
    this.#advance();
  }

  /** Requests whose answer does not come the way they went: they no longer hold up what came after them. */
  leave(keys: readonly string[]): void {
    for (const each of this.#pending) if (keys.includes(each.key) && each.call === undefined) each.left = true;
    this.#advance();
  }

  /** Tells of what was answered behind a request that never was. */
  close(): void {
    for (const each of this.#pending) each.left = true;
    this.#advance();
  }

  #answered({ method, params }: Pending, result: Json | undefined, error: Json | undefined): SeenCall | null {
    if (error !== undefined) {
      return isObject(error) && refusals.has(error.code ?? null) ? null : { method, params, result: undefined };
    }
    const final = isObject(result) && (result.resultType === undefined || result.resultType === 'complete');
    // A task, or a question back: what the call comes to is said in another message.
    if (!final || 'task' in params || 'inputResponses' in params) {
      this.unread++;
      return null;
    }
    return { method, params, result };
  }

  #advance(): void {
    for (const each of [...this.#pending]) {
      if (each.call !== undefined) this.#flush(each);
      else if (!each.left) return;
    }
  }

  #flush(asked: Pending): void {
    this.#pending.splice(this.#pending.indexOf(asked), 1);
    if (asked.call) this.#tell(asked.call);
  }

  #messages(bytes: Uint8Array): JsonObject[] {
    if (bytes.length === 0) return [];
    try {
      const { value } = parse(bytes, { direction: 'to-client', maxBytes: largest });
      return (Array.isArray(value) ? value : [value]).filter(isObject);
    } catch (cause) {
      asWritError(cause, 'WRIT_JSON_INVALID');
      this.unread++;
      return [];
    }
  }
}

/** JSON-RPC ids are kept exactly: 1 is not "1". */
function keyOf(channel: string, id: Json): string {
  return `${channel}\n${JSON.stringify(id)}`;
}
