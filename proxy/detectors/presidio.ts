import { type Dispatcher, Pool } from 'undici';
import type { Found } from '../../engine/detect/types.ts';
import { WritError } from '../../engine/errors.ts';
import type { PresidioConfig } from '../config/types.ts';
import { readAnswer, readEntities } from './read-answer.ts';

/** Texts under way at once, of all messages together. */
const concurrent = 8;
/** Texts and characters of one message; one of more is refused. spaCy takes no text of more. */
const mostTexts = 2_000;
const mostCharacters = 1_000_000;
/** Bytes of one answer. */
const mostBytes = 1_048_576;
/** What one message may take, in times of what one text may. */
const longest = 10;

/** Finds values in texts by a Presidio analyzer (Microsoft Presidio, "Presidio Analyzer REST API"). */
export class Presidio {
  readonly #config: PresidioConfig;
  readonly #pool: Pool;
  readonly #path: string;

  /** Connects to nothing yet. */
  constructor(config: PresidioConfig) {
    const { origin, pathname } = new URL(config.url);
    this.#config = config;
    this.#path = pathname.replace(/\/+$/, '');
    this.#pool = new Pool(origin, {
      connections: concurrent,
      pipelining: 1,
      maxHeaderSize: 16_384,
      connect: { timeout: config.timeout, minVersion: 'TLSv1.2' },
    });
  }

  /**
   * What is in each of the texts of one message.
   * @throws WritError WRIT_DETECTOR_UNAVAILABLE where it does not say so of every one; WRIT_MASK_FAILED for too many texts.
   * Neither tells what they say.
   */
  async find(texts: readonly string[]): Promise<Map<string, Found[]>> {
    const characters = texts.reduce((sum, { length }) => sum + length, 0);
    if (texts.length > mostTexts || characters > mostCharacters)
      throw new WritError('WRIT_MASK_FAILED', 'The message has more text than Presidio is asked about.');
    const found = new Map<string, Found[]>();
    const giveUp = new AbortController();
    const within = AbortSignal.any([giveUp.signal, AbortSignal.timeout(longest * this.#config.timeout)]);
    const waiting = texts.values();
    const work = async () => {
      for (const text of waiting) found.set(text, await this.#ask(text, within));
    };
    try {
      const workers = Array.from({ length: Math.min(concurrent, texts.length) }, work);
      await Promise.all([texts.length > 0 && this.#looksForAll(within), ...workers]);
    } finally {
      giveUp.abort();
    }
    return found;
  }

  /** Breaks off whatever is under way. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #ask(text: string, within: AbortSignal): Promise<Found[]> {
    const { language, score_threshold, entities } = this.#config;
    // A half of a pair of surrogates is no text elsewhere; what stands for it is one code point as well.
    const asked = { text: text.toWellFormed(), language, score_threshold, ...(entities && { entities }) };
    return readAnswer(await this.#request('/analyze', within, asked), text, score_threshold);
  }

  /** Presidio leaves out, and does not say, which of the entities it is asked for it has no recognizer for. */
  async #looksForAll(within: AbortSignal): Promise<void> {
    const { language, entities } = this.#config;
    if (entities === undefined) return;
    const known = readEntities(await this.#request(`/supportedentities?language=${language}`, within));
    if (entities.some((entity) => !known.has(entity)))
      throw unavailable('It does not look for all entities that are configured.');
  }

  /** POST with a body, GET without one. */
  async #request(path: string, within: AbortSignal, json?: object): Promise<string> {
    const signal = AbortSignal.any([within, AbortSignal.timeout(this.#config.timeout)]);
    let answer: Dispatcher.ResponseData;
    let body: string;
    try {
      answer = await this.#pool.request({
        path: this.#path + path,
        method: json === undefined ? 'GET' : 'POST',
        headers: { accept: 'application/json', ...(json && { 'content-type': 'application/json' }) },
        body: json === undefined ? null : JSON.stringify(json),
        signal,
      });
      body = await bounded(answer.body);
    } catch {
      // What failed may hold what was asked, so it is no cause.
      throw unavailable('It cannot be reached, takes too long, or says too much.');
    }
    if (answer.statusCode !== 200) throw unavailable(`It answered with HTTP status ${answer.statusCode}.`);
    return body;
  }
}

function unavailable(detail: string): WritError {
  return new WritError('WRIT_DETECTOR_UNAVAILABLE', detail);
}

async function bounded(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw unavailable('It says too much.');
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
