import { categoryOf } from '../detect/categories.ts';
import { fieldMeaning } from '../detect/fields/field-meaning.ts';
import { detectDocument } from '../detect/json.ts';
import type { DetectedType } from '../detect/types.ts';
import { WritError } from '../errors.ts';
import type { Json } from '../json/types.ts';
import type { Catalogue, CatalogueEntry } from '../policy/types.ts';
import { answerOf } from './answers.ts';
import { Coverage, type Declared } from './coverage.ts';
import { maskedExample } from './masked-example.ts';
import { isFieldName, KnownValues, personalName } from './member-names.ts';
import { placedText, type Slot } from './placed-text.ts';
import { Shape, Tally, tallyOf } from './shape.ts';
import type { RecordedCall, Recordings } from './types.ts';

/** What recordings of one tool hold, put together. */
export interface ToolSurvey {
  readonly server: string;
  readonly tool: string;
  /** As the catalogue has it; undefined where it does not know the tool. */
  readonly entry: CatalogueEntry | undefined;
  readonly declared: readonly Declared[];
  /** Calls that were answered. */
  answers: number;
  readonly result: Shape;
  readonly arguments: Shape;
  readonly prose: Tally;
}

export interface Survey {
  readonly tools: readonly ToolSurvey[];
  /** Values found anywhere, which as names of members stand in no path. */
  readonly known: KnownValues;
}

export interface SurveyOptions {
  /** Countries that texts are likely of, ISO 3166-1 alpha-2. */
  regions?: readonly string[];
}

/** Documents larger are refused: detectors are not made for them. In UTF-16 code units. */
const largest = 4 * 1024 * 1024;
/** What is found is all of a value if what is left of it is no more than a title or a sign. */
const almostAll = 0.7;

/**
 * Looks for personal data in what tools answered and were asked, and holds it against the catalogue. Tools come in the
 * order of their names. Throws WRIT_RECORD_TOO_LARGE, and WRIT_MASK_PATH and WRIT_MASK_FAILED for paths of the catalogue.
 */
export function survey({ calls }: Recordings, catalogue: Catalogue, { regions = [] }: SurveyOptions = {}): Survey {
  const surveyor = new Surveyor(catalogue, regions);
  for (const call of calls) surveyor.add(call);
  return surveyor.end();
}

interface Place {
  readonly shape: Shape;
  readonly declared: ReadonlySet<string>;
  /** The name of the member that it is of. */
  readonly name: string;
}

class Surveyor {
  readonly #catalogue: Catalogue;
  readonly #regions: readonly string[];
  readonly #tools = new Map<string, ToolSurvey>();
  readonly #known = new KnownValues();
  /** Names that may turn out to be values when all recordings are read. */
  readonly #names: { name: string; place: Place; file: string }[] = [];

  constructor(catalogue: Catalogue, regions: readonly string[]) {
    this.#catalogue = catalogue;
    this.#regions = regions;
  }

  add({ file, server, tool, arguments: asked, result }: RecordedCall): void {
    const survey = this.#tool(server, tool);
    this.#document(asked, survey.arguments, survey.declared, file);
    if (result === undefined) return;
    survey.answers++;
    const { documents, prose } = answerOf(result);
    for (const document of documents) this.#document(document, survey.result, survey.declared, file);
    for (const text of prose) this.#prose(text, survey.prose, file);
  }

