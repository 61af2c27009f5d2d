import type { Json } from '../../engine/json/types.ts';
import type { ToolChange } from '../../engine/tools/diff.ts';
import { shown, shownJson } from '../../engine/tools/unseen.ts';
import type { Paint, Style } from '../formats/paint.ts';
import { unifiedDiff } from '../unified-diff.ts';
import type { Looked } from './look.ts';
import type { Stranger, SurveyedTool } from './survey.ts';

const styles: Record<SurveyedTool['state'], Style> = { yes: 'green', new: 'cyan', changed: 'yellow', gone: 'dim' };
const words: Record<SurveyedTool['state'], string> = { yes: 'pinned', new: 'new', changed: 'changed', gone: 'gone' };

/** Lines and characters of one text; comparing takes the product of two texts' lines. */
const mostLines = 400;
const widest = 2_000;

/** A tool and its state, one a line. */
export function listLines({ tools, failed }: Looked, paint: Paint): string[] {
  const width = Math.max(0, ...tools.map((tool) => nameOf(tool).length));
  const lines = tools.map((tool) => {
    const notes = notesOf(tool).map((note) => `  ${paint('red', note)}`);
    const current = tool.strangers[0] ?? tool.pinned[0];
    const said = `${paint(styles[tool.state], words[tool.state].padEnd(7))}  ${nameOf(tool).padEnd(width)}`;
    return `${said}  ${paint('dim', short(current?.fingerprint))}${notes.join('')}`;
  });
  return [...lines, ...failedLines({ tools, failed }, paint)];
}

export function failedLines({ failed }: Looked, paint: Paint): string[] {
  return failed.map(({ server, error }) => `${paint('red', 'no list')}  ${server}  ${error.message} (${error.code})`);
}

/** What is different about one tool; nothing for one that is as pinned. */
export function diffLines(tool: SurveyedTool, paint: Paint): string[] {
  if (tool.state === 'yes') return [];
  const pinned = tool.pinned.map(({ fingerprint }) => short(fingerprint)).join(', ');
  const lines = [paint('bold', `${nameOf(tool)}  ${words[tool.state]}`)];
  if (pinned !== '') lines.push(paint('dim', `  pinned ${pinned}`));
  for (const stranger of tool.strangers) lines.push(...strangerLines(stranger, tool.pinned.length > 0, paint));
  if (tool.schema_fault !== null) lines.push(paint('red', `  ! its arguments cannot be checked: ${tool.schema_fault}`));
  return lines;
}

function strangerLines(stranger: Stranger, isChange: boolean, paint: Paint): string[] {
  const { source, seen_at, fingerprint, unseen, changes, declaration } = stranger;
  const from = source === 'offered' ? 'offered now' : `shown to a gateway, last at ${seen_at}`;
  const lines = [paint('dim', `  ${short(fingerprint)} ${from}`)];
  if (unseen.length > 0) lines.push(paint('red', `  ! it holds ${unseen.join(', ')}`));
  const told: ToolChange[] = isChange
    ? changes
    : Object.entries(declaration)
        .filter(([part]) => part !== 'name')
        .map(([part, after]) => ({ part: part as ToolChange['part'], pointer: '', before: undefined, after }));
  for (const change of told) lines.push(...changeLines(change, paint).map((line) => `  ${line}`));
  return lines;
}

function changeLines({ part, pointer, before, after }: ToolChange, paint: Paint): string[] {
  const [old, now] = [textOf(before), textOf(after)];
  const lines = unifiedDiff('', old.lines.join('\n'), now.lines.join('\n')).slice(2);
  const body = before === undefined || after === undefined ? [...mark('-', old.lines), ...mark('+', now.lines)] : lines;
  const left = Math.max(old.left, now.left);
  return [
    paint('cyan', `${part}${shown(pointer)}`),
    ...body.filter((line) => !line.startsWith('@@')).map((line) => coloured(line, paint)),
    ...(left > 0 ? [paint('red', `! ${left} characters more are not shown here: --format json has them all`)] : []),
  ];
}

function mark(sign: string, lines: readonly string[]): string[] {
  return lines.map((line) => `${sign}${line}`);
}

function coloured(line: string, paint: Paint): string {
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('+') ? paint('green', line) : line;
}

/** A value in lines that may be shown, and how many characters of it are not among them. */
function textOf(value: Json | undefined): { lines: string[]; left: number } {
  if (value === undefined) return { lines: [], left: 0 };
  const all = (typeof value === 'string' ? shown(value, true) : shownJson(value, 2)).split('\n');
  const lines = all.slice(0, mostLines).map((line) => line.slice(0, widest));
  const length = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length + 1, 0);
  return { lines, left: length(all) - length(lines) };
}

function notesOf({ strangers, schema_fault }: SurveyedTool): string[] {
  const unseen = [...new Set(strangers.flatMap((stranger) => stranger.unseen))];
  return [
    ...(unseen.length > 0 ? [`! holds ${unseen.join(', ')}`] : []),
    ...(schema_fault === null ? [] : ['! arguments cannot be checked']),
  ];
}

function nameOf({ server, tool }: SurveyedTool): string {
  return `${server}/${shown(tool)}`;
}

function short(fingerprint = ''): string {
  return fingerprint.slice(0, 12);
}
