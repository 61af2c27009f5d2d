import type { Catalogue, CatalogueEntry } from '../policy/types.ts';
import { identifiers } from './identifiers.ts';
import { observe } from './observe.ts';
import type { Survey, ToolSurvey } from './survey.ts';
import type { ListedTool, Observed } from './types.ts';

/** A path that the catalogue should declare, for a person to look at. */
export interface Proposal
  extends Pick<Observed, 'side' | 'category' | 'categories' | 'seen' | 'found' | 'confidence' | 'example'> {
  readonly path: string;
  readonly manner: 'field' | 'text' | 'names' | 'identifier';
}

/** What the catalogue should say of one tool. */
export interface ToolProposal {
  readonly server: string;
  readonly tool: string;
  /** The catalogue does not know the tool: somebody has to say what it does. */
  readonly isNew: boolean;
  /** What its server says of it: whether it only reads; null where no list of tools was recorded. */
  readonly readOnly: boolean | null;
  readonly answers: number;
  readonly proposals: readonly Proposal[];
  /** Where the people are told apart that an answer is about; null where nothing tells, or the catalogue says it. */
  readonly subjects: string | null;
  /** Personal data in texts that no path leads to. */
  readonly prose: Pick<Observed, 'categories' | 'seen' | 'found' | 'confidence'> | null;
}

export interface DiscoverOptions {
  /** What is less sure is not proposed; 0..1. */
  minConfidence: number;
  /** Whether what tools are asked counts too. */
  arguments: boolean;
}

/** The action of a tool that nobody looked at: no rule grants it. */
export const unreviewed = 'unreviewed';

/** What recordings show and the catalogue they were surveyed with does not say. Of every tool it does not know there is an entry. */
export function discover(survey: Survey, listed: readonly ListedTool[], options: DiscoverOptions): ToolProposal[] {
  return survey.tools.flatMap((tool) => {
    if (tool.answers === 0 && !options.arguments) return [];
    const proposal = proposalOf(tool, survey, listed, options);
    const isSilent = !proposal.isNew && proposal.proposals.length === 0 && proposal.subjects === null;
    return isSilent ? [] : [proposal];
  });
}

function proposalOf(
  tool: ToolSurvey,
  survey: Survey,
  listed: readonly ListedTool[],
  { minConfidence, arguments: withArguments }: DiscoverOptions,
): ToolProposal {
  const seen = observe(tool, survey).filter(
    ({ side, confidence }) => confidence >= minConfidence && (withArguments || side === 'result'),
  );
  const proposals = seen.flatMap(({ path, manner, declared, server: _, tool: __, file: ___, ...rest }): Proposal[] =>
    path === null || manner === 'prose' || declared.length > 0 ? [] : [{ ...rest, path, manner }],
  );
  const ids = identifiers(tool, survey, seen).filter(({ confidence }) => confidence >= minConfidence);
  const fields = new Set(proposals.map(({ path }) => path));
  for (const { path, seen: found, confidence, isDeclared } of ids) {
    if (isDeclared || fields.has(path)) continue;
    const category = 'user.unique_id';
    const id = { category, categories: [category], seen: found, found, confidence, example: null };
    proposals.push({ side: 'result', manner: 'identifier', path, ...id });
  }
  const prose = seen.find(({ manner }) => manner === 'prose');
  const [annotations] = listed
    .filter((each) => each.server === tool.server && each.tool === tool.tool)
    .map((each) => each.annotations);
  return {
    ...{ server: tool.server, tool: tool.tool, isNew: tool.entry === undefined, answers: tool.answers },
    readOnly: typeof annotations?.readOnlyHint === 'boolean' ? annotations.readOnlyHint : null,
    proposals: once(proposals),
    subjects: tool.entry?.facts?.subjects === undefined ? (ids[0]?.path ?? null) : null,
    prose: prose === undefined ? null : pick(prose),
  };
}

/** A path may be seen in answers and in arguments; it is declared once. */
function once(proposals: readonly Proposal[]): Proposal[] {
  const known = new Map<string, Proposal>();
  for (const each of proposals) {
    const key = `${each.category} ${each.path}`;
    if (!known.has(key)) known.set(key, each);
  }
  return [...known.values()].sort((a, b) => (a.category < b.category ? -1 : a.category > b.category ? 1 : 0));
}

function pick({ categories, seen, found, confidence }: Observed): ToolProposal['prose'] {
  return { categories, seen, found, confidence };
}

/** The entry of a tool as it is proposed: what the catalogue has, and what is new. */
export function entryWith(entry: CatalogueEntry | undefined, { proposals, subjects }: ToolProposal): CatalogueEntry {
  const { action = unreviewed, holds = {}, facts, ...rest } = entry ?? {};
  const held = new Map(Object.entries(holds).map(([category, paths]) => [category, [...paths]]));
  for (const { category, path } of proposals) {
    const paths = held.get(category) ?? [];
    if (!paths.includes(path)) held.set(category, [...paths, path]);
  }
  return {
    ...rest,
    action,
    holds: Object.fromEntries(held),
    ...(subjects !== null ? { facts: { ...facts, subjects } } : facts !== undefined ? { facts } : {}),
  };
}

/** The catalogue with all that is proposed. */
export function merged(catalogue: Catalogue, proposals: readonly ToolProposal[]): Catalogue {
  // Without prototype, as servers and tools may have any name.
  const whole: Catalogue = Object.create(null);
  for (const [server, tools] of Object.entries(catalogue)) whole[server] = Object.assign(Object.create(null), tools);
  for (const proposal of proposals) {
    const tools = whole[proposal.server] ?? Object.create(null);
    tools[proposal.tool] = entryWith(tools[proposal.tool], proposal);
    whole[proposal.server] = tools;
  }
  return whole;
}
