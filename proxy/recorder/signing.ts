import { createPublicKey, verify } from 'node:crypto';
import { signatureToDer } from '../../engine/audit/der.ts';
import { formatNote, signatureLine } from '../../engine/audit/note.ts';
import { type Signer, SigningError } from './signer.ts';
import type { WitnessLine } from './witness-key.ts';

/** Milliseconds for an attempt while the log is being closed. */
const HURRIED = 2_000;
/** A signer that asks for longer is asked again after this, in milliseconds. */
const LONGEST_RETRY_AFTER = 300_000;

/** That signing began to fail, or works again. */
export interface SigningNotice {
  readonly failing: boolean;
  /** Why it fails. */
  readonly detail?: string;
  /** For how long entries have gone unsigned. */
  readonly unsignedSeconds: number;
}

export interface SigningOptions {
  readonly origin: string;
  readonly signer: Signer;
  /** The key before, which signs too until `endorsed` is called. */
  readonly endorser?: Signer | undefined;
  readonly witness?: WitnessLine | undefined;
  /** Milliseconds: for one attempt; between the first two attempts that fail; and at most, as the wait doubles. */
  readonly timeout: number;
  readonly firstWait: number;
  readonly longestWait: number;
  readonly notice?: ((notice: SigningNotice) => void) | undefined;
}

/** Has checkpoints signed: every signature is verified here before it is published, and every attempt has an end. */
export class Signing {
  readonly #options: SigningOptions;
  #endorser: Signer | undefined;
  #failures = 0;
  #timeout: number;
  #attempt: AbortController | undefined;

  constructor(options: SigningOptions) {
    this.#options = options;
    this.#endorser = options.endorser;
    this.#timeout = options.timeout;
  }

  /** The note of a checkpoint's text, or when to ask again. `unsigned` is for the notice, in milliseconds. Never rejects. */
  async note(text: string, unsigned: number): Promise<{ note: string } | { note: null; again: number }> {
    const { notice } = this.#options;
    const unsignedSeconds = Math.round(unsigned / 1_000);
    try {
      const note = await this.#sign(text);
      if (this.#failures > 0) notice?.({ failing: false, unsignedSeconds });
      this.#failures = 0;
      return { note };
    } catch (error) {
      const detail = error instanceof SigningError ? error.message : 'The signer failed.';
      if (this.#failures === 0) notice?.({ failing: true, detail, unsignedSeconds });
      this.#failures++;
      return { note: null, again: this.#wait(error instanceof SigningError ? error.retryAfter : undefined) };
    }
  }

  /** A checkpoint with the signatures of both keys is published: from now on only the new one signs. */
  endorsed(): void {
    this.#endorser = undefined;
  }

  hurry(): void {
    this.#timeout = Math.min(this.#timeout, HURRIED);
    this.#attempt?.abort();
  }

  async #sign(text: string): Promise<string> {
    const { origin, signer, witness } = this.#options;
    const endorser = this.#endorser;
    this.#attempt = new AbortController();
    const signal = AbortSignal.any([this.#attempt.signal, AbortSignal.timeout(this.#timeout)]);
    const bytes = Buffer.from(text);
    const [signature, endorsement] = await Promise.all([
      signVerified(signer, bytes, signal),
      endorser && signVerified(endorser, bytes, signal),
    ]);
    const second = endorser && endorsement ? line(origin, endorser, endorsement) : '';
    return `${formatNote(text, origin, signer.spki, signature)}${second}${witness?.(bytes) ?? ''}`;
  }

  /** Doubling, with jitter over its upper half, and never sooner than the signer asked for. */
  #wait(retryAfter = 0): number {
    const { firstWait, longestWait } = this.#options;
    const wait = Math.min(longestWait, firstWait * 2 ** Math.min(this.#failures - 1, 30));
    return Math.max(wait * (0.5 + Math.random() / 2), Math.min(retryAfter, LONGEST_RETRY_AFTER));
  }
}

/** A signature that was verified with the signer's public key. Rejects once `signal` aborts, whatever the signer does. */
export async function signVerified(signer: Signer, text: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
  const given = Promise.withResolvers<never>();
  const giveUp = () => given.reject(new SigningError('The signer did not answer in time.'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    if (signal.aborted) giveUp();
    const signature = await Promise.race([signer.sign(text, signal), given.promise]);
    const key = createPublicKey({ key: Buffer.from(signer.spki), format: 'der', type: 'spki' });
    if (verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, signature)) return signature;
    throw new SigningError('The signature is not one by the key of the log.');
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

const line = (origin: string, { spki }: Signer, signature: Uint8Array) =>
  signatureLine('ecdsa-p256', origin, spki, signatureToDer(signature));
