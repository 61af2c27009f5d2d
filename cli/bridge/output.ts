import type { Writable } from 'node:stream';
import type { JsonText } from '../../engine/json/splice-member.ts';

/** Standard output, on which nothing but messages may stand, each on a line of its own. */
export class Output {
  readonly #stream: Writable;
  /** Settles when there is room again; undefined where there is. */
  #full: PromiseWithResolvers<void> | undefined;

  constructor(stream: Writable) {
    this.#stream = stream;
    const release = () => {
      this.#full?.resolve();
      this.#full = undefined;
    };
    stream.on('drain', release).on('close', release);
  }

  /** Writes one message. Resolves when there is room for the next: whoever waits holds its own source back. */
  async write(message: JsonText): Promise<void> {
    const stream = this.#stream;
    while (this.#full !== undefined) await this.#full.promise;
    if (stream.destroyed || stream.writableEnded) return;
    if (!stream.write(Buffer.concat([oneLine(Buffer.from(message)), newline])) && !stream.destroyed)
      this.#full ??= Promise.withResolvers();
  }
}

const newline = Buffer.from('\n');

/** In JSON a line break stands between tokens alone, where a space says the same. */
function oneLine(bytes: Buffer): Buffer {
  for (const mark of [10, 13])
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) bytes[at] = 32;
  return bytes;
}
