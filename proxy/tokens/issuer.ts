import { randomBytes } from 'node:crypto';
import { WritError } from '../../engine/errors.ts';
import { tokenOf } from '../../engine/masking/token.ts';
import type { TokenRequest } from '../../engine/masking/types.ts';
import type { Store } from '../store/store.ts';
import type { ValueTokenRow } from '../store/tables.ts';
import { keepTokens } from '../store/value-tokens.ts';
import type { TokenCipher } from './cipher.ts';

/** Whose tokens they are: a tenant, and the HMAC of one of its callers. */
export type Holder = Pick<ValueTokenRow, 'tenant' | 'caller'>;

/** Characters of a value that a token may stand for. */
const longestValue = 16_384;
/** Tokens remembered, so that equal values get equal ones; the oldest make room. */
const mostKnown = 65_536;
/** Tokens of all callers that wait to be kept, while the store takes none. */
const mostWaiting = 65_536;

/** Tokens of one caller that the store does not have yet. */
interface Waiting {
  readonly holder: Holder;
  /** By id, with what was asked for. */
  readonly rows: Map<string, { asked: string; row: ValueTokenRow }>;
  writing: Promise<void> | undefined;
}

export interface IssuerOptions {
  store: Store;
  cipher: TokenCipher;
  /** RFC 3339. */
  now: () => string;
  /** Good tokens that one caller may hold. */
  most: number;
}

/** Gives out tokens at once, and keeps them before anybody is shown one. */
export class Issuer {
  readonly #options: IssuerOptions;
  /** By what was asked for, which is not kept itself. */
  readonly #known = new Map<string, { token: string; id: string; until: number }>();
  /** Whose the last tokens are, by token: their holder may see them again. */
  readonly #given = new Map<string, string>();
  readonly #waiting = new Map<string, Waiting>();
  #waitingRows = 0;

  constructor(options: IssuerOptions) {
    this.#options = options;
  }

  /**
   * The same token for the same request, until half of its time is over: what is shown is to be of use for a while.
   *
   * @throws WritError WRIT_MASK_FAILED for a value that is too long, WRIT_MASK_TOKEN_LIMIT, WRIT_STORE_UNAVAILABLE
   */
  issue(holder: Holder, request: TokenRequest): string {
    const { cipher, now, most } = this.#options;
    const { tenant, caller } = holder;
    const { value, label, category, purpose, expiresIn } = request;
    if (value.length > longestValue) throw new WritError('WRIT_MASK_FAILED', 'A value is too long for a token.');
    const asked = cipher.idOf(tenant, JSON.stringify([caller, purpose, category, label, expiresIn, value]));
    const issued_at = now();
    const at = Date.parse(issued_at);
    const known = this.#known.get(asked);
    if (known !== undefined && at < known.until) return known.token;
    const waiting = this.#waitingOf(holder);
    if (waiting.rows.size >= most) {
      // The call that asked ends here, and what it was given may wait for nobody.
      void this.flush(holder).catch(() => undefined);
      throw new WritError('WRIT_MASK_TOKEN_LIMIT');
    }
    if (this.#waitingRows >= mostWaiting)
      throw new WritError('WRIT_STORE_UNAVAILABLE', 'Too many tokens wait to be kept.');
    const token = tokenOf(label, randomBytes(16));
    const id = cipher.idOf(tenant, token);
    const expires_at = new Date(at + expiresIn * 1_000).toISOString();
    const binding = { tenant, id, caller, purpose, category, label, issued_at, expires_at };
    const row = { ...binding, sealed: cipher.seal(value, binding), revoked_at: null };
    waiting.rows.set(id, { asked, row });
    this.#waitingRows++;
    remember(this.#known, asked, { token, id, until: at + expiresIn * 500 });
    remember(this.#given, token, keyOf(holder));
    return token;
  }

  /** Whether it is a token that this gateway gave out for this holder, as far as it remembers. */
  gave(holder: Holder, token: string): boolean {
    return this.#given.get(token) === keyOf(holder);
  }

  /**
   * Resolves when every token given out for a caller so far is kept. Rejects with WRIT_STORE_*, or WRIT_MASK_TOKEN_LIMIT: then
   * nothing with a new token in it may be shown.
   */
  async flush(holder: Holder): Promise<void> {
    const waiting = this.#waiting.get(keyOf(holder));
    if (waiting === undefined) return;
    // What is being written may have been begun before the last tokens were given out.
    await waiting.writing?.catch(() => undefined);
    if (waiting.rows.size === 0) return;
    waiting.writing ??= this.#write(waiting).finally(() => {
      waiting.writing = undefined;
      if (waiting.rows.size === 0) this.#waiting.delete(keyOf(holder));
    });
    await waiting.writing;
  }

  /** Keeps what calls that failed have left. Rejects with WRIT_STORE_*. */
  async settle(): Promise<void> {
    for (const { holder } of [...this.#waiting.values()])
      await this.flush(holder).catch((cause: unknown) => {
        if (!(cause instanceof WritError && cause.code === 'WRIT_MASK_TOKEN_LIMIT')) throw cause;
      });
  }

  /** Whether any token is not kept yet. */
  get waits(): boolean {
    return this.#waiting.size > 0;
  }

  /** Whether any token is remembered that could have been revoked meanwhile. */
  get remembers(): boolean {
    return this.#known.size > 0;
  }

  /** Gives out new tokens from here on: of those known, some were revoked. */
  forget(): void {
    this.#known.clear();
  }

  async #write({ holder, rows }: Waiting): Promise<void> {
    const { store, now, most } = this.#options;
    const at = now();
    const written = [...rows];
    const good = written.map(([, { row }]) => row).filter(({ expires_at }) => expires_at > at);
    const kept = good.length === 0 || (await keepTokens(store, holder, good, { now: at, most }));
    for (const [id, { asked }] of written) {
      rows.delete(id);
      this.#waitingRows--;
      // One that was never kept is good for nothing.
      if (!kept && this.#known.get(asked)?.id === id) this.#known.delete(asked);
    }
    if (!kept) throw new WritError('WRIT_MASK_TOKEN_LIMIT');
  }

  #waitingOf(holder: Holder): Waiting {
    const key = keyOf(holder);
    const known = this.#waiting.get(key);
    if (known !== undefined) return known;
    const made: Waiting = { holder, rows: new Map(), writing: undefined };
    this.#waiting.set(key, made);
    return made;
  }
}

/** The oldest make room. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= mostKnown) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    break;
  }
}

const keyOf = ({ tenant, caller }: Holder) => `${tenant} ${caller}`;
