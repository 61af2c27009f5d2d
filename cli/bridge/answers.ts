import type { WritError } from '../../engine/errors.ts';
import type { JsonText } from '../../engine/json/splice-member.ts';
import type { UpstreamAnswer } from '../../proxy/upstream/types.ts';
import type { Asked, Envelope, Member } from './envelope.ts';
import { failureLine, withId } from './failure.ts';
import type { Party } from './party.ts';

type Response = Extract<Member, { kind: 'response' }>;

/** The requests on one line that are not answered yet. Each is answered once, or left. */
export class Answers {
  readonly #party: Party;
  readonly #envelope: Envelope;
  /** The version of the stateless era; undefined in the era of sessions. */
  readonly #version: string | undefined;
  readonly #pending: Map<string, Asked>;
  readonly #settled = Promise.withResolvers<void>();

  constructor(party: Party, envelope: Envelope, version: string | undefined) {
    this.#party = party;
    this.#envelope = envelope;
    this.#version = version;
    this.#pending = new Map(asked(envelope).map((each) => [each.id, each]));
  }

  /** Resolves when none is pending. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  get pending(): Asked[] {
    return [...this.#pending.values()];
  }

  has(id: string): boolean {
    return this.#pending.has(id);
  }

  /** Nothing more is said of any. */
  leave(): void {
    this.#pending.clear();
    this.#settled.resolve();
  }

  /** Passes a message of the server on, byte for byte, where it belongs here. */
  async deliver(message: Envelope, text: JsonText, answer: UpstreamAnswer): Promise<void> {
    const { output, note } = this.#party;
    if (this.#pending.size === 0) return;
    let line = text;
    for (const member of message.members) {
      if (member.kind === 'notification') continue;
      if (member.kind === 'request') {
        if (this.#version === undefined) continue;
        return note('a request of the server is not passed on: in this protocol version it makes none');
      }
      const id = this.#answered(member);
      if (id === undefined) return note('an answer to another request is not passed on');
      if (member.id === null) line = withId(text, message.value, id);
      this.#heed(this.#pending.get(id), member, answer);
      this.#pending.delete(id);
    }
    await output.write(line);
    if (this.#pending.size === 0) this.#settled.resolve();
  }

  /** Answers all that are pending by an error. */
  async fail(error: WritError): Promise<void> {
    const { output, note } = this.#party;
    const unanswered = this.pending;
    this.#pending.clear();
    if (unanswered.length > 0) note(error.message);
    for (const request of unanswered) {
      // 2026-07-28, "Subscriptions": so a server on stdio ends one.
      const over = `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":${request.id}}}`;
      await output.write(isLong(request) && error.code !== 'WRIT_LOGIN_NEEDED' ? over : failureLine(error, request.id));
    }
    this.#settled.resolve();
  }

  /** The id that is answered. An error without an id is of the exchange it came in, where that has but one request. */
  #answered({ id, error }: Response): string | undefined {
    if (id !== null) return this.#pending.has(id) ? id : undefined;
    const [only] = this.#pending.keys();
    return error !== undefined && this.#pending.size === 1 ? only : undefined;
  }

  /** What the bridge itself needs to know is known before the client goes on. */
  #heed(request: Asked | undefined, { result }: Response, answer: UpstreamAnswer): void {
    const { session, params, note } = this.#party;
    if (result === undefined || request === undefined) return;
    if (this.#version === undefined) {
      if (request.method === 'initialize') session.open(answer, result);
      else if (this.#envelope.members.length === 1) session.remember(request, this.#envelope.bytes);
    }
    if (request.method !== 'tools/list') return;
    const wrong = params.learn(result);
    if (wrong.length > 0) note(`x-mcp-header is not as the specification has it: ${wrong.join(', ')}`);
  }
}

export function asked({ members }: Envelope): Asked[] {
  return members.filter((member) => member.kind === 'request');
}

/** Whether it goes on until somebody ends it. */
export function isLong({ method }: Asked): boolean {
  return method === 'subscriptions/listen';
}
