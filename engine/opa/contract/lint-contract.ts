import type { Catalogue } from '../../policy/types.ts';
import type { Analysis, Diagnostic } from '../types.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkNames } from './check-names.ts';
import { checkPackages } from './check-packages.ts';
import { checkReads } from './check-reads.ts';
import { checkRules } from './check-rules.ts';
import { checkValues } from './check-values.ts';
import { type Finding, finding } from './finding.ts';
import { readPacks } from './packs.ts';

/**
 * Finds what OPA lets pass in silence although it refuses nothing, grants by accident or never takes part: the codes are
 * explained in docs/policy-authoring.md. `sources` has the text of every file analysed, by the name the analysis gives
 * it. Sorted by place; nothing found is an empty list.
 */
export function lintContract(
  analysis: Analysis,
  catalogue: Catalogue,
  sources: ReadonlyMap<string, string>,
): Diagnostic[] {
  const packs = readPacks(analysis);
  const findings = [
    ...checkPackages(analysis),
    ...packs.flatMap(checkRules),
    ...packs.flatMap(checkReads),
    ...packs.flatMap(checkValues),
    ...checkMetadata(analysis, packs),
    ...checkNames(packs, catalogue, sources),
    ...analysis.negationTraps.map((trap) =>
      finding(
        trap,
        'negation_trap',
        `This \`not\` does not fire where \`${trap.culprit}\` is undefined, as OPA asks for that first. ` +
          'Give the condition a rule of its own and write `not` and its name.',
      ),
    ),
  ];
  return findings.toSorted(byPlace).map((found) => ({ severity: 'error', ...found, source: lineOf(found, sources) }));
}

function byPlace(a: Finding, b: Finding): number {
  const files = (a.file ?? '').localeCompare(b.file ?? '', 'en');
  return files || (a.row ?? 0) - (b.row ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function lineOf({ file, row }: Finding, sources: ReadonlyMap<string, string>): string | null {
  return sources.get(file ?? '')?.split(/\r?\n/)[(row ?? 0) - 1] ?? null;
}
