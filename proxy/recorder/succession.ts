import type { Digest, KeyEntry } from '../../engine/audit/entry.ts';
import type { TrustedKey } from '../../engine/audit/trust.ts';
import { formatVerifierKey, keyDigest, parseVerifierKey, type VerifierKey } from '../../engine/audit/verifier-key.ts';
import { WritError } from '../../engine/errors.ts';
import type { Published } from './checkpoint-file.ts';
import type { Signer } from './signer.ts';
import { dropRotation, type Rotation, readRotation, readTrust, writeRotation, writeTrust } from './trust-file.ts';

/** The key before the configured one: its signer, or that nobody has it any more. */
export type Previous = Signer | 'lost';

/**
 * Which key signs a log, and how one follows another. A rotation is: rotation.json, a `key` entry, one checkpoint by both keys,
 * trust.json; each step is durable before the next, and a start finds out which was the last.
 */
export class Succession {
  readonly #directory: string;
  readonly #signer: Signer;
  readonly #configured: VerifierKey;
  #trust: TrustedKey[];
  #rotation: Rotation | undefined;
  /** Whether the log has the `key` entry of the rotation. */
  #entered = false;

  /** Throws WRIT_KEY_INVALID where the log is of another origin. */
  constructor(directory: string, origin: string, signer: Signer) {
    this.#directory = directory;
    this.#signer = signer;
    this.#configured = parseVerifierKey(formatVerifierKey(origin, signer.spki));
    this.#trust = readTrust(directory);
    this.#rotation = readRotation(directory);
    if (this.#trust.some(({ key }) => key.name !== origin)) {
      throw new WritError('WRIT_KEY_INVALID', 'The log in audit.directory has another origin than audit.origin.');
    }
  }

  get trust(): readonly TrustedKey[] {
    return this.#trust;
  }

  /** The key that is to follow, from the start that finds it due to its first checkpoint. */
  get rotation(): Rotation | undefined {
    return this.#rotation;
  }

  /** The key that the entries of the log name so far, for the `open` entry. */
  get current(): Digest {
    const rotation = this.#entered ? this.#rotation : undefined;
    return digestOf(rotation?.key ?? this.#trust.at(-1)?.key ?? this.#configured);
  }

  /** What the `key` entry has to say, where one is due. */
  get due(): Pick<KeyEntry, 'key' | 'kid' | 'endorsed'> | undefined {
    if (this.#rotation === undefined || this.#entered) return undefined;
    const { key, kid, endorsed } = this.#rotation;
    return { key: digestOf(key), kid, endorsed };
  }

  /**
   * Settles which key this process signs with. `entered`: whether the log has a `key` entry that brings this key in and that
   * no checkpoint covers. Returns the signer that has to sign the next checkpoint too. Throws WRIT_KEY_INVALID where the
   * change needs what the configuration does not give.
   */
  begin(
    entered: (key: Digest) => boolean,
    published: Published | undefined,
    previous: Previous | undefined,
  ): Signer | undefined {
    const pending = this.#rotation;
    if (pending !== undefined && published?.byNext === true) this.finish(published.size);
    else if (pending !== undefined) this.#entered = entered(digestOf(pending.key));
    const last = this.#trust.at(-1);
    if (last === undefined) {
      this.#trust = [{ key: this.#configured, kid: this.#signer.kid ?? null, from: 0, to: null }];
      writeTrust(this.#directory, this.#trust);
      return undefined;
    }
    if (this.#rotation !== undefined && this.#entered) return this.#resume(this.#rotation, last, previous);
    if (same(last.key, this.#configured)) {
      if (this.#rotation !== undefined) dropRotation(this.#directory);
      this.#rotation = undefined;
      this.#trust = [...this.#trust.slice(0, -1), { ...last, kid: this.#signer.kid ?? null }];
      writeTrust(this.#directory, this.#trust);
      return undefined;
    }
    const endorser = endorserOf(last, previous);
    this.#rotation = {
      key: this.#configured,
      kid: this.#signer.kid ?? null,
      endorsed: endorser !== undefined,
      before: published?.size ?? 0,
    };
    return endorser;
  }

  /** Makes a rotation that `begin` found due durable. Comes before its entry. */
  announce(): void {
    if (this.#rotation !== undefined && !this.#entered) writeRotation(this.#directory, this.#rotation);
  }

  /** A checkpoint of this size is published; where it is the first by a new key, that key is now the log's. */
  finish(size: number): void {
    const [rotation, last] = [this.#rotation, this.#trust.at(-1)];
    if (rotation === undefined || last === undefined) return;
    const { key, kid, endorsed, before } = rotation;
    const to = endorsed ? size : before;
    this.#trust = [...this.#trust.slice(0, -1), { ...last, to }, { key, kid, from: size, to: null }];
    writeTrust(this.#directory, this.#trust);
    dropRotation(this.#directory);
    this.#rotation = undefined;
    this.#entered = false;
  }

  #resume(rotation: Rotation, last: TrustedKey, previous: Previous | undefined): Signer | undefined {
    if (!same(rotation.key, this.#configured)) {
      const detail = `The log has begun to change to the key ${rotation.kid ?? digestOf(rotation.key)}: start once with that.`;
      throw new WritError('WRIT_KEY_INVALID', detail);
    }
    return rotation.endorsed ? endorserOf(last, previous === 'lost' ? undefined : previous) : undefined;
  }
}

function endorserOf({ key, kid }: TrustedKey, previous: Previous | undefined): Signer | undefined {
  if (previous === 'lost') return undefined;
  if (previous === undefined) {
    throw new WritError(
      'WRIT_KEY_INVALID',
      `The log in audit.directory is signed by another key than the one configured: ${kid ?? digestOf(key)}. To change keys, ` +
        'name that one in audit.signer.previous; docs/audit-azure.md says how.',
    );
  }
  if (keyDigest(previous.spki) === digestOf(key)) return previous;
  throw new WritError('WRIT_KEY_INVALID', 'audit.signer.previous is not the key that this log is signed by.');
}

const digestOf = ({ spki }: VerifierKey) => keyDigest(spki);
const same = (a: VerifierKey, b: VerifierKey) => digestOf(a) === digestOf(b);
