import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { formatNote } from '../../engine/audit/note.ts';
import { type ErrorCode, WritError } from '../../engine/errors.ts';
import type { FromThread, Request, ThreadStart, ToThread } from './protocol.ts';
import type { Signer } from './signer.ts';

/** The recorder's side of its thread: asks for work, signs for it, and knows how long entries have gone unsigned. */
export class Housekeeper {
  readonly #thread: Worker;
  readonly #start: ThreadStart;
  readonly #signer: Signer;
  readonly #halted: (error: WritError) => void;
  readonly #asked = new Map<number, PromiseWithResolvers<unknown>>();
  #failure: WritError | undefined;
  #requests = 0;
  /** When the oldest entry that no checkpoint covers was appended, by performance.now(). */
  #unsignedSince: number | undefined;

  /** `halted` is called at most once, where nothing more will be integrated. */
  constructor(start: ThreadStart, signer: Signer, halted: (error: WritError) => void) {
    this.#start = start;
    this.#signer = signer;
    this.#halted = halted;
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

  async end(): Promise<void> {
    this.#failure ??= new WritError('WRIT_AUDIT_UNAVAILABLE', 'The log is closed.');
    await this.#thread.terminate();
  }

  #say(message: ToThread): void {
    this.#thread.postMessage(message);
  }

  #hear(message: FromThread): void {
    if ('sign' in message) void this.#sign(message.sign);
    else if ('signed' in message) {
      const behind = Atomics.load(this.#start.durable, 0) !== message.signed;
      this.#unsignedSince = behind ? performance.now() : undefined;
    } else if ('halted' in message) this.#stop(message.halted.code, message.halted.detail);
    else {
      this.#asked.get(message.id)?.resolve(message.answer);
      this.#asked.delete(message.id);
    }
  }

  async #sign(text: string): Promise<void> {
    try {
      const signature = await this.#signer.sign(Buffer.from(text));
      this.#say({ note: formatNote(text, this.#start.origin, this.#signer.spki, signature) });
    } catch {
      // The thread asks again; appends go on until too much has gone unsigned for too long.
      this.#say({ note: null });
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
