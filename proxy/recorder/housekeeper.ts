import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, WritError } from '../../engine/errors.ts';
import type { FromThread, Request, ThreadStart, ToThread } from './protocol.ts';
import type { Signing } from './signing.ts';

/** The recorder's side of its thread: asks for work, signs for it, and knows how long entries have gone unsigned. */
export class Housekeeper {
  readonly #thread: Worker;
  readonly #start: ThreadStart;
  readonly #signing: Signing;
  readonly #published: (size: number) => void;
  readonly #halted: (error: WritError) => void;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #failure: WritError | undefined;
  #requests = 0;
  /** When the oldest entry that no checkpoint covers was appended, by performance.now(), and when one was last asked for. */
  #unsignedSince: number | undefined;
  #askedToSign = 0;

  /**
   * `unsigned`: milliseconds for which entries of the process before have gone unsigned. `published` is called with the size of
   * each new checkpoint, before another is signed; `halted` at most once, where nothing more will be integrated.
   */
  constructor(
    start: ThreadStart,
    signing: Signing,
    unsigned: number,
    published: (size: number) => void,
    halted: (error: WritError) => void,
  ) {
    this.#start = start;
    this.#signing = signing;
    this.#published = published;
    this.#halted = halted;
    if (unsigned > 0) this.#unsignedSince = performance.now() - unsigned;
    // .ts beside sources, .js in the compiled package. Node itself runs either, so the parent's loaders stay out.
    const file = new URL(`./thread${extname(import.meta.url)}`, import.meta.url);
    this.#thread = new Worker(file, {
      workerData: start,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 4 },
    });
    this.#thread.unref();
    this.#thread.on('message', (message: FromThread) => this.#hear(message));
    this.#thread.on('error', (cause) => this.#stop('WRIT_AUDIT_UNAVAILABLE', 'Its thread failed.', cause));
    this.#thread.on('exit', () => this.#stop('WRIT_AUDIT_UNAVAILABLE', 'Its thread ended.'));
  }

  /** Milliseconds for which something durable has not been covered by a checkpoint. */
  get unsigned(): number {
    return this.#unsignedSince === undefined ? 0 : performance.now() - this.#unsignedSince;
  }

  appended(): void {
    this.#unsignedSince ??= performance.now();
  }

  /** Rejects with the code that halted the thread. */
  async ask(request: Request): Promise<unknown> {
    if (this.#failure !== undefined) throw this.#failure;
    const id = this.#requests++;
    const answer = Promise.withResolvers<unknown>();
    this.#asked.set(id, answer);
    this.#thread.ref();
    this.#say({ id, request });
    try {
      return await answer.promise;
    } finally {
      if (this.#asked.size === 0) this.#thread.unref();
    }
  }

  /** Gives up the attempt to sign that is under way, and waits less for those to come: the log is about to be closed. */
  hurry(): void {
    this.#signing.hurry();
  }

  async end(): Promise<void> {
    this.#failure ??= new WritError('WRIT_AUDIT_UNAVAILABLE', 'The log is closed.');
    await this.#thread.terminate();
  }

  #say(message: ToThread): void {
    this.#thread.postMessage(message);
  }

  #hear(message: FromThread): void {
    if ('sign' in message) void this.#sign(message.sign);
    else if ('signed' in message) this.#covered(message.signed, message.size);
    else if ('halted' in message) this.#stop(message.halted.code, message.halted.detail);
    else {
      this.#asked.get(message.id)?.resolve(message.answer);
      this.#asked.delete(message.id);
    }
  }

  /** Where it fails the thread asks again; appends go on until too much has gone unsigned for too long. */
  async #sign(text: string): Promise<void> {
    this.#askedToSign = performance.now();
    this.#say(await this.#signing.note(text, this.unsigned));
  }

  #covered(frames: number, size: number): void {
    // What is durable and not covered was appended after this checkpoint was asked for.
    const behind = Atomics.load(this.#start.durable, 0) !== frames;
    this.#unsignedSince = behind ? this.#askedToSign : undefined;
    try {
      this.#published(size);
    } catch (cause) {
      this.#stop('WRIT_AUDIT_UNAVAILABLE', 'The change of the signing key cannot be written down.', cause);
    }
  }

  #stop(code: ErrorCode, detail?: string, cause?: unknown): void {
    if (this.#failure !== undefined) return;
    const failure = new WritError(code, detail, { cause });
    this.#failure = failure;
    for (const { reject } of this.#asked.values()) reject(failure);
    this.#asked.clear();
    this.#halted(failure);
  }
}
