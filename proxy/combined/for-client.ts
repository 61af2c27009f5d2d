import { isObject, type Json, type JsonDocument, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import { readMessage } from '../mcp/message.ts';
import { joinId, joinName, joinUri } from './names.ts';

type Change = (value: Json) => Json;

/**
 * What one server says, in names that lead back to it: URIs a client could read, ids of its own requests, tokens and
 * elicitations. Nothing within structured content or text is touched: those are no references of the protocol. Returns the very
 * document where there is nothing to name.
 */
export function forClient(server: string, document: JsonDocument): JsonDocument {
  const value = new Naming(server, document.numbers).message(document);
  return value === document.value ? document : { value, numbers: document.numbers };
}

class Naming {
  readonly #server: string;
  readonly #numbers: NumberTexts;

  constructor(server: string, numbers: NumberTexts) {
    this.#server = server;
    this.#numbers = numbers;
  }

  message(document: JsonDocument): Json {
    const message = readMessage(document);
    const { value } = document;
    if (message.kind === 'request') {
      const named = this.#within(value, 'params', (params) => this.#asked(message.method, params));
      return this.#within(named, 'id', this.#id);
    }
    if (message.kind === 'notification')
      return this.#within(value, 'params', (params) => this.#told(message.method, params));
    if (message.error !== undefined) return this.#within(value, 'error', this.#error);
    return this.#within(value, 'result', this.#result);
  }

  /** A request of the server to its client, on the wire or among the questions of a result. */
  #asked(method: string, given: Json): Json {
    const params = this.#within(given, '_meta', (meta) => this.#within(meta, 'progressToken', this.#id));
    if (method === 'sampling/createMessage') return this.#within(params, 'messages', this.#messages);
    return method === 'elicitation/create' ? this.#elicitation(params) : params;
  }

  /** A client can say of a question only at which address it was asked, so the question says which server asks. */
  readonly #elicitation: Change = (given) => {
    const signed = (message: Json) => (typeof message === 'string' ? `${this.#server}: ${message}` : message);
    return this.#within(this.#within(given, 'elicitationId', this.#name), 'message', signed);
  };

  #told(method: string, params: Json): Json {
    if (method === 'notifications/cancelled') return this.#within(params, 'requestId', this.#id);
    if (method === 'notifications/resources/updated') return this.#within(params, 'uri', this.#uri);
    return method === 'notifications/elicitation/complete' ? this.#within(params, 'elicitationId', this.#name) : params;
  }

  readonly #result: Change = (result) => {
    const contents = (value: Json) => this.#each(value, (item) => this.#within(item, 'uri', this.#uri));
    const questions = (value: Json) =>
      this.#all(value, (asked) => {
        const method = isObject(asked) && typeof asked.method === 'string' ? asked.method : '';
        return this.#within(asked, 'params', (params) => this.#asked(method, params));
      });
    let named = this.#within(result, 'content', this.#content);
    named = this.#within(named, 'messages', this.#messages);
    named = this.#within(named, 'contents', contents);
    return this.#within(named, 'inputRequests', questions);
  };

  readonly #error: Change = (error) =>
    this.#within(error, 'data', (data) => {
      // 2025-11-25, "Resources": the data of an error say which resource was not found.
      const named = this.#within(data, 'uri', this.#uri);
      return this.#within(named, 'elicitations', (value) => this.#each(value, this.#elicitation));
    });

  readonly #messages: Change = (value) => this.#each(value, (one) => this.#within(one, 'content', this.#content));

  /** One item of content, or several. */
  readonly #content: Change = (value) => {
    if (Array.isArray(value)) return this.#each(value, this.#content);
    if (!isObject(value)) return value;
    if (value.type === 'resource_link') return this.#within(value, 'uri', this.#uri);
    if (value.type === 'resource') return this.#within(value, 'resource', (one) => this.#within(one, 'uri', this.#uri));
    return value.type === 'tool_result' ? this.#within(value, 'content', this.#content) : value;
  };

  readonly #uri: Change = (uri) => (typeof uri === 'string' ? joinUri(this.#server, uri) : uri);
  readonly #name: Change = (name) => (typeof name === 'string' ? joinName(this.#server, name) : name);
  readonly #id: Change = (id) => (typeof id === 'string' || typeof id === 'number' ? joinId(this.#server, id) : id);

  #within(holder: Json, key: string, change: Change): Json {
    if (!isObject(holder) || !Object.hasOwn(holder, key)) return holder;
    const before = holder[key] ?? null;
    const after = change(before);
    return after === before ? holder : withMember(holder, key, after, this.#numbers);
  }

  #all(holder: Json, change: Change): Json {
    if (!isObject(holder)) return holder;
    let changed: JsonObject = holder;
    for (const [key, before] of Object.entries(holder)) {
      const after = change(before);
      if (after !== before) changed = withMember(changed, key, after, this.#numbers);
    }
    return changed;
  }

  #each(items: Json, change: Change): Json {
    if (!Array.isArray(items)) return items;
    const changed = items.map(change);
    if (changed.every((item, index) => item === items[index])) return items;
    const texts = this.#numbers.get(items);
    if (texts !== undefined) this.#numbers.set(changed, texts);
    return changed;
  }
}
