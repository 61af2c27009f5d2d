import { fieldMeaning } from '../detect/fields/field-meaning.ts';
import { nameTokens } from '../detect/fields/tokens.ts';
import { stepsOf } from './observe.ts';
import type { Shape } from './shape.ts';
import type { Survey, ToolSurvey } from './survey.ts';
import type { Observed } from './types.ts';

/** A field that by its name tells people apart: those whose data stands beside it or below. */
export interface Identifier {
  readonly path: string;
  readonly seen: number;
  readonly confidence: number;
  /** Whether the catalogue declares it. */
  readonly isDeclared: boolean;
  /** Personal data in the same object, and anywhere below it. */
  readonly beside: number;
  readonly below: number;
}

const plain: ReadonlySet<string> = new Set(['id', 'uuid', 'guid', 'uid']);
const endings: ReadonlySet<string> = new Set([...plain, 'no', 'nr', 'number', 'num', 'nummer', 'key', 'ref', 'code']);

/** Fields of what a tool answers that identify people, best first. `observed` is what was seen of the tool. */
export function identifiers(tool: ToolSurvey, { known }: Survey, observed: readonly Observed[]): Identifier[] {
  const fields = observed.filter(({ side, manner }) => side === 'result' && manner === 'field');
  const paths = fields.map(({ path }) => path ?? '');
  const found: (Identifier & { holder: string; isPlain: boolean })[] = [];
  const walk = (shape: Shape, path: string): void => {
    for (const [step, member] of stepsOf(shape, known)) {
      const tallies = [...member.values];
      const seen = tallies.reduce((sum, [, tally]) => sum + tally.seen, 0);
      const confidence = certainty(nameOf(shape, step));
      if (confidence > 0 && seen > 0) {
        const isDeclared = tallies.every(([declared]) => declared !== '');
        const below = paths.filter((each) => isWithin(each, path)).length;
        const isPlain = confidence === ofPlain;
        found.push({ path: `${path}${step}`, seen, confidence, isDeclared, beside: 0, below, holder: path, isPlain });
      }
      walk(member, `${path}${step}`);
    }
    if (shape.items !== undefined) walk(shape.items, `${path}[*]`);
  };
  walk(tool.result, '$');
  const holders = found.map(({ holder }) => holder).sort((a, b) => b.length - a.length);
  // What belongs to somebody belongs to the nearest record that has an id: a requester's name is not of the ticket around it.
  const nearest = Map.groupBy(paths, (path) => holders.find((holder) => isWithin(path, holder)));
  return found
    .map(({ holder, isPlain, ...id }) => {
      const own = (nearest.get(holder) ?? []).filter((path) => !path.slice(holder.length).includes('[*]'));
      return { ...id, beside: own.length, isPlain };
    })
    .filter(({ isPlain, beside, below }) => (isPlain ? beside > 0 : below > 0))
    .map(({ isPlain: _, ...id }) => id)
    .sort((a, b) => b.beside - a.beside || b.confidence - a.confidence || b.below - a.below);
}

function isWithin(path: string, holder: string): boolean {
  return path.startsWith(`${holder}.`) || path.startsWith(`${holder}[`);
}

const ofPlain = 0.6;

/** An `id` is of whoever the record is about; a `customer_id` says whose it is. */
function certainty(name: string | undefined): number {
  if (name === undefined) return 0;
  const tokens = nameTokens(name);
  if (fieldMeaning(name).about === 'person' && endings.has(tokens.at(-1) ?? '')) return 0.7;
  return tokens.length === 1 && plain.has(tokens[0] ?? '') ? ofPlain : 0;
}

function nameOf({ members }: Shape, step: string): string | undefined {
  const [, name] = /^\.([A-Za-z_]\w*)$/.exec(step) ?? [];
  return name !== undefined && members.has(name) ? name : undefined;
}
