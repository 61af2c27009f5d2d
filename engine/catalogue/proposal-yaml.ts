import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import type { Catalogue } from '../policy/types.ts';
import { editYaml } from '../yaml/edit.ts';
import { escapeKey, readYaml } from '../yaml/read.ts';
import { flowValue } from '../yaml/write.ts';
import { entryWith, merged, type Proposal, type ToolProposal, unreviewed } from './discover.ts';

const code = 'WRIT_SOURCES_INVALID';

const header = `# Proposed from recordings, for somebody to read. Say what each tool does in place of \`${unreviewed}\`, which no rule grants.`;

/** Proposals as a catalogue of their own, in the form people write one, each path with why it is proposed. */
export function proposedYaml(proposals: readonly ToolProposal[]): string {
  const servers = Map.groupBy(proposals, ({ server }) => server);
  const lines = [...servers].flatMap(([server, tools]) => [`  ${flowValue(server)}:`, ...tools.flatMap(toolLines)]);
  return `${[header, 'catalogue:', ...(lines.length === 0 ? ['  {}'] : lines)].join('\n')}\n`;
}

/**
 * The text of a catalogue with proposals in it: what is there stays as it is written, with its comments. Throws SourceError
 * with WRIT_SOURCES_INVALID where the text cannot be read.
 */
export function mergedYaml(text: string, file: string, proposals: readonly ToolProposal[]): string {
  const { value } = readYaml(text, file, code);
  const root = isObject(value) ? value : {};
  const old = isObject(root.catalogue) ? root.catalogue : {};
  const catalogue: JsonObject = JSON.parse(JSON.stringify(merged(asCatalogue(old), proposals)));
  const wanted = { ...root, catalogue };
  const edited = editYaml(text, file, wanted, code);
  const told = commented(requoted(edited, file, proposals), file, proposals);
  return isDeepStrictEqual(plain(told, file), plain(edited, file)) ? told : edited;
}

/** What validated as a catalogue before. */
function asCatalogue(value: JsonObject): Catalogue {
  return JSON.parse(JSON.stringify(value));
}

function plain(text: string, file: string): unknown {
  return JSON.parse(JSON.stringify(readYaml(text, file, code).value));
}

/** Paths in quotes, as people write them in a catalogue. */
function quoted(paths: readonly string[]): string {
  return `[${paths.map((path) => JSON.stringify(path)).join(', ')}]`;
}

/** Lists that were edited, with all their paths in quotes. */
function requoted(text: string, file: string, proposals: readonly ToolProposal[]): string {
  const { place, value } = readYaml(text, file, code);
  const lines = text.split('\n');
  for (const { server, tool, proposals: paths } of proposals) {
    for (const { category } of paths) {
      const pointer = ['catalogue', server, tool, 'holds', category];
      const list = pointer.reduce<Json | undefined>((at, key) => (isObject(at) ? at[key] : undefined), value);
      const { row } = place(['', ...pointer].map(escapeKey).join('/'), 'key');
      const [, before, after] = /^( *[\w.]+: )\[[^#]*\](\s*(?:#.*)?)$/.exec(lines[row - 1] ?? '') ?? [];
      if (before === undefined || !Array.isArray(list)) continue;
      lines[row - 1] = `${before}${quoted(list.map(String))}${after}`;
    }
  }
  return lines.join('\n');
}

/** The reasons of each proposal above the line where its category stands. */
function commented(text: string, file: string, proposals: readonly ToolProposal[]): string {
  const { place } = readYaml(text, file, code);
  const lines = text.split('\n');
  const above = new Map<number, string[]>();
  const say = (pointer: readonly string[], comments: readonly string[]) => {
    const { row } = place(['', 'catalogue', ...pointer].map(escapeKey).join('/'), 'key');
    above.set(row, [...(above.get(row) ?? []), ...comments]);
  };
  for (const proposal of proposals) {
    const { server, tool, proposals: paths, subjects } = proposal;
    say([server, tool], [...(proposal.isNew ? [sayWhat] : []), ...toolComments(proposal)]);
    for (const path of paths) say([server, tool, 'holds', path.category], [pathComment(path)]);
    if (subjects !== null) say([server, tool, 'facts', 'subjects'], [subjectsComment]);
  }
  return lines
    .flatMap((line, index) => {
      const indent = /^ */.exec(line)?.[0] ?? '';
      return [...(above.get(index + 1) ?? []).map((comment) => `${indent}# ${comment}`), line];
    })
    .join('\n');
}

function toolLines(proposal: ToolProposal): string[] {
  const { tool, proposals, subjects } = proposal;
  const { action, holds } = entryWith(undefined, proposal);
  const held = Object.entries(holds);
  const comments = (list: readonly string[], indent: number) => list.map((each) => `${' '.repeat(indent)}# ${each}`);
  return [
    ...comments(toolComments(proposal), 4),
    `    ${flowValue(tool)}:`,
    `      action: ${action}`,
    ...(held.length === 0 ? ['      holds: {}'] : ['      holds:']),
    ...held.flatMap(([category, paths]) => [
      ...comments(proposals.filter((each) => each.category === category).map(pathComment), 8),
      `        ${flowValue(category)}: ${quoted(paths)}`,
    ]),
    ...(subjects === null
      ? []
      : ['      facts:', ...comments([subjectsComment], 8), `        subjects: ${JSON.stringify(subjects)}`]),
  ];
}

const sayWhat = `Say what it does in place of \`${unreviewed}\`, which no rule grants.`;
const subjectsComment = 'Who the answer is about, by the name of the field.';

function toolComments({ isNew, readOnly, answers, proposals, prose }: ToolProposal): string[] {
  return [
    ...(isNew && readOnly !== null
      ? [`Its server says that it ${readOnly ? 'only reads' : 'does more than read'}.`]
      : []),
    ...(isNew && proposals.length === 0 ? [`Nothing personal was found in ${times(answers, 'answer')}.`] : []),
    ...(prose === null
      ? []
      : [
          `Text that no path leads to held ${prose.categories.join(', ')} in ${prose.found} of ${prose.seen} (confidence ${prose.confidence}):`,
          'only a mask with `detect` finds it there.',
        ]),
  ];
}

function pathComment({ path, manner, side, categories, seen, found, confidence, example }: Proposal): string {
  const where = `${side === 'arguments' ? 'Arguments, ' : ''}${seeable(path)}`;
  const like = example === null ? '' : `, like ${seeable(example)}`;
  switch (manner) {
    case 'field':
      return `${where}: confidence ${confidence}, ${found} of ${seen}${like}`;
    case 'names':
      return `${where}: names of members are ${categories.join(', ')}, confidence ${confidence}${like}: mask it whole, with redact or drop`;
    case 'text':
      return `${where}: free text that held ${categories.join(', ')} in ${found} of ${seen}, confidence ${confidence}: needs a mask with \`detect\``;
    case 'identifier':
      return `${where}: confidence ${confidence}, by its name, in ${times(seen, 'place')}`;
  }
}

function times(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Nothing that could end a comment. */
function seeable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
}
