import { selector } from '../fixtures/record/fields.ts';
import { isFieldName, isPersonal, type KnownValues } from './member-names.ts';
import { type Finds, Shape, type Tally, words } from './shape.ts';
import type { Survey, ToolSurvey } from './survey.ts';
import { freeText, type Manner, type Observed, type Side } from './types.ts';

/** Members of one object beyond this are entries of a map, and no field of theirs has a name. */
const mostFields = 50;
/** As many alike are entries of a map. */
const alike = 3;

/** What was seen of one tool, by side and in the order of the documents; of prose last. */
export function observe(tool: ToolSurvey, { known }: Survey): Observed[] {
  const observer = new Observer(tool, known);
  observer.shape(tool.result, '$', 'result');
  observer.shape(tool.arguments, '$', 'arguments');
  observer.prose(tool.prose);
  return observer.found;
}

class Observer {
  readonly found: Observed[] = [];
  readonly #tool: ToolSurvey;
  readonly #known: KnownValues;

  constructor(tool: ToolSurvey, known: KnownValues) {
    this.#tool = tool;
    this.#known = known;
  }

  shape(shape: Shape, path: string, side: Side): void {
    for (const [declared, tally] of shape.names) this.#add(tally, declared, path, side, 'names');
    for (const [declared, tally] of shape.values) this.#add(tally, declared, path, side);
    if (shape.items !== undefined) this.shape(shape.items, `${path}[*]`, side);
    const from = this.found.length;
    const steps = stepsOf(shape, this.#known);
    for (const [step, member] of steps) this.shape(member, `${path}${step}`, side);
    const below = this.found.slice(from);
    // The lines of an address are all of it, and one that comes later is too.
    if (
      steps.size > 1 &&
      below.length === steps.size &&
      below.every(isAddressLine) &&
      [...steps.values()].every(isLeaf)
    )
      this.found.splice(from, below.length, addressOf(below, `${path}.*`));
  }

  prose(tally: Tally): void {
    this.#add(tally, '', null, 'result', 'prose');
  }

  #add(tally: Tally, declared: string, path: string | null, side: Side, manner?: Manner): void {
    if (tally.held === 0) return;
    const { server, tool } = this.#tool;
    const judged = manner === 'prose' ? textual(tally, manner) : manner === 'names' ? named(tally) : judge(tally);
    const { seen, held: found, file } = tally;
    const example = judged.manner === 'text' || judged.manner === 'prose' ? null : tally.example;
    this.found.push({
      server,
      tool,
      side,
      path,
      ...judged,
      declared: [...words(declared)],
      seen,
      found,
      example,
      file,
    });
  }
}

type Judged = Pick<Observed, 'manner' | 'category' | 'categories' | 'confidence'>;

/** A field where half of the values or more are of one category as a whole, free text where they are not. */
function judge(tally: Tally): Judged {
  const { whole, seen } = tally;
  const [best] = byCount(whole);
  const joint = jointly(whole);
  const field = best === undefined || (joint !== undefined && best[1].count / seen < 0.8) ? joint : best;
  if (field === undefined || field[1].count / seen < 0.5) return textual(tally, 'text');
  const [category, { sum }] = field;
  return { manner: 'field', category, categories: categoriesOf(tally), confidence: rounded(sum / seen) };
}

function named(tally: Tally): Judged {
  const [[category] = [freeText]] = [...byCount(tally.whole), ...byCount(tally.parts)];
  return { ...textual(tally, 'names'), category };
}

function textual(tally: Tally, manner: Manner): Judged {
  const finds = [...tally.whole.values(), ...tally.parts.values()];
  const confidence = rounded(Math.max(...finds.map(({ most }) => most)));
  return { manner, category: freeText, categories: categoriesOf(tally), confidence };
}

function byCount(finds: Tally['whole']): [string, Finds][] {
  return [...finds].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
}

function categoriesOf({ whole, parts }: Tally): string[] {
  return [...new Set([...whole.keys(), ...parts.keys()])].sort();
}

/** A field that has now an e-mail address and now a telephone number is of what both are of. */
function jointly(whole: Tally['whole']): [string, Finds] | undefined {
  if (whole.size < 2) return undefined;
  const [first = [], ...others] = [...whole.keys()].map((category) => category.split('.'));
  const shared = first.filter((_, index) =>
    others.every((other) => other.slice(0, index + 1).join() === first.slice(0, index + 1).join()),
  );
  if (shared.length < 2) return undefined;
  const all = [...whole.values()];
  const total = (of: (finds: Finds) => number) => all.reduce((sum, finds) => sum + of(finds), 0);
  return [shared.join('.'), { count: total(({ count }) => count), sum: total(({ sum }) => sum), most: 0 }];
}

function rounded(confidence: number): number {
  return Math.min(1, Math.round(confidence * 100) / 100);
}

/** Members by the segment that selects them. What may be somebody's name or number is selected by `*`. */
export function stepsOf(shape: Shape, known: KnownValues): Map<string, Shape> {
  const entries = entriesOf(shape);
  const steps = new Map<string, Shape>();
  for (const [name, member] of shape.members) {
    const step = entries.has(name) || isPersonal(name, known) ? '.*' : selector(name);
    const same = steps.get(step);
    if (same === undefined) steps.set(step, member);
    else {
      const both = new Shape();
      both.merge(same);
      both.merge(member);
      steps.set(step, both);
    }
  }
  return steps;
}

/** Names of members that are entries of a map: too many for fields, numbered objects, or objects that are all alike. */
function entriesOf({ members }: Shape): ReadonlySet<string> {
  const unknown = [...members].filter(([name]) => !isFieldName(name));
  if (members.size > mostFields) return new Set(unknown.map(([name]) => name));
  const objects = unknown.filter(([, { members: inner }]) => inner.size > 0);
  const groups = [
    ...Map.groupBy(objects, ([name]) => (/\d/.test(name) ? name.replace(/\d+/g, '9') : '')),
    ...Map.groupBy(objects, ([, { members: inner }]) =>
      inner.size < 2 ? '' : JSON.stringify([...inner.keys()].sort()),
    ),
  ];
  const entries = groups.flatMap(([key, group]) =>
    key === '' || group.length < (key.startsWith('[') ? alike : 2) ? [] : group,
  );
  return new Set(entries.map(([name]) => name));
}

const isLeaf = ({ members, items }: Shape) => members.size === 0 && items === undefined;
const isAddressLine = ({ manner, category, declared }: Observed) =>
  manner === 'field' && category === 'user.contact.address' && declared.length === 0;

function addressOf(lines: readonly Observed[], path: string): Observed {
  const [first] = lines;
  if (first === undefined) throw new TypeError('an address has lines');
  const total = (of: 'seen' | 'found') => lines.reduce((sum, line) => sum + line[of], 0);
  const confidence = Math.min(...lines.map((line) => line.confidence));
  return { ...first, path, seen: total('seen'), found: total('found'), confidence };
}
