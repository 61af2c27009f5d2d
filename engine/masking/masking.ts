import { plainNumbers } from '../json/numbers.ts';
import type { Json, JsonDocument, JsonObject, NumberTexts } from '../json/types.ts';
import type { Withhold } from '../policy/types.ts';
import { findOwn } from './find/find.ts';
import { findKnown } from './find/known.ts';
import type { Own } from './find/owns.ts';
import { type Sighting, Sightings } from './find/sightings.ts';
import { isDistinct, judge, placeOf, type Remember } from './judge.ts';
import { becomes } from './media.ts';
import { MaskMemory } from './memory.ts';
import { partOf } from './part.ts';
import type { Place } from './places.ts';
import { addToNode, type Reading, read, setNode } from './read.ts';
import { rewrite } from './rewrite.ts';
import { type Rules, rulesOf } from './rules.ts';
import { Tally } from './tally.ts';
import type { MaskContext, Masked } from './types.ts';
import { opaqueRuns } from './views/index.ts';
import { withheldText } from './withheld.ts';

/** Steps taken in one message to keep replacements to a schema: a server wrote it, and how many values there are. */
const mostSteps = 1_000_000;

/** What is shown of a part of a message, and how many things in it are withheld. */
export interface Shown {
  readonly value: JsonObject;
  readonly withheld: number;
}

/**
 * The masks on one message, and what they find in it. All parts of it are read before any is shown, so that each knows the
 * values of all: `document` and `words`, then `settle`, then `show`.
 */
export class Masking {
  readonly rules: Rules;
  readonly memory: MaskMemory;
  readonly tally = new Tally();
  readonly context: MaskContext;
  /** Names of members in which something is found. */
  readonly names = new Map<string, readonly Place[]>();
  readonly #readings: Reading[] = [];
  readonly #denied = new Set<string>();

  /** @throws WritError WRIT_MASK_PATH, WRIT_MASK_PATTERN, WRIT_MASK_FAILED */
  constructor(side: 'arguments' | 'result', context: MaskContext) {
    this.rules = rulesOf(side, context.masks);
    this.memory = context.memory ?? new MaskMemory();
    this.context = context.outputSchema === undefined ? context : { ...context, work: { left: mostSteps } };
  }

  /** Whether the message may pass as it is. */
  get isIdle(): boolean {
    return this.rules.isEmpty && this.memory.isEmpty && (this.context.withhold ?? []).length === 0;
  }

  /** Whether texts are looked into for values of their own, and for known ones in other readings. */
  get #finds(): boolean {
    return this.rules.find || this.memory.hides || (this.context.withhold ?? []).length > 0;
  }

  /** What becomes of data of this type. Where rules refuse it, the message is. */
  media(type: Json | undefined): { action: Withhold['action'] } {
    const { action, rules } = becomes(type, this.context.withhold ?? [], this.rules.isEmpty ? 'allow' : 'withhold');
    if (action === 'deny') for (const rule of rules) this.#denied.add(rule);
    return { action };
  }

  /** The message as it is shown, and what became of it. */
  masked(document: JsonDocument, withheld: number): Masked {
    const applied = this.tally.applied(this.context.masks);
    return { document, applied, withheld, changed: withheld > 0 || this.tally.changes > 0, denied: [...this.#denied] };
  }

  /** Whether free words are shown, masked. */
  get vouch(): boolean {
    return this.rules.vouch;
  }

  /** A part into which paths of masks lead. */
  document(document: JsonDocument, schema?: JsonObject): Reading {
    return this.#read(read(partOf(document), this.rules.paths, schema));
  }

  /** A part into which none does; what names its members have is the protocol's. */
  words(value: Json, numbers: NumberTexts = plainNumbers): Reading {
    return this.#read(read(partOf({ value, numbers }), [], undefined, true));
  }

  #read(reading: Reading): Reading {
    this.#readings.push(reading);
    return reading;
  }

  /** Decides what becomes of all that was read. `contents` are texts that a reader may join. */
  settle(contents: readonly (readonly Reading[])[] = []): void {
    const { rules, memory, context } = this;
    memory.begin();
    if (!this.#finds) {
      for (const reading of this.#readings) judge(reading, this.#remember(false), context);
      return;
    }
    const sightings = new Sightings(rules.find || memory.hides);
    for (const reading of this.#readings) sightings.add(reading);
    const runs = { arrays: sightings.runs, contents: sightings.texts(contents) };
    const names = findOwn(sightings, runs, {
      rules,
      known: memory.found,
      regions: context.regions ?? [],
      isToken: context.isToken,
      elsewhere: context.found,
    });
    memory.refuseTooMuch();
    for (const reading of sightings.readings) {
      judge(reading, this.#remember(true), context);
      for (const [holder, owns] of reading.found?.owns ?? [])
        for (const [key, own] of owns)
          if (reading.found !== undefined) setNode(reading.found.places, holder, key, this.#places(own));
    }
    for (const { of, leaf, place } of sightings.looks)
      if (place === undefined && leaf.kind === 'string') this.#opaque(of);
    for (const [name, owns] of names) this.names.set(name, this.#places(owns));
    const known = findKnown(sightings, runs, memory.literals, memory.letters);
    for (const [name, places] of known) this.names.set(name, (this.names.get(name) ?? []).concat(places));
  }

  /** Pictures and other data within a text are what they are elsewhere. */
  #opaque({ leaf, reading, holder, key }: Sighting): void {
    const { found } = reading;
    for (const { start, end, mimeType } of opaqueRuns(leaf.text)) {
      if (found === undefined || this.media(mimeType).action === 'allow') continue;
      const place = { start, end, instead: withheldText(mimeType), credits: [] };
      addToNode(found.places, holder, key, place);
    }
  }

  #remember(inAllForms: boolean): Remember {
    const { memory } = this;
    return {
      add: (value, instead, credits) => {
        if (inAllForms) memory.addInAllForms(value, instead, credits);
        else memory.add(value, instead, credits);
      },
      incomplete: () => {
        memory.literals.complete = false;
      },
    };
  }

  #places(owns: readonly Own[]): Place[] {
    const { memory, context } = this;
    return owns.map((own) => {
      const place = placeOf(own, context);
      if (own.notice === undefined && isDistinct(own.value))
        memory.addInAllForms(own.value, place.instead, own.set.credits);
      return place;
    });
  }

  /** The part as it is shown `times` times; undefined when all of it is dropped. */
  show(reading: Reading, times = 1): Json | undefined {
    return rewrite(reading, this, times);
  }
}
