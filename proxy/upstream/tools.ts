import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import type { ArgumentNames } from '../../engine/policy/argument-names.ts';
import type { PolicyInput } from '../../engine/policy/types.ts';
import { ArgumentValidators } from '../../engine/tools/argument-validators.ts';
import type { ArgumentCheck } from '../../engine/tools/validate-arguments.ts';
import { noPins, type Pins, type ToolPins } from '../store/pin-snapshot.ts';
import { fingerprinted, type MirroredArguments, type Variant, variantOf } from '../tools/variant.ts';

export type { MirroredArguments } from '../tools/variant.ts';

/** All declarations seen of one tool. */
interface Seen {
  /** By fingerprint, the one listed longest ago first. */
  readonly variants: Map<string, Variant>;
  /** The listing that had the tool last, and the last that had a declaration there was no room for. Counted from 1. */
  seen: number;
  unkept: number;
}

/** Tools kept of one server, declarations of one tool, and characters of them all: a server must not fill the memory. */
const mostTools = 10_000;
const mostVariants = 8;
const mostCharacters = 33_554_432;

/** What policy is told of a tool whose declaration matters and is not known: it was not listed, or not kept. */
const unseen = { declared: { title: null, annotations: {} }, fingerprint: '', pinned: 'changed' } as const;

/**
 * The tools a server has been seen to declare. Kept in memory: what is known only tightens, never grants.
 *
 * Which declaration a caller was shown nobody can tell later, so every one that was listed since people last looked
 * (`writ tools pin`) counts, to whichever gateway: a tool is `yes` where all of them are pinned, and one that is not
 * pinned is not undone by listing the pinned one again, whoever asks.
 */
export class KnownTools {
  readonly #server: string;
  readonly #pins: Pins;
  readonly #known = new Map<string, Seen>();
  readonly #validators = new ArgumentValidators();
  /** By tenant and tool: what people last said, and how many listings there had been. */
  readonly #judged = new Map<string, { judged: string; listings: number }>();
  #listings = 0;
  #characters = 0;
  /** Some tool was listed that there was no room for. */
  #full = false;

  constructor(server = '', pins: Pins = noPins) {
    this.#server = server;
    this.#pins = pins;
  }

  /** Learns from the items of a tools/list result. Throws WRIT_UPSTREAM_INVALID for what is too large to be kept. */
  learn(tools: readonly Json[], tenant = 'default'): void {
    try {
      for (const item of tools) if (isObject(item) && typeof item.name === 'string') this.#see(item.name, item, tenant);
    } finally {
      this.#listings++;
    }
  }

  /** Names of arguments that a tool declares; none where the server has not been asked yet. */
  argumentsOf(name: string, tenant = 'default'): ArgumentNames | undefined {
    return this.#first(name, tenant)?.arguments;
  }

  /** Which `Mcp-Param-*` headers repeat which arguments, as its schema says; undefined where that is not known yet. */
  mirrored(name: string, tenant = 'default'): MirroredArguments | undefined {
    return this.#first(name, tenant)?.mirrored;
  }

  /** The schema it declares for structuredContent; undefined where there is none, or it is not known yet. */
  outputOf(name: string, tenant = 'default'): JsonObject | undefined {
    return this.#first(name, tenant)?.output;
  }

  /** The declaration of a tool, or null where the server has not been asked yet. Throws WRIT_STORE_UNAVAILABLE. */
  describe(name: string, tenant = 'default'): PolicyInput['tool'] {
    const { pins, variants, unkept } = this.#counting(name, tenant);
    const latest = variants.at(-1);
    // What is pinned, or may be among the tools there was no room for, is not passed off as one that nobody knows.
    if (latest === undefined) return pins !== undefined || this.#full ? unseen : null;
    const stranger = variants.findLast(({ fingerprint }) => !pins?.fingerprints.has(fingerprint));
    const { declared, fingerprint } = stranger ?? latest;
    const changed = unkept || (pins === undefined ? variants.length > 1 : pins.strange || stranger !== undefined);
    return { declared, fingerprint, pinned: changed ? 'changed' : pins === undefined ? 'new' : 'yes' };
  }

