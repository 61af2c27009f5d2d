import type { Drift } from '../../engine/catalogue/compare.ts';
import { freeText } from '../../engine/catalogue/types.ts';

/** What a difference is, and the way out, in words. Paths and categories alone: never a value. */
export function told(drift: Drift): { message: string; remedy: string } {
  const { code, path, category, observed } = drift;
  const where = path ?? 'text that no path leads to';
  const declared = observed?.declared.join(', ') ?? '';
  const held = observed === null ? '' : `${observed.categories.join(', ')} in ${observed.found} of ${observed.seen}`;
  switch (code) {
    case 'undeclared':
      return observed?.manner === 'prose'
        ? {
            message: `${where} holds ${held}, which the catalogue does not declare`,
            remedy:
              'mask what detectors find with `detect` in a rule, and declare a path of these categories; docs/catalogue.md',
          }
        : {
            message: `${sideOf(drift)}${where} ${mannerOf(drift)} ${held}, and nothing is declared there`,
            remedy: `declare \`${category ?? freeText}: [${JSON.stringify(path)}]\`${freeOf(drift)}; where it is nobody's data, under \`system.operations\``,
          };
    case 'differs':
      return {
        message: `${sideOf(drift)}${where} is declared as ${declared} and looks like ${category} (${held})`,
        remedy: `declare it as \`${category}\`, too, so that masks of that category find it; or correct the category`,
      };
    case 'never_seen':
      return {
        message: `${where} is declared as ${category} and was in no recording`,
        remedy: 'record a call that answers with it, or take the path out',
      };
    case 'unknown_tool':
      return {
        message: 'the catalogue does not know this tool, so nobody can call it',
        remedy: '`writ discover --catalogue` proposes an entry',
      };
    case 'unreviewed_tool':
      return {
        message: 'nobody said what this tool does: its action is `unreviewed`, which no rule grants',
        remedy: 'say it in `action`, with a word that rules ask for',
      };
    case 'unrecorded_tool':
      return {
        message: 'no answer of this tool is recorded, so nothing is known of what it holds',
        remedy: '`writ record` records one',
      };
  }
}

function sideOf({ observed }: Drift): string {
  return observed?.side === 'arguments' ? 'arguments ' : '';
}

function mannerOf({ observed }: Drift): string {
  return observed?.manner === 'names' ? 'has members named by' : 'holds';
}

function freeOf({ observed }: Drift): string {
  switch (observed?.manner) {
    case 'text':
      return ', and mask it with `detect`';
    case 'names':
      return ', and mask it whole with redact or drop';
    default:
      return '';
  }
}
