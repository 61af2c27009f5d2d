import {
  type BrotliDecompress,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
  type Gunzip,
  type Inflate,
  type ZstdDecompress,
} from 'node:zlib';
import { WritError } from '../../engine/errors.ts';

/** What holds its source back, and lets it go on. */
interface Flow {
  pause(): void;
  resume(): void;
}

/** Where decoded bytes go: as much as there is at once, then an end, or a refusal. */
export interface Sink {
  data(chunk: Buffer): void;
  end(): void;
  /** WRIT_UPSTREAM_INVALID; nothing follows it. */
  refuse(error: WritError): void;
}

type Transform = Gunzip | Inflate | BrotliDecompress | ZstdDecompress;

// What follows the end of the coded bytes is read by some and not by others.
const strict = { rejectGarbageAfterEnd: true };
/** RFC 9110, 8.4.1, and RFC 9659: a window of zstd over HTTP is at most 8 MiB. */
const codings: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', () => createGunzip(strict)],
  ['x-gzip', () => createGunzip(strict)],
  ['deflate', () => createInflate(strict)],
  ['br', () => createBrotliDecompress(strict)],
  ['zstd', () => createZstdDecompress({ ...strict, params: { [constants.ZSTD_d_windowLogMax]: 23 } })],
]);

/** Decoded bytes that any answer may have, and how many there may be to each coded byte beyond that. */
const free = 1_048_576;
const mostRatio = 250;

/** Whether an answer has to be decoded. Throws WRIT_UPSTREAM_INVALID for a coding that is unknown, or more than one. */
export function codingOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const coding = typeof header === 'string' ? header.trim().toLowerCase() : '';
  if (coding === 'identity') return undefined;
  if (!codings.has(coding)) throw invalid('Its content coding is unknown, or one of several.');
  return coding;
}

/**
 * Decodes one answer as it comes, each part at once, so that an event that was flushed is shown. Holds the source back while
 * the sink is paused, or bytes come faster than they are decoded. Bytes that do not decode, that end early or go on after their
 * end, and those that grow beyond reason are refused, of which no more than 16 KiB at a time is ever decoded.
 */
export class Decoder implements Flow {
  readonly #transform: Transform;
  readonly #source: Flow;
  readonly #sink: Sink;
  #coded = 0;
  #decoded = 0;
  #over = false;

  constructor(coding: string, source: Flow, sink: Sink) {
    const create = codings.get(coding);
    if (create === undefined) throw invalid('Its content coding is unknown.');
    this.#source = source;
    this.#sink = sink;
    this.#transform = create();
    this.#transform.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#transform.on('drain', () => this.#source.resume());
    this.#transform.once('end', () => {
      if (this.#over) return;
      this.#over = true;
      sink.end();
    });
    this.#transform.on('error', (cause) => this.#refuse('Its content coding is broken.', cause));
  }

  /** Coded bytes. */
  feed(chunk: Uint8Array): void {
    if (this.#over) return;
    this.#coded += chunk.length;
    if (!this.#transform.write(chunk)) this.#source.pause();
  }

  /** No more coded bytes come. Of none at all nothing is decoded. */
  end(): void {
    if (this.#over) return;
    if (this.#coded > 0) this.#transform.end();
    else {
      this.destroy();
      this.#sink.end();
    }
  }

  pause(): void {
    this.#transform.pause();
  }

  resume(): void {
    this.#transform.resume();
  }

  /** Lets go of everything; the sink hears no more. */
  destroy(): void {
    this.#over = true;
    this.#transform.destroy();
  }

  #take(chunk: Buffer): void {
    if (this.#over) return;
    this.#decoded += chunk.length;
    if (this.#decoded > free + this.#coded * mostRatio) this.#refuse('It grows too much where it is decoded.');
    else this.#sink.data(chunk);
  }

  #refuse(detail: string, cause?: unknown): void {
    if (this.#over) return;
    this.destroy();
    this.#sink.refuse(invalid(detail, cause));
  }
}

function invalid(detail: string, cause?: unknown): WritError {
  return new WritError('WRIT_UPSTREAM_INVALID', detail, { cause });
}
