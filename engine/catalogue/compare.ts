import { isWithinCategory } from '../detect/categories.ts';
import type { Catalogue } from '../policy/types.ts';
import { unreviewed } from './discover.ts';
import { observe } from './observe.ts';
import type { Survey, ToolSurvey } from './survey.ts';
import type { Observed } from './types.ts';

/**
 * How a catalogue and recordings differ. `undeclared`: personal data where nothing is declared. `differs`: of another category
 * than is declared. `never_seen`: a declared path that selected nothing. `unknown_tool`, `unrecorded_tool`: one has a tool that
 * the other has not. `unreviewed_tool`: nobody said yet what it does.
 */
export type DriftCode =
  | 'undeclared'
  | 'differs'
  | 'never_seen'
  | 'unknown_tool'
  | 'unreviewed_tool'
  | 'unrecorded_tool';

export interface Drift {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: DriftCode;
  readonly server: string;
  readonly tool: string;
  /** The side, manner and numbers are those of what was seen; null for what is about a declaration or a tool. */
  readonly observed: Observed | null;
  /** An RFC 9535 query; null where it is about the tool, or about texts that no path leads to. */
  readonly path: string | null;
  /** Of fideslang: what is declared where a path was never seen, else what was found. */
  readonly category: string | null;
}

export interface CompareOptions {
  minConfidence: number;
  /** Whether what tools are asked counts too. */
  arguments: boolean;
}

/** What recordings show that the catalogue does not say, and what it says that they do not show. By tool. */
export function compare(survey: Survey, catalogue: Catalogue, options: CompareOptions): Drift[] {
  const recorded = survey.tools.flatMap((tool) => driftOf(tool, survey, options));
  const seen = new Set(
    survey.tools.filter(({ answers }) => answers > 0).map(({ server, tool }) => JSON.stringify([server, tool])),
  );
  const unrecorded = Object.entries(catalogue).flatMap(([server, tools]) =>
    Object.keys(tools)
      .filter((tool) => !seen.has(JSON.stringify([server, tool])))
      .map((tool) => about('info', 'unrecorded_tool', { server, tool })),
  );
  return [...recorded, ...unrecorded];
}

function driftOf(tool: ToolSurvey, survey: Survey, options: CompareOptions): Drift[] {
  const seen = observe(tool, survey).filter(
    ({ side, confidence }) => confidence >= options.minConfidence && (options.arguments || side === 'result'),
  );
  if (tool.entry === undefined) {
    // It is refused, so what it holds passes to nobody; without answers there may be no such tool.
    return tool.answers === 0 ? [] : [about('warning', 'unknown_tool', tool)];
  }
  const declared = Object.keys(tool.entry.holds);
  return [
    ...(tool.entry.action === unreviewed ? [about('warning', 'unreviewed_tool', tool)] : []),
    ...seen.flatMap((each): Drift[] => {
      if (each.manner === 'prose')
        return each.categories.every((category) => isAnswered(category, declared))
          ? []
          : [drift('undeclared', tool, each)];
      if (each.declared.length === 0) return [drift('undeclared', tool, each)];
      if (each.manner === 'text' || isAnswered(each.category, each.declared)) return [];
      return [drift('differs', tool, each)];
    }),
    ...(tool.answers === 0 ? [] : neverSeen(tool)),
  ];
}

function neverSeen(tool: ToolSurvey): Drift[] {
  return tool.declared
    .filter(({ selected }) => selected === 0)
    .map(({ path, category }) => ({ ...about('warning', 'never_seen', tool), path, category }));
}

/** Whether what is declared says as much as what was found, or more. */
function isAnswered(found: string, declared: readonly string[]): boolean {
  return declared.some(
    (category) =>
      isWithinCategory(found, category) ||
      isWithinCategory(category, found) ||
      // Free text may hold anything, and what is declared as of the system, somebody looked at.
      isWithinCategory(category, 'user.content') ||
      isWithinCategory(category, 'system') ||
      // Whose number it is a detector often only guesses.
      (isWithinCategory(category, 'user.government_id') && isWithinCategory(found, 'user.government_id')),
  );
}

type About = Pick<ToolSurvey, 'server' | 'tool'>;

function about(severity: Drift['severity'], code: DriftCode, { server, tool }: About): Drift {
  return { severity, code, server, tool, observed: null, path: null, category: null };
}

function drift(code: DriftCode, { server, tool }: About, observed: Observed): Drift {
  const { path, category } = observed;
  return { severity: 'error', code, server, tool, observed, path, category };
}
