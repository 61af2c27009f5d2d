import { asWritError, type WritError } from '../../engine/errors.ts';
import type { TokenIssuer } from '../../engine/masking/types.ts';
import type { Identity } from '../../engine/policy/types.ts';
import type { Keys } from '../recorder/keys.ts';
import type { Store } from '../store/store.ts';
import { revocations } from '../store/value-token-rows.ts';
import { dropExpired } from '../store/value-tokens.ts';
import { TokenCipher } from './cipher.ts';
import { type Holder, Issuer } from './issuer.ts';
import { type Resolved, resolveTokens, TokenFlaw, type TokenUse } from './resolve.ts';

const pollMs = 2_000;
/** Looks between two sweeps. */
const sweepEvery = 30;
/** Expired tokens that one sweep takes out, and how many at once. */
const mostSwept = 10_000;
const sweptAtOnce = 200;

/** A caller, or a call of one. */
type Of = { caller: Identity };

/** Reversible tokens, as the steps of a call use them. */
export interface Tokens {
  /** Undefined for callers without a name: anyone could use what one of them was given, so a mask that tokenises fails. */
  issuerFor(of: Of): TokenIssuer | undefined;
  /** Whether this gateway gave a token out for this caller, as far as it remembers. */
  gave(of: Of, token: string): boolean;
  /**
   * Comes before anything with new tokens in it is shown or sent. Rejects with WRIT_STORE_*, or WRIT_MASK_TOKEN_LIMIT; what holds
   * the tokens is refused then. Undefined where nothing waits.
   */
  flush(of: Of): Promise<void> | undefined;
  /** What tokens stand for, in the order of their uses. Rejects with WRIT_MASK_TOKEN_INVALID or WRIT_STORE_*. */
  resolve(of: Of & { id: string }, uses: readonly TokenUse[]): Promise<Resolved[]>;
}

export interface TokensOptions {
  keys: Keys;
  /** RFC 3339, never going back. */
  now: () => string;
  /** Good tokens that one caller may hold. */
  most: number;
  /** Told why a token was refused; `token` is as the store knows it. */
  refused?: (about: { call: string; token: string; why: string }) => void;
  /** Told of a look at the store that failed. */
  failed?: (error: WritError) => void;
}

/** Tokens in a store that several gateways may share. */
export class StoredTokens implements Tokens {
  readonly #store: Store;
  readonly #options: TokensOptions;
  readonly #cipher: TokenCipher;
  readonly #issuer: Issuer;
  #revision: number;
  #looks = 0;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  private constructor(store: Store, options: TokensOptions, revision: number) {
    this.#store = store;
    this.#options = options;
    this.#revision = revision;
    this.#cipher = new TokenCipher(options.keys);
    this.#issuer = new Issuer({ store, cipher: this.#cipher, now: options.now, most: options.most });
  }

  /** Goes on looking at the store until it is closed. Rejects with WRIT_STORE_*. */
  static async open(store: Store, options: TokensOptions): Promise<StoredTokens> {
    const tokens = new StoredTokens(store, options, await revocations(store));
    tokens.#timer = setInterval(() => void tokens.#tick(), pollMs);
    tokens.#timer.unref();
    return tokens;
  }

  issuerFor({ caller }: Of): TokenIssuer | undefined {
    if (caller.kind === 'anonymous') return undefined;
    let holder: Holder | undefined;
    return (request) => {
      holder ??= this.#holder(caller);
      return this.#issuer.issue(holder, request);
    };
  }

  gave({ caller }: Of, token: string): boolean {
    return caller.kind !== 'anonymous' && this.#issuer.gave(this.#holder(caller), token);
  }

  flush({ caller }: Of): Promise<void> | undefined {
    return this.#issuer.waits && caller.kind !== 'anonymous' ? this.#issuer.flush(this.#holder(caller)) : undefined;
  }

  async resolve({ id, caller }: Of & { id: string }, uses: readonly TokenUse[]): Promise<Resolved[]> {
    const { now, refused } = this.#options;
    try {
      if (caller.kind === 'anonymous') throw new TokenFlaw('of another caller', '');
      const asked = { store: this.#store, cipher: this.#cipher, now: now() };
      return await resolveTokens(asked, this.#holder(caller), uses);
    } catch (cause) {
      if (cause instanceof TokenFlaw) refused?.({ call: id, token: cause.id.slice(0, 12), why: cause.flaw });
      throw cause;
    }
  }

  /** Learns of revocations by other processes, so that nobody is given a token that was revoked. Rejects with WRIT_STORE_*. */
  async look(): Promise<void> {
    const revision = await revocations(this.#store);
    if (revision !== this.#revision) this.#issuer.forget();
    this.#revision = revision;
  }

  /** Takes expired tokens out of the store, so many at most. Rejects with WRIT_STORE_*. */
  async sweep(): Promise<number> {
    const now = this.#options.now();
    let swept = 0;
    while (swept < mostSwept) {
      const gone = await dropExpired(this.#store, now, sweptAtOnce);
      swept += gone;
      if (gone < sweptAtOnce) break;
    }
    return swept;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  #tick(): Promise<void> {
    this.#looking ??= this.#both().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #both(): Promise<void> {
    try {
      await this.#issuer.settle();
      if (this.#issuer.remembers) await this.look();
      if (this.#looks++ % sweepEvery === 0) await this.sweep();
    } catch (cause) {
      this.#options.failed?.(asWritError(cause, 'WRIT_STORE_UNAVAILABLE'));
    }
  }

  #holder({ tenant, id }: Identity): Holder {
    return { tenant, caller: this.#options.keys.hmac(tenant, 'subject', id) };
  }
}
