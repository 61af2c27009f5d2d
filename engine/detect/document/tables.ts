import { fieldMeaning } from '../fields/field-meaning.ts';
import { matchesOf } from '../matches.ts';
import { type Group, groupAt } from './leaves.ts';

/** A value in a text whose field the text names: a line `name: value`, or a cell below a heading. */
export interface Cell {
  readonly field: string;
  readonly parent: string | undefined;
  readonly group: Group;
  readonly start: number;
  readonly end: number;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `patient.name: ...`, `- Name = ...`, `**E-mail**: ...`; what is before the sign is short. */
const assignment =
  /^([ \t]{0,40}(?:[-*•+] |> ?|\d{1,3}[.)] )?)(["'*_`]{0,3})(\p{L}[\p{L}\p{M}\d_./() '’-]{0,58}?)(["'*_`]{0,3}) ?(?:[:=：]|=>|->)(?: |\t|$|(?=["'*_`+\p{L}\d]))["'*_`]{0,3} ?/u;
const rule = /^\s{0,8}(?:[-=_*#~]{3,}.*|)$/;
const markdownRule = /^\s*\|?\s{0,8}:?-{1,}:?\s{0,8}(?:\|\s{0,8}:?-{1,}:?\s{0,8}){0,60}\|?\s*$/;
/** Lines longer are prose, or no table of people. */
const longestLine = 4096;

/** The cells of the tables and lists of a text. Work in proportion to the text. */
export function cellsOf(text: string, above: Group): Cell[] {
  const cells: Cell[] = [];
  const lines = linesOf(text);
  let group = groupAt(above, undefined);
  // Names of lines without a value, by how far they are indented: YAML.
  let parents: { indent: number; name: string }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || line.text.length > longestLine) continue;
    const rows = tableAt(lines, at, above, cells);
    if (rows > 0) {
      at += rows - 1;
      continue;
    }
    if (rule.test(line.text)) {
      group = groupAt(above, undefined);
      parents = [];
      continue;
    }
    const match = assignment.exec(line.text);
    if (match === null) {
      inlineCells(line, group, cells);
      continue;
    }
    const [whole = '', lead = '', , name = ''] = match;
    // `Seen at 14:30` is a time.
    if (/\d$/.test(name) && /:\d$/.test(line.text.slice(0, whole.length + 1))) {
      inlineCells(line, group, cells);
      continue;
    }
    // The next item of a list is another record.
    if (/[-*•+]|\d/.test(lead) && parents.length > 0) group = groupAt(above, undefined);
    while ((parents.at(-1)?.indent ?? -1) >= lead.length) parents.pop();
    const value = trimmed(line.text, whole.length, remarkAt(line.text, whole.length));
    const dot = name.lastIndexOf('.');
    const field = dot < 0 ? name : name.slice(dot + 1);
    if (value.end <= value.start) {
      parents.push({ indent: lead.length, name });
      continue;
    }
    const parent = dot > 0 ? name.slice(0, dot) : parents.at(-1)?.name;
    const inline = inlineCells(line, group, cells);
    if (inline > 1) continue;
    cells.length -= inline;
    group.members.push({ name: field, text: line.text.slice(value.start, value.end).slice(0, 80) });
    cells.push({ field, parent, group, start: line.start + value.start, end: line.start + value.end });
  }
  return cells;
}

/** Where a remark in brackets begins: of three letters or fewer it is a province. */
function remarkAt(text: string, from: number): number {
  const found = text.indexOf(' (', from);
  return found > from && / \(\p{L}{4}[^()]{0,200}\)\s*$/u.test(text.slice(found)) ? found : text.length;
}

/** `Name: Ann Lee; Phone: 01 23, DOB: 1980-02-01`: several in one line. Returns how many. */
function inlineCells(line: Line, group: Group, cells: Cell[]): number {
  if (!/[;,|].{1,60}[:=]/.test(line.text)) return 0;
  const parts: { name: string; start: number; from: number }[] = [];
  for (const match of matchesOf(inlineName, line.text)) {
    parts.push({ name: match[2] ?? '', start: match.index, from: match.index + match[0].length });
  }
  if (parts.length < 2 || parts.every(({ name }) => fieldMeaning(name).phrase === undefined)) return 0;
  parts.forEach(({ name, from }, index) => {
    const value = trimmed(line.text, from, parts[index + 1]?.start ?? line.text.length);
    if (value.end <= value.start) return;
    group.members.push({ name, text: line.text.slice(value.start, value.end).slice(0, 80) });
    cells.push({ field: name, parent: undefined, group, start: line.start + value.start, end: line.start + value.end });
  });
  return parts.length;
}

const inlineName = /(^|[;,|(] {0,2})(\p{L}[\p{L}\p{M}\d_. '’-]{0,30}?) ?[:=] ?/gu;

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const stop = found < 0 ? text.length : found;
    const end = text.charCodeAt(stop - 1) === 13 && stop > start ? stop - 1 : stop;
    lines.push({ start, end, text: text.slice(start, end) });
    start = stop + 1;
  }
  return lines;
}

/** Reads the table that begins at a line, and returns how many lines it has: 0 where none begins. */
function tableAt(lines: readonly Line[], at: number, above: Group, cells: Cell[]): number {
  const head = lines[at];
  const next = lines[at + 1];
  if (head === undefined || next === undefined) return 0;
  const isMarkdown = head.text.includes('|') && markdownRule.test(next.text) && next.text.includes('-');
  const sign = isMarkdown ? '|' : separators.find((each) => head.text.includes(each) && next.text.includes(each));
  if (sign === undefined) return 0;
  const columns = split(head, sign).map(({ start, end }) => head.text.slice(start - head.start, end - head.start));
  if (columns.length < 2 || columns.length > 200 || !isHeading(columns)) return 0;
  if (!isMarkdown && split(next, sign).length !== columns.length) return 0;
  let row = at + (isMarkdown ? 2 : 1);
  for (; row < lines.length; row++) {
    const line = lines[row];
    if (line === undefined || line.text.length > longestLine || !line.text.includes(sign)) break;
    const found = split(line, sign);
    if (found.length !== columns.length && !isMarkdown) break;
    const group = groupAt(above, undefined);
    columns.forEach((field, column) => {
      const cell = found[column];
      if (cell === undefined || cell.end <= cell.start || field === '') return;
      group.members.push({
        name: field,
        text: line.text.slice(cell.start - line.start, cell.end - line.start).slice(0, 80),
      });
      cells.push({ field, parent: undefined, group, start: cell.start, end: cell.end });
    });
  }
  return row - at;
}

const separators = ['\t', '|', ';', ','] as const;

function isHeading(columns: readonly string[]): boolean {
  return (
    columns.every((name) => name.length <= 60 && !/\d{4}|@/.test(name)) &&
    columns.some((name) => fieldMeaning(name).phrase !== undefined)
  );
}

/** The cells of a row, without white space and quotes around them. In quotes, signs do not separate. */
function split(line: Line, sign: string): { start: number; end: number }[] {
  const { text } = line;
  const cells: { start: number; end: number }[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at <= text.length; at++) {
    if (text[at] === '"') quoted = !quoted;
    if (at < text.length && (quoted || text[at] !== sign)) continue;
    cells.push(trimmed(text, from, at));
    from = at + 1;
  }
  // A table of Markdown may have its signs at the ends too.
  if (sign === '|' && cells.length > 2) {
    const isEmpty = (cell: { start: number; end: number } | undefined) => cell !== undefined && cell.end <= cell.start;
    if (/^\s*\|/.test(text) && isEmpty(cells[0])) cells.shift();
    if (/\|\s*$/.test(text) && isEmpty(cells.at(-1))) cells.pop();
  }
  return cells.map(({ start, end }) => ({ start: line.start + start, end: line.start + end }));
}

/** A part of a text without white space, quotes and final commas around it. */
function trimmed(text: string, from: number, to: number): { start: number; end: number } {
  let [start, end] = [from, to];
  while (start < end && around.has(text[start] ?? '')) start++;
  while (end > start && (around.has(text[end - 1] ?? '') || text[end - 1] === ',' || text[end - 1] === ';')) end--;
  return { start, end };
}

const around: ReadonlySet<string> = new Set([' ', '\t', '\r', '\n', '"', "'", '`', '*', '\u00a0']);
