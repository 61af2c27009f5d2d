import { WritError } from '../../engine/errors.ts';
import { recordSightings, type Sighting } from './pins.ts';
import type { Store } from './store.ts';

/** What is pinned of one tool; `judged` is another text after each `writ tools pin`. */
export interface ToolPins {
  fingerprints: ReadonlySet<string>;
  judged: string;
  /** Some gateway was shown a declaration since then that is not pinned. */
  strange: boolean;
}

/** Pins as the request path asks them: from memory. */
export interface Pins {
  /**
   * Undefined where nothing of the tool is pinned.
   *
   * @throws WritError WRIT_STORE_UNAVAILABLE where what is in memory is too old to go by
   */
  of(tenant: string, server: string, name: string): ToolPins | undefined;
  /** A declaration of a pinned tool was seen that is not the pinned one. Returns at once. */
  saw(sighting: Sighting): void;
}

/** Where there is no store: every tool is new, or changed. */
export const noPins: Pins = { of: () => undefined, saw: () => {} };

const pollMs = 2_000;
/** How long pins in memory are gone by while the store cannot be read. */
const staleMs = 30_000;
/** Sightings that wait to be written; what comes beyond is seen again. */
const mostWaiting = 256;

export interface SnapshotOptions {
  /** Milliseconds that never go back. */
  clock?: () => number;
  /** RFC 3339, of what is written. */
  now?: () => string;
  /** Told when the store begins to fail, and when it is well again. */
  notice?: (failing: WritError | null) => void;
}

/** Pins of all tenants in memory, looked at anew every two seconds and after each own write. */
export class PinSnapshot implements Pins {
  readonly #store: Store;
  readonly #clock: () => number;
  readonly #now: () => string;
  readonly #notice: (failing: WritError | null) => void;
  #pins: ReadonlyMap<string, ToolPins> = new Map();
  #revision = -1;
  #readAt = Number.NEGATIVE_INFINITY;
  #failing = false;
  readonly #waiting = new Map<string, Sighting>();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  private constructor(store: Store, options: SnapshotOptions) {
    this.#store = store;
    this.#clock = options.clock ?? (() => performance.now());
    this.#now = options.now ?? (() => new Date().toISOString());
    this.#notice = options.notice ?? (() => {});
  }

  /** Reads the pins, and goes on looking until it is closed. Rejects with WRIT_STORE_*. */
  static async open(store: Store, options: SnapshotOptions = {}): Promise<PinSnapshot> {
    const snapshot = new PinSnapshot(store, options);
    await snapshot.#look();
    snapshot.#timer = setInterval(() => void snapshot.refresh().catch(() => {}), pollMs);
    snapshot.#timer.unref();
    return snapshot;
  }

  of(tenant: string, server: string, name: string): ToolPins | undefined {
    if (this.#clock() - this.#readAt > staleMs)
      throw new WritError('WRIT_STORE_UNAVAILABLE', 'Which tools are pinned has not been known for half a minute.');
    return this.#pins.get(keyOf(tenant, server, name));
  }

  saw(sighting: Sighting): void {
    const { tenant, server, name, fingerprint } = sighting;
    if (this.#waiting.size < mostWaiting) this.#waiting.set(`${keyOf(tenant, server, name)}\0${fingerprint}`, sighting);
  }

  /** Writes what was seen and looks at the pins now. Rejects with WRIT_STORE_*. */
  async refresh(): Promise<void> {
    this.#looking ??= this.#both().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking?.catch(() => {});
  }

  async #both(): Promise<void> {
    try {
      await this.#look();
      const seen = [...this.#waiting.entries()];
      await recordSightings(
        this.#store,
        seen.map(([, sighting]) => sighting),
        this.#now(),
      );
      for (const [key] of seen) this.#waiting.delete(key);
      if (this.#failing) this.#notice(null);
      this.#failing = false;
    } catch (cause) {
      if (!this.#failing && cause instanceof WritError) this.#notice(cause);
      this.#failing = true;
      throw cause;
    }
  }

  async #look(): Promise<void> {
    const at = this.#clock();
    await this.#store.use(async (database) => {
      const row = await database
        .selectFrom('revisions')
        .select('revision')
        .where('subject', '=', 'tool_pins')
        .executeTakeFirst();
      const revision = Number(row?.revision ?? 0);
      if (revision === this.#revision) return;
      const rows = await database
        .selectFrom('tool_pins')
        .select(['tenant', 'server', 'name', 'fingerprint', 'pinned_at'])
        .where('state', '=', 'pinned')
        .execute();
      const sightings = await database
        .selectFrom('tool_sightings')
        .select(['tenant', 'server', 'name', 'fingerprint'])
        .execute();
      const pins = new Map<string, { fingerprints: Set<string>; judged: string; strange: boolean }>();
      for (const { tenant, server, name, fingerprint, pinned_at } of rows) {
        const key = keyOf(tenant, server, name);
        const known = pins.get(key) ?? { fingerprints: new Set<string>(), judged: '', strange: false };
        known.fingerprints.add(fingerprint);
        if (pinned_at > known.judged) known.judged = pinned_at;
        pins.set(key, known);
      }
      for (const { tenant, server, name, fingerprint } of sightings) {
        const known = pins.get(keyOf(tenant, server, name));
        if (known !== undefined && !known.fingerprints.has(fingerprint)) known.strange = true;
      }
      this.#pins = pins;
      this.#revision = revision;
    });
    this.#readAt = at;
  }
}

/** Tenants and servers hold no U+0000; a name comes last. */
function keyOf(tenant: string, server: string, name: string): string {
  return `${tenant}\0${server}\0${name}`;
}
