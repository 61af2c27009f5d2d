import { fixed, table } from './table.ts';

export interface Span {
  start: number;
  end: number;
  type: string;
}

/** A text with the values in it. Offsets count Unicode code points. */
export interface Example {
  id: string;
  kind: 'text' | 'json';
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

/** Recall and precision by type. A labelled value is *masked* when predictions cover 80 % of it, *recognised* when one of its type covers more than half. */
export class Accuracy {
  readonly errors: string[] = [];
  readonly #tallies = new Map<string, Tally>();
  #clean = 0;
  #over = 0;
  #cleanDocuments = 0;
  #touched = 0;

  /** `predicted` in code points, as the labels are. */
  add(example: Example, predicted: readonly Span[]): void {
    const points = [...example.text];
    const mask = paint(points.length, predicted);
    const gold = paint(points.length, example.spans);
    const shown = (span: Span) =>
      `${example.id} ${span.type} ${points.slice(Math.max(0, span.start - 24), span.end + 8).join('')}`;
    for (const span of example.spans) {
      const of = this.#tally(span.type);
      of.gold++;
      const covered = mask.subarray(span.start, span.end).reduce((sum, cell) => sum + cell, 0);
      if (covered >= 0.8 * (span.end - span.start)) of.masked++;
      const half = 0.5 * (span.end - span.start);
      if (predicted.some((value) => value.type === span.type && overlap(value, span) > half)) of.recognised++;
      else this.errors.push(`missed ${shown(span)}`);
    }
    for (const value of predicted) {
      const of = this.#tally(value.type);
      of.predicted++;
      if (example.spans.some((span) => span.type === value.type && overlap(span, value) > 0)) of.right++;
      else this.errors.push(`wrong  ${shown(value)}`);
    }
    gold.forEach((cell, index) => {
      if (cell === 1) return;
      this.#clean++;
      this.#over += mask[index] ?? 0;
    });
    if (example.spans.length > 0) return;
    this.#cleanDocuments++;
    if (predicted.length > 0) this.#touched++;
  }

  print(title: string): void {
    const total: Tally = { gold: 0, masked: 0, recognised: 0, predicted: 0, right: 0 };
    const rows = [...this.#tallies].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, of]) => row(type, of));
    for (const of of this.#tallies.values()) for (const key of keys) total[key] += of[key];
    console.log(
      `\n${table([title, 'labelled', 'recall', 'masked', 'predicted', 'precision'], [...rows, row('all', total)])}`,
    );
    const over = fixed((100 * this.#over) / Math.max(1, this.#clean), 2);
    console.log(
      `  clean characters masked ${over} %, clean documents touched ${this.#touched} of ${this.#cleanDocuments}`,
    );
  }

  #tally(type: string): Tally {
    const known = this.#tallies.get(type) ?? { gold: 0, masked: 0, recognised: 0, predicted: 0, right: 0 };
    this.#tallies.set(type, known);
    return known;
  }
}

const keys = ['gold', 'masked', 'recognised', 'predicted', 'right'] as const;

function row(type: string, of: Tally): string[] {
  const share = (part: number, whole: number) => (whole === 0 ? '-' : fixed(part / whole, 3));
  return [
    `  ${type}`,
    String(of.gold),
    share(of.recognised, of.gold),
    share(of.masked, of.gold),
    String(of.predicted),
    share(of.right, of.predicted),
  ];
}

function paint(length: number, spans: readonly Span[]): Uint8Array {
  const cells = new Uint8Array(length);
  for (const { start, end } of spans) cells.fill(1, start, end);
  return cells;
}

function overlap(a: Span, b: Span): number {
  return Math.min(a.end, b.end) - Math.max(a.start, b.start);
}
