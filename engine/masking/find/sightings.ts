import { deepest } from '../../detect/document/frames.ts';
import type { Leaf, TextLeaf } from '../../detect/document/leaves.ts';
import { Places } from '../../detect/document/places.ts';
import { maybeJson, readJson } from '../../detect/document/read-json.ts';
import { type Key, type LeafVisitor, walkLeaves } from '../../detect/document/walk-leaves.ts';
import { WritError } from '../../errors.ts';
import type { Container } from '../../json/path.ts';
import { partOf, strictJson } from '../part.ts';
import { type ByNode, type Reading, read, setNode } from '../read.ts';
import { type View, viewsOf } from '../views/index.ts';

/** A leaf of a message, or the name of a member. */
export interface Sighting {
  readonly leaf: TextLeaf;
  readonly reading: Reading;
  readonly holder: Container;
  readonly key: Key;
}

/** A text in which something may be found of a leaf: the leaf's own, or another reading of it. */
export interface Look {
  readonly of: Sighting;
  readonly leaf: TextLeaf;
  /** Undefined where it is the leaf's own. */
  readonly place: ((start: number, end: number) => [number, number]) | undefined;
}

const none: readonly View[] = [];

/** Characters of one message that are looked into; a larger one is refused. */
export const mostCharacters = 4_194_304;

/** A number as the letter of which it may be the code: `[97, 110, 97]` spells a name. */
function asLetter(sighting: Sighting): Sighting | undefined {
  const { leaf } = sighting;
  const code = /^\d{2,3}$/.test(leaf.text) ? Number(leaf.text) : 0;
  return code < 0x20 || code > 0x24f ? undefined : { ...sighting, leaf: { ...leaf, text: String.fromCharCode(code) } };
}

/** Names of members that say nothing in any other reading: most messages of a server have the same ones. */
const plainNames = new Set<string>();
/** Names come from outside: what is kept of them is bounded. */
const mostNames = 4096;
const longestName = 80;

/** The texts of a message that are looked into. */
export class Sightings {
  readonly looks: Look[] = [];
  /** Texts that a reader may join: strings of one array, or the letters of which its numbers are the codes. */
  readonly runs: Sighting[][] = [];
  readonly #roots: Sighting[] = [];
  /** All that is looked into: the parts, and the documents within their strings. */
  readonly readings: Reading[] = [];
  readonly #names = new Set<string>();
  readonly #views: boolean;
  /** Other readings of the texts so far: what a tool says is mostly there twice, as text and structured. */
  readonly #read = new Map<string, readonly View[]>();
  #left = mostCharacters;

  /** `views` where texts are read in other ways too. */
  constructor(views: boolean) {
    this.#views = views;
  }

  /** Adds the leaves of a reading, and those of JSON in its strings. @throws WritError WRIT_MASK_FAILED */
  add(reading: Reading): void {
    walkLeaves(reading.part.root, this.#visitor(reading));
  }

  /** The texts that these readings are, in order. */
  texts(contents: readonly (readonly Reading[])[]): Sighting[][] {
    const byReading = new Map(this.#roots.map((sighting) => [sighting.reading, sighting]));
    return contents.map((readings) => readings.flatMap((reading) => byReading.get(reading) ?? []));
  }

  #visitor(reading: Reading): LeafVisitor {
    const { numbers, root } = reading.part;
    const inner: ByNode<Reading> = new Map();
    reading.found = { types: new Map(), owns: new Map(), places: new Map(), inner };
    this.readings.push(reading);
    let run: Sighting[] = [];
    let array: Container | undefined;
    return {
      leaf: (leaf, holder, key) => {
        const sighting = { leaf, reading, holder, key };
        this.#see(sighting);
        if (holder === root) this.#roots.push(sighting);
        if (!Array.isArray(holder) || holder === root) return;
        const inRun = leaf.kind === 'number' ? asLetter(sighting) : sighting;
        if (inRun === undefined) return;
        if (array !== holder) {
          run = [];
          this.runs.push(run);
          array = holder;
        }
        run.push(inRun);
      },
      textOf: (holder, key, value) => numbers.get(holder)?.get(key) ?? String(value),
      inner: (text, holder, key, depth) => {
        const document = depth < deepest && /^\s*[{["]/.test(text) && maybeJson(text) ? strictJson(text) : undefined;
        if (document === undefined) return undefined;
        const below = read(partOf(document), []);
        setNode(inner, holder, key, below);
        return { root: below.part.root, visitor: this.#visitor(below) };
      },
    };
  }

  #see(sighting: Sighting): void {
    const { leaf } = sighting;
    const { text, kind } = leaf;
    if (kind === 'key') {
      // Rows of a table share their names.
      if (this.#names.has(text)) return;
      this.#names.add(text);
    }
    this.#left -= text.length;
    if (this.#left < 0) throw new WritError('WRIT_MASK_FAILED', 'The message has more text than is looked into.');
    this.looks.push({ of: sighting, leaf, place: undefined });
    if (kind === 'number') return;
    if (kind === 'string' && maybeJson(text)) this.#loose(sighting);
    if (!this.#views) return;
    for (const { text: read, place } of kind === 'key' ? this.#viewsOfName(text) : this.#viewsOf(text))
      this.looks.push({ of: sighting, leaf: { ...leaf, text: read }, place });
  }

  #viewsOfName(name: string): readonly View[] {
    if (plainNames.has(name)) return none;
    const views = viewsOf(name);
    if (views.length === 0 && name.length <= longestName) {
      if (plainNames.size >= mostNames) plainNames.clear();
      plainNames.add(name);
    }
    return views;
  }

  #viewsOf(text: string): readonly View[] {
    const known = this.#read.get(text);
    if (known !== undefined) return known;
    const views = viewsOf(text);
    this.#read.set(text, views);
    return views;
  }

  /** What only some readers take for JSON: its leaves are looked at where they stand. */
  #loose(sighting: Sighting): void {
    const { text, group, field } = sighting.leaf;
    const leaves: Leaf[] = [];
    if (!readJson(text, new Places(0), leaves, group, field)) return;
    for (const leaf of leaves) {
      const place = (start: number, end: number): [number, number] => [leaf.places.at(start), leaf.places.at(end)];
      this.looks.push({ of: sighting, leaf, place });
    }
  }
}
