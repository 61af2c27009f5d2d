import { asWritError, WritError } from '../../engine/errors.ts';
import type { StreamItem, UpstreamAnswer } from '../../proxy/upstream/types.ts';
import { Answers, isLong } from './answers.ts';
import { Backoff } from './backoff.ts';
import { type Envelope, envelopeIn, errorCodeOf } from './envelope.ts';
import { asGatewayError } from './failure.ts';
import { learnTools } from './learn-tools.ts';
import { toPost } from './link.ts';
import { modernHeaders } from './modern-headers.ts';
import type { Party } from './party.ts';
import { isMessage } from './server-stream.ts';

/** How often in a row a stream that broke off is asked for again before its requests fail. */
const mostResumptions = 5;
/** How long a server may take to end a stream on which everything is said. */
const endMs = 1000;

/** The requests on one line, until each is answered: by the server, or by an error that says why not. */
export class Exchange {
  readonly #party: Party;
  readonly #envelope: Envelope;
  readonly #answers: Answers;
  readonly #leave = new AbortController();
  /** The version of the stateless era it is of; undefined in the era of sessions. */
  readonly version: string | undefined;
  /** Whether it ends by itself, as a subscription does not. */
  readonly ends: boolean;

  constructor(party: Party, envelope: Envelope, version: string | undefined) {
    this.#party = party;
    this.#envelope = envelope;
    this.#answers = new Answers(party, envelope, version);
    this.version = version;
    this.ends = !this.#answers.pending.some(isLong);
  }

  /** In bytes. */
  get size(): number {
    return this.#envelope.bytes.length;
  }

  /** Resolves when each request is answered, or left. */
  get settled(): Promise<void> {
    return this.#answers.settled;
  }

  has(id: string): boolean {
    return this.#answers.has(id);
  }

  /** The client no longer waits: nothing more is said of it. In the stateless era that tells the server, too. */
  leave(): void {
    this.#answers.leave();
    this.#leave.abort();
  }

  /** Never rejects. */
  async run(): Promise<void> {
    try {
      if (this.#leave.signal.aborted) return;
      const answer = await this.#ask();
      if (answer.kind === 'body') await this.#takeBody(answer);
      else await this.#takeEvents(answer);
    } catch (cause) {
      await this.#answers.fail(asGatewayError(cause));
    }
  }

  async #ask(): Promise<UpstreamAnswer> {
    const { link, session } = this.#party;
    const signal = this.#leave.signal;
    const body = this.#envelope.bytes;
    const long = !this.ends;
    const [first] = this.#answers.pending;
    if (first?.method === 'initialize' && this.version === undefined) session.begin(body);
    const post = () => link.request({ method: 'POST', headers: { ...toPost, ...this.#headers() }, body, long }, signal);
    const { id } = session;
    const answer = await post();
    if (this.version === undefined)
      return session.isOver(answer) && (await session.renew(id, signal)) ? await post() : answer;
    // 2026-07-28, "Client Behavior": the tool may want headers that nobody here knows of yet.
    if (answer.status !== 400 || errorCodeOf(answer) !== -32020) return answer;
    const before = JSON.stringify(this.#headers());
    await learnTools(this.#party, this.version, first, signal);
    return JSON.stringify(this.#headers()) === before ? answer : await post();
  }

  #headers(): Record<string, string> {
    const [first] = this.#envelope.members;
    if (this.version === undefined || first === undefined || first.kind === 'response')
      return this.#party.session.headers();
    return modernHeaders(first, this.version, this.#party.params);
  }

  async #takeBody(answer: Extract<UpstreamAnswer, { kind: 'body' }>): Promise<void> {
    const message = envelopeIn(answer.body);
    if (message !== undefined) await this.#answers.deliver(message, answer.body, answer);
    const { status } = answer;
    const detail = status < 300 ? 'It did not answer the request.' : `It answered with HTTP ${status}.`;
    // What stands before a gateway says by these that there is none just now.
    const isAway = status === 502 || status === 503 || status === 504;
    await this.#answers.fail(new WritError(isAway ? 'WRIT_GATEWAY_UNREACHABLE' : 'WRIT_GATEWAY_INVALID', detail));
  }

  /** A stream, and in the era of sessions what it goes on with where it breaks off. */
  async #takeEvents(first: UpstreamAnswer): Promise<void> {
    const backoff = new Backoff();
    let last: string | undefined;
    const hear = (item: StreamItem): void => {
      if (item.kind === 'retry') backoff.ask(item.milliseconds);
      if (item.kind === 'event' && item.id !== undefined) {
        last = item.id;
        backoff.reset();
      }
    };
    let answer = first;
    for (;;) {
      let why = new WritError('WRIT_GATEWAY_INVALID', 'The stream ended before the answer.');
      try {
        if (answer.kind === 'events') await this.#takeStream(answer, hear);
        else why = new WritError('WRIT_GATEWAY_INVALID', `The stream cannot be resumed: HTTP ${answer.status}.`);
      } catch (cause) {
        why = asGatewayError(cause);
      }
      if (this.#answers.pending.length === 0) return;
      const isRefused = answer.kind === 'body' && answer.status < 500;
      if (this.version !== undefined || last === undefined || isRefused || backoff.failures >= mostResumptions)
        return await this.#answers.fail(why);
      await backoff.wait(this.#leave.signal);
      answer = await this.#resume(last);
    }
  }

  async #resume(last: string): Promise<UpstreamAnswer> {
    const { link, session, note } = this.#party;
    const headers = { accept: 'text/event-stream', ...session.headers(), 'last-event-id': last };
    return link.request({ method: 'GET', headers, long: true }, this.#leave.signal).catch((cause: unknown) => {
      note(asWritError(cause, 'WRIT_INTERNAL').message);
      return { kind: 'body', status: 503, headers: {}, body: Buffer.alloc(0) } as const;
    });
  }

  async #takeStream(answer: Extract<UpstreamAnswer, { kind: 'events' }>, hear: (item: StreamItem) => void) {
    let end: NodeJS.Timeout | undefined;
    try {
      for await (const item of answer.events) {
        hear(item);
        if (item.kind !== 'event' || item.data === '' || !isMessage(item.event)) continue;
        const message = envelopeIn(Buffer.from(item.data));
        if (message === undefined) throw new WritError('WRIT_GATEWAY_INVALID', 'An event is no message.');
        await this.#answers.deliver(message, item.data, answer);
        // What comes after the last answer belongs to nobody.
        if (this.#answers.pending.length === 0) end ??= setTimeout(() => this.#leave.abort(), endMs);
      }
    } finally {
      clearTimeout(end);
    }
  }
}
