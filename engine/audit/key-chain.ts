import type { Digest, Entry, KeyEntry } from './entry.ts';
import type { ProblemCode } from './report.ts';
import type { TrustedKey } from './trust.ts';
import { keyDigest, type VerifierKey } from './verifier-key.ts';

type Complain = (code: ProblemCode, message: string) => void;

/** The signing keys a log names, checked as its entries come by: each follows from the one before, and from trust.json. */
export class KeyChain {
  readonly #trust: readonly TrustedKey[];
  readonly #complain: Complain;
  /** How many keys the log has named so far. */
  #named = 0;
  #current: Digest | undefined;
  /** The key before, where it signs the next checkpoint too. */
  #endorser: Digest | undefined;

  /** Without trust (an empty list) only the log's own order is judged. */
  constructor(trust: readonly TrustedKey[], complain: Complain) {
    this.#trust = trust;
    this.#complain = complain;
  }

  add(entry: Entry, index: number): void {
    if (entry.kind === 'open') {
      if (this.#current === undefined) this.#name(entry.key);
      else if (entry.key !== this.#current) {
        this.#complain('key-order', 'The log was opened with a key that no entry brought in.');
      }
    } else if (entry.kind === 'key') {
      if (entry.previous !== this.#current) this.#complain('key-order', 'A key follows one that was not in use.');
      this.#endorser = entry.endorsed ? entry.previous : undefined;
      this.#name(entry.key);
      this.#placed(entry, index);
    }
  }

  /** Whether the key in use at the end is among `keys`, or the one that endorsed it. */
  accepts(keys: readonly VerifierKey[]): boolean {
    if (this.#current === undefined) return true;
    return keys.some(({ spki }) => [this.#current, this.#endorser].includes(keyDigest(spki)));
  }

  /** What must hold at the end, for a checkpoint of this size. */
  end(size: number): void {
    if (this.#trust.length > 0 && this.#named !== this.#trust.filter(({ from }) => from <= size).length) {
      this.#complain('key-order', 'The trust file has other keys up to this size than the log names.');
    }
  }

  #name(key: Digest): void {
    const trusted = this.#trust[this.#named++];
    this.#current = key;
    if (this.#trust.length > 0 && (trusted === undefined || keyDigest(trusted.key.spki) !== key)) {
      this.#complain('key-order', 'The log names a key that the trust file does not have there.');
    }
  }

  /** The entry lies between the last checkpoint of the old key alone and the first of the new one. */
  #placed({ endorsed }: KeyEntry, index: number): void {
    const [before, after] = [this.#trust[this.#named - 2], this.#trust[this.#named - 1]];
    if (before === undefined || after === undefined) return;
    const sized =
      index < after.from && before.to !== null && (endorsed ? before.to === after.from : before.to <= index);
    if (!sized) this.#complain('key-order', 'The sizes in the trust file are not those at which the key changed.');
  }
}
