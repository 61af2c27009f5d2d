import { asWritError } from '../../engine/errors.ts';
import { type Envelope, modernVersionOf, readEnvelope } from './envelope.ts';
import { toPost } from './link.ts';
import { modernHeaders } from './modern-headers.ts';
import type { Party } from './party.ts';

/** Answers of the client under way at once, beyond which no more is read of it. */
const mostAnswers = 64;
/** A message that awaits no answer is only taken in. */
const headersMs = 30_000;

/** Messages that await no answer, in both directions. */
export class Notices {
  readonly #party: Party;
  readonly #answers = new Set<Promise<unknown>>();

  constructor(party: Party) {
    this.#party = party;
  }

  /** Sends a notification. Whether the server took it; it never rejects, as nobody could be told. */
  async tell(envelope: Envelope): Promise<boolean> {
    const { link, session, params, note } = this.#party;
    try {
      const [first] = envelope.members;
      const version = first === undefined ? undefined : modernVersionOf(first);
      const own = () =>
        first === undefined || first.kind === 'response' || version === undefined
          ? session.headers()
          : modernHeaders(first, version, params);
      const signal = AbortSignal.timeout(headersMs);
      const { bytes: body } = envelope;
      const post = () =>
        link.request({ method: 'POST', headers: { ...toPost, ...own() }, body, headersTimeout: headersMs }, signal);
      const { id } = session;
      let answer = await post();
      if (session.isOver(answer) && (await session.renew(id, signal))) answer = await post();
      if (answer.status >= 300) note(`a message that awaits no answer was refused: HTTP ${answer.status}`);
      return answer.status < 300;
    } catch (cause) {
      note(asWritError(cause, 'WRIT_INTERNAL').message);
      return false;
    }
  }

  /** Sends the client's answer to a request of the server. */
  async answer(envelope: Envelope): Promise<void> {
    const { session, note } = this.#party;
    // 2026-07-28, "Sending Messages": a client sends no responses.
    if (!session.isBegun) return note('an answer is not passed on: in this protocol version the server asks nothing');
    while (this.#answers.size >= mostAnswers) await Promise.race(this.#answers);
    const sent = this.tell(envelope).finally(() => this.#answers.delete(sent));
    this.#answers.add(sent);
  }

  /** Passes on what the server says of its own accord. Answers have no place there. */
  async deliver(data: string): Promise<void> {
    const { output, note } = this.#party;
    let message: Envelope;
    try {
      message = readEnvelope(Buffer.from(data));
    } catch (cause) {
      return note(`an event of the server's stream is no message: ${asWritError(cause, 'WRIT_INTERNAL').message}`);
    }
    if (message.members.some(({ kind }) => kind === 'response'))
      return note('an answer to no request is not passed on');
    await output.write(data);
  }
}