  /** True where the server has to be asked before the tool can be described: it was not yet, or not since a new pin. */
  missing(name: string, tenant = 'default'): boolean {
    const since = this.#since(name, tenant, this.#pins.of(tenant, this.#server, name));
    return (this.#known.get(name)?.seen ?? 0) <= since;
  }

  /**
   * Whether arguments fit the tool's schema: that of a pinned declaration where one is offered, else that of the last one
   * listed. Where several are pinned, one has to fit. Null where the server has not been asked yet. Changes nothing.
   */
  check(name: string, args: JsonObject, tenant = 'default'): ArgumentCheck | null {
    const { pins, variants } = this.#counting(name, tenant);
    const pinned = variants.filter(({ fingerprint }) => pins?.fingerprints.has(fingerprint));
    let found: ArgumentCheck | null = null;
    for (const { fingerprint, schema } of pinned.length > 0 ? pinned.toReversed() : variants.slice(-1)) {
      const check = this.#validators.check(fingerprint, schema, args);
      if (check.kind === 'ok') return check;
      found ??= check;
    }
    return found;
  }

  /** As `check`. Throws WRIT_ARGUMENTS_INVALID with what is wrong, or WRIT_TOOL_SCHEMA where nobody can say. */
  refuseInvalid(name: string, args: JsonObject, tenant = 'default'): void {
    const check = this.check(name, args, tenant);
    if (check?.kind === 'faults') throw new WritError('WRIT_ARGUMENTS_INVALID', `${check.faults.join('; ')}.`);
    if (check?.kind === 'unusable') throw new WritError('WRIT_TOOL_SCHEMA', `It is refused because ${check.why}.`);
  }

  #see(name: string, item: JsonObject, tenant: string): void {
    const made = fingerprinted(item);
    const pins = this.#pins.of(tenant, this.#server, name);
    const listing = this.#listings + 1;
    if (pins !== undefined && !pins.fingerprints.has(made.fingerprint))
      this.#pins.saw({ tenant, server: this.#server, name, fingerprint: made.fingerprint, declaration: made.text });
    let seen = this.#known.get(name);
    if (seen === undefined) {
      // However many others a server lists first: a pinned tool is looked at.
      if (pins === undefined && (this.#known.size >= mostTools || this.#characters > mostCharacters)) {
        this.#full = true;
        return;
      }
      seen = { variants: new Map(), seen: 0, unkept: 0 };
      this.#known.set(name, seen);
    }
    // What was listed before people looked must be told from what is listed now.
    this.#since(name, tenant, pins);
    seen.seen = listing;
    const variant = seen.variants.get(made.fingerprint) ?? variantOf(item, made);
    if (!seen.variants.delete(made.fingerprint)) {
      if (seen.variants.size > 0 && this.#characters > mostCharacters) {
        seen.unkept = listing;
        return;
      }
      this.#characters += variant.size;
    }
    variant.seen = listing;
    seen.variants.set(made.fingerprint, variant);
    if (seen.variants.size <= mostVariants) return;
    // Fewer can be pinned than are kept, so that no number of others makes a stranger forgotten.
    for (const [oldest, { size }] of seen.variants) {
      seen.variants.delete(oldest);
      this.#characters -= size;
      break;
    }
  }

  /** The declarations that count for a tenant, the one listed last at the end. One at least, where the tool is known. */
  #counting(name: string, tenant: string): { pins: ToolPins | undefined; variants: Variant[]; unkept: boolean } {
    const pins = this.#pins.of(tenant, this.#server, name);
    const seen = this.#known.get(name);
    if (seen === undefined) return { pins, variants: [], unkept: false };
    const since = this.#since(name, tenant, pins);
    const all = [...seen.variants.values()];
    const counting = all.filter((variant) => variant.seen > since);
    return { pins, variants: counting.length > 0 ? counting : all.slice(-1), unkept: seen.unkept > since };
  }

  /** How many listings there had been when people last pinned the tool; none where they have not since it is known. */
  #since(name: string, tenant: string, pins: ToolPins | undefined): number {
    // Names that no server lists are of callers, and are not kept.
    if (!this.#known.has(name)) return 0;
    const key = `${tenant}\0${name}`;
    const judged = pins?.judged ?? '';
    const known = this.#judged.get(key);
    if (known?.judged === judged) return known.listings;
    const listings = known === undefined ? 0 : this.#listings;
    this.#judged.set(key, { judged, listings });
    return listings;
  }

  /** A pinned declaration where one was listed, else the last. */
  #first(name: string, tenant: string): Variant | undefined {
    const { pins, variants } = this.#counting(name, tenant);
    return variants.findLast(({ fingerprint }) => pins?.fingerprints.has(fingerprint)) ?? variants.at(-1);
  }
}
