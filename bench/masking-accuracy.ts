import { existsSync, readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { gunzipSync } from 'node:zlib';
import { detectDocument } from '../engine/detect/json.ts';

/**
 * Recall and precision of the detectors on labelled examples, by type. A labelled value is *masked* when predictions cover
 * 80 % of it, *recognised* when one of its type covers more than half.
 *
 * Usage: `bench/masking-accuracy.ts <folder> [--errors]`, the folder with `text.jsonl.gz` and `json.jsonl.gz`.
 */
interface Span {
  start: number;
  end: number;
  type: string;
}

interface Example {
  id: string;
  kind: 'text' | 'json';
  locale: string;
  text: string;
  spans: Span[];
}

interface Tally {
  gold: number;
  masked: number;
  recognised: number;
  predicted: number;
  right: number;
}

const folder = argv[2];
if (folder === undefined)
  throw new Error('usage: bench/masking-accuracy.ts <folder with text.jsonl.gz and json.jsonl.gz>');
const showErrors = argv.includes('--errors');

for (const kind of ['text', 'json'] as const) {
  const file = `${folder}/${kind}.jsonl.gz`;
  if (existsSync(file)) report(kind, examplesOf(file), detectDocument);
}

function examplesOf(file: string): Example[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Example);
}

/** Offsets in code units as offsets in code points, as the labels count. */
function inCodePoints(text: string, spans: readonly Span[]): Span[] {
  const points = new Uint32Array(text.length + 1);
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    points[i] = count;
    const code = text.charCodeAt(i);
    if (code < 0xdc00 || code > 0xdfff) count++;
  }
  points[text.length] = count;
  return spans.map(({ start, end, type }) => ({ start: points[start] ?? 0, end: points[end] ?? 0, type }));
}

function report(kind: string, examples: readonly Example[], predict: (text: string) => Span[]): void {
  const tallies = new Map<string, Tally>();
  const tally = (type: string): Tally => {
    const known = tallies.get(type) ?? { gold: 0, masked: 0, recognised: 0, predicted: 0, right: 0 };
    tallies.set(type, known);
    return known;
  };
  const all = { clean: 0, over: 0, cleanDocuments: 0, touched: 0 };
  for (const example of examples) {
    const predicted = inCodePoints(example.text, predict(example.text));
    score(example, predicted, tally, all);
  }
  print(kind, tallies, all);
}

function score(
  example: Example,
  predicted: readonly Span[],
  tally: (type: string) => Tally,
  all: { clean: number; over: number; cleanDocuments: number; touched: number },
): void {
  const points = [...example.text];
  const mask = paint(points.length, predicted);
  const gold = paint(points.length, example.spans);
  const wrong: string[] = [];
  const shown = (span: Span) => `${span.type} ${points.slice(Math.max(0, span.start - 24), span.end + 8).join('')}`;
  for (const span of example.spans) {
    const of = tally(span.type);
    of.gold++;
    let covered = 0;
    for (let i = span.start; i < span.end; i++) covered += mask[i] ?? 0;
    if (covered >= 0.8 * (span.end - span.start)) of.masked++;
    const same = predicted.some(
      (value) => value.type === span.type && overlap(value, span) > 0.5 * (span.end - span.start),
    );
    if (same) of.recognised++;
    else wrong.push(`missed ${shown(span)}`);
  }
  for (const value of predicted) {
    const of = tally(value.type);
    of.predicted++;
    if (example.spans.some((span) => span.type === value.type && overlap(span, value) > 0)) of.right++;
    else wrong.push(`wrong  ${shown(value)}`);
  }
  for (let i = 0; i < points.length; i++) {
    if (gold[i] === 1) continue;
    all.clean++;
    all.over += mask[i] ?? 0;
  }
  if (example.spans.length === 0) {
    all.cleanDocuments++;
    if (predicted.length > 0) all.touched++;
  }
  if (showErrors) for (const line of wrong) console.log(`  ${example.id} ${line.replaceAll('\n', ' ')}`);
}

function paint(length: number, spans: readonly Span[]): Uint8Array {
  const cells = new Uint8Array(length);
  for (const { start, end } of spans) cells.fill(1, start, end);
  return cells;
}

function overlap(a: Span, b: Span): number {
  return Math.min(a.end, b.end) - Math.max(a.start, b.start);
}

function print(
  kind: string,
  tallies: ReadonlyMap<string, Tally>,
  all: { clean: number; over: number; cleanDocuments: number; touched: number },
): void {
  console.log(`\n${kind}`.padEnd(17), 'labelled  recall  masked  predicted  precision');
  const total: Tally = { gold: 0, masked: 0, recognised: 0, predicted: 0, right: 0 };
  for (const [type, of] of [...tallies].sort(([a], [b]) => (a < b ? -1 : 1))) {
    row(type, of);
    for (const key of ['gold', 'masked', 'recognised', 'predicted', 'right'] as const) total[key] += of[key];
  }
  row('all', total);
  const over = ((100 * all.over) / Math.max(1, all.clean)).toFixed(2);
  console.log(`  clean characters masked ${over} %, clean documents touched ${all.touched} of ${all.cleanDocuments}`);
}

function row(type: string, of: Tally): void {
  const share = (part: number, whole: number) => (whole === 0 ? '-' : (part / whole).toFixed(3));
  console.log(
    `  ${type.padEnd(15)}`,
    String(of.gold).padStart(7),
    share(of.recognised, of.gold).padStart(7),
    share(of.masked, of.gold).padStart(7),
    String(of.predicted).padStart(10),
    share(of.right, of.predicted).padStart(10),
  );
}
