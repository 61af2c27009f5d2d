import { WritError } from '../../engine/errors.ts';
import type { UpstreamAnswer } from '../../proxy/upstream/types.ts';
import type { Identity } from '../login/identity.ts';
import { asGatewayError } from './failure.ts';
import type { Endpoint, SendOptions } from './http.ts';

/** The endpoint with the token of whoever uses it. */
export class Link {
  readonly #endpoint: Endpoint;
  readonly #identity: Identity;

  constructor(endpoint: Endpoint, identity: Identity) {
    this.#endpoint = endpoint;
    this.#identity = identity;
  }

  /**
   * Sends a request, and once more where its token was refused and there is a newer one. `signal` ends it and the stream it
   * is answered with. Rejects with WRIT_GATEWAY_* or WRIT_LOGIN_*.
   */
  async request(options: SendOptions, signal: AbortSignal): Promise<UpstreamAnswer> {
    for (let again = false; ; again = true) {
      const token = await this.#identity.token();
      if (signal.aborted) throw new WritError('WRIT_GATEWAY_UNREACHABLE', 'It was not asked.');
      const headers = { ...options.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
      const sent = this.#endpoint.send({ ...options, headers });
      signal.addEventListener('abort', sent.abort);
      const over = () => signal.removeEventListener('abort', sent.abort);
      const answer = await sent.answer.catch((cause: unknown) => {
        over();
        throw asGatewayError(cause);
      });
      if (answer.kind === 'events') return { ...answer, events: until(answer.events, over) };
      over();
      if (answer.status !== 401 || again) return answer;
      const challenge = answer.headers['www-authenticate'];
      if (!(await this.#identity.refused(token, Array.isArray(challenge) ? challenge.join(', ') : challenge)))
        return answer;
    }
  }
}

async function* until<T>(items: AsyncIterable<T>, over: () => void): AsyncGenerator<T> {
  try {
    yield* items;
  } finally {
    over();
  }
}

export const toPost = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
