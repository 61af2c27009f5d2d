import type { Drift } from '../../engine/catalogue/compare.ts';
import type { TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import type { Diagnostic } from '../../engine/opa/types.ts';
import { escapeKey, type YamlSource } from '../../engine/yaml/read.ts';
import { counted } from '../formats/counted.ts';
import { type FormatName, formatter } from '../formats/formatter.ts';
import type { Paint } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { told } from './told.ts';

export interface CatalogueReport {
  drift: readonly Drift[];
  source: YamlSource;
  /** Tools of which an answer is recorded, as [server, tool]. */
  recorded: readonly (readonly [string, string])[];
}

/** What was found, as a format has it. Ends in a newline. */
export function written(report: CatalogueReport, format: FormatName, paint: Paint): string {
  switch (format) {
    case 'json':
      return json(report);
    case 'github':
      return formatter(format).diagnostics(report.drift.flatMap((each) => diagnosticOf(each, report.source)));
    case 'junit':
      return formatter(format).tests(outcomes(report));
    default:
      return pretty(report, paint);
  }
}

export function count({ drift }: CatalogueReport, severity: Drift['severity']): number {
  return drift.filter((each) => each.severity === severity).length;
}

const marks = { error: '✗', warning: '!', info: 'i' } as const;
const colours = { error: 'red', warning: 'yellow', info: 'dim' } as const;

function pretty(report: CatalogueReport, paint: Paint): string {
  const { drift, source, recorded } = report;
  const lines = drift
    .filter(({ severity: of }) => of !== 'info')
    .flatMap((each) => {
      const { severity, server, tool, observed } = each;
      const { message, remedy } = told(each);
      const at = `${source.file}:${rowOf(each, source)}`;
      const seen = observed === null ? '' : `, first in ${observed.file}, confidence ${observed.confidence}`;
      return [
        `${paint(colours[severity], marks[severity])} ${paint('bold', visible(`${server} ${tool}`))} ${visible(message)}`,
        `  ${paint('dim', visible(at + seen))}`,
        `  ${paint('cyan', 'help:')} ${visible(remedy)}`,
      ];
    });
  const errors = `${counted(count(report, 'error'), 'error')}, ${counted(count(report, 'warning'), 'warning')}`;
  const sum = `${counted(recorded.length, 'tool')} with recordings held against ${visible(source.file)}: ${errors}`;
  return `${[...lines, ...unrecorded(drift, paint), sum].join('\n')}\n`;
}

/** Tools of which nothing is known, in a line a server: of a catalogue of many servers one recording leaves most. */
function unrecorded(drift: readonly Drift[], paint: Paint): string[] {
  const tools = drift.filter(({ code }) => code === 'unrecorded_tool');
  return [...new Set(tools.map(({ server }) => server))].map((server) => {
    const names = tools.filter((each) => each.server === server).map(({ tool }) => tool);
    const said = `no answer is recorded of ${names.join(', ')}: nothing is known of what they hold`;
    return `${paint('dim', marks.info)} ${paint('bold', visible(server))} ${visible(said)}`;
  });
}

function json(report: CatalogueReport): string {
  const drift = report.drift.map(({ severity, code, server, tool, path, category, observed, ...each }) => {
    const { message, remedy } = told({ severity, code, server, tool, path, category, observed, ...each });
    const { side = null, manner = null, categories = [], declared = [], seen = 0, found = 0 } = observed ?? {};
    const { confidence = null, file = null } = observed ?? {};
    const said = {
      severity,
      code,
      server,
      tool,
      path,
      category,
      row: rowOf({ code, server, tool, path, category, observed }, report.source),
    };
    return { ...said, side, manner, categories, declared, seen, found, confidence, file, message, remedy };
  });
  const summary = {
    tools: report.recorded.length,
    errors: count(report, 'error'),
    warnings: count(report, 'warning'),
  };
  return `${JSON.stringify({ catalogue: report.source.file, drift, summary }, null, 2)}\n`;
}

/** What tells nothing to correct is left out. */
function diagnosticOf(drift: Drift, source: YamlSource): Diagnostic[] {
  const { severity, code, server, tool } = drift;
  if (severity === 'info') return [];
  const { message, remedy } = told(drift);
  const text = `${server} ${tool}: ${message}. Way out: ${remedy}.`;
  return [{ severity, code, message: text, file: source.file, row: rowOf(drift, source), column: 1, source: null }];
}

/** A test a tool: those without recordings are skipped. */
function outcomes({ drift, source, recorded }: CatalogueReport): TestOutcome[] {
  const tools = new Map(recorded.map(([server, tool]) => [JSON.stringify([server, tool]), [server, tool] as const]));
  for (const { server, tool } of drift) tools.set(JSON.stringify([server, tool]), [server, tool]);
  return [...tools.values()].map(([server, tool]): TestOutcome => {
    const own = drift.filter((each) => each.server === server && each.tool === tool);
    const failures = own
      .filter(({ severity }) => severity === 'error')
      .map((each) => {
        const { message, remedy } = told(each);
        return { row: rowOf(each, source), message: `${message}. Way out: ${remedy}.`, differences: [] };
      });
    const isSkipped = own.some(({ code }) => code === 'unrecorded_tool');
    const status = failures.length > 0 ? 'failed' : isSkipped ? 'skipped' : 'passed';
    const row = rowOf({ code: 'unknown_tool', server, tool, path: null, category: null, observed: null }, source);
    return { kind: 'fixture', file: source.file, row, name: `${server} ${tool}`, status, failures, fuel: 0 };
  });
}

/** Where in the catalogue it is to be mended: at the category declared, else at the tool, else at the nearest above. */
function rowOf({ code, server, tool, category, observed }: Omit<Drift, 'severity'>, { place }: YamlSource): number {
  const declared = code === 'never_seen' ? category : code === 'differs' ? (observed?.declared[0] ?? null) : null;
  const pointer = ['', 'catalogue', server, tool, ...(declared === null ? [] : ['holds', declared])];
  return place(pointer.map(escapeKey).join('/'), 'key').row;
}