  end(): Survey {
    for (const { name, place, file } of this.#names) {
      const personal = personalName(name, this.#known);
      if (personal === undefined) continue;
      const tally = tallyOf(place.shape.names, place.declared);
      tally.hold(file);
      tally.find('whole', personal.category, personal.confidence);
      tally.example ??= maskedExample(name);
    }
    const tools = [...this.#tools.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tool]) => tool);
    return { tools, known: this.#known };
  }

  #tool(server: string, tool: string): ToolSurvey {
    const key = JSON.stringify([server, tool]);
    const made = this.#tools.get(key);
    if (made !== undefined) return made;
    const entry = entryOf(this.#catalogue, server, tool);
    const declared = Object.entries(entry?.holds ?? {}).flatMap(([category, paths]) =>
      paths.map((path): Declared => ({ category, path, selected: 0 })),
    );
    const survey = {
      ...{ server, tool, entry, declared, answers: 0 },
      ...{ result: new Shape(), arguments: new Shape(), prose: new Tally() },
    };
    this.#tools.set(key, survey);
    return survey;
  }

  #document(document: Json, shape: Shape, declared: readonly Declared[], file: string): void {
    const coverage = new Coverage(document, declared);
    const { text, slots } = placedText<Place>(
      document,
      { shape, declared: coverage.ofRoot, name: '' },
      {
        item: (of, holder, index) => ({
          shape: of.shape.item(),
          declared: coverage.below(of.declared, holder, index),
          name: of.name,
        }),
        member: (of, holder, name) => ({
          shape: of.shape.member(name),
          declared: coverage.below(of.declared, holder, name),
          name,
        }),
      },
    );
    const found = this.#detect(text, file);
    let at = 0;
    for (const slot of slots) {
      while (at < found.length && (found[at]?.end ?? 0) <= slot.start) at++;
      let behind = at;
      while ((found[behind]?.start ?? slot.end) < slot.end) behind++;
      this.#slot(slot, found.slice(at, behind), file);
    }
  }

  #slot({ kind, text, start, end, place }: Slot<Place>, found: ReturnType<typeof detectDocument>, file: string): void {
    if (text.trim() === '') return;
    const tally = tallyOf(kind === 'leaf' ? place.shape.values : place.shape.names, place.declared);
    tally.seen++;
    if (found.length === 0) {
      if (kind === 'name' && !isFieldName(text)) this.#names.push({ name: text, place, file });
      return;
    }
    tally.hold(file);
    const length = end - start - text.length + text.trim().length;
    const best = new Map<string, { size: number; confidence: number }>();
    for (const { type, confidence, start: from, end: to } of found) {
      const category = kind === 'leaf' ? categoryIn(place.name, type) : categoryOf(type);
      const { size, confidence: known } = best.get(category) ?? { size: 0, confidence: 0 };
      best.set(category, { size: size + to - from, confidence: Math.max(known, confidence) });
    }
    for (const [category, { size, confidence }] of best) {
      const isWhole = size / length >= almostAll;
      tally.find(isWhole ? 'whole' : 'parts', category, confidence);
      if (!isWhole) continue;
      this.#known.add(text, category);
      tally.example ??= maskedExample(text);
    }
  }

  #prose(text: string, tally: Tally, file: string): void {
    if (text.trim() === '') return;
    tally.seen++;
    const found = this.#detect(text, file);
    if (found.length === 0) return;
    tally.hold(file);
    const most = new Map<string, number>();
    for (const { type, confidence } of found)
      most.set(categoryOf(type), Math.max(confidence, most.get(categoryOf(type)) ?? 0));
    for (const [category, confidence] of most) tally.find('parts', category, confidence);
  }

  #detect(text: string, file: string) {
    if (text.length > largest) throw new WritError('WRIT_RECORD_TOO_LARGE', `A document of ${file}.`);
    return detectDocument(text, { regions: this.#regions });
  }
}

/** The number of a person in a country that is not said is what its field says, not what a detector takes it for. */
function categoryIn(name: string, type: DetectedType): string {
  const isNational = type === 'PASSPORT' && fieldMeaning(name).phrase?.kind === 'national';
  return isNational ? 'user.government_id.national_identification_number' : categoryOf(type);
}

/** What a catalogue says of a tool, whatever the two are called. */
function entryOf(catalogue: Catalogue, server: string, tool: string): CatalogueEntry | undefined {
  const tools = Object.hasOwn(catalogue, server) ? catalogue[server] : undefined;
  return tools !== undefined && Object.hasOwn(tools, tool) ? tools[tool] : undefined;
}
