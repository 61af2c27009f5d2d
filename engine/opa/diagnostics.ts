import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from './types.ts';

/** An error as OPA prints it with `--format json`: v1/ast `Error`. */
interface OpaError {
  message: string;
  code?: string;
  location?: { file: string; row: number; col: number };
  details?: { oneOf?: unknown[] } & Record<string, unknown>;
}

/**
 * Diagnostics from what OPA printed on failing: its JSON errors, or the text of the commands which have only that
 * (`error: 1 error occurred: policy.rego:3: rego_type_error: undefined function foo`). Never empty.
 *
 * @param cwd Where OPA ran, to find the source lines.
 */
export function parseDiagnostics(printed: string, cwd = '.'): Diagnostic[] {
  const errors = parseErrors(printed) ?? parseText(printed);
  const sources = new Map<string, string[]>();
  return errors.map(({ message, code, location, details }) => ({
    severity: 'error',
    code: code ?? 'opa_error',
    message: message + explain(details),
    file: location?.file || null,
    row: location?.row ?? null,
    column: location?.col || null,
    source: location ? sourceLine(sources, resolve(cwd, location.file), location.row) : null,
  }));
}

function parseErrors(printed: string): OpaError[] | undefined {
  try {
    const { errors } = JSON.parse(printed);
    return Array.isArray(errors) && errors.length > 0 ? errors : undefined;
  } catch {
    return undefined;
  }
}

function parseText(printed: string): OpaError[] {
  // What follows `Usage:` is the help of the command, printed when a flag is wrong.
  const text = printed.replace(/^Usage:[\s\S]*/m, '').trim();
  const located = text.split('\n').flatMap((line) => {
    const match = /^(?:.*?occurred(?: during loading)?: )?(.+?):(\d+): (rego_\w+): (.*)$/.exec(line);
    if (!match) return [];
    const [, file = '', row, code = '', message = ''] = match;
    return [{ message, code, location: { file, row: Number(row), col: 0 } }];
  });
  if (located.length > 0) return located;
  const message = text.replace(/^(?:error|Error): (?:load error: )?(?:1 error occurred(?: during loading)?: )?/, '');
  return [{ message: message.slice(0, 1000) || 'OPA failed and did not say why.' }];
}

/** What OPA's own text output tells in the lines below the message, where it helps to correct the policy. */
function explain(details: OpaError['details']): string {
  if (details?.oneOf && details.oneOf.length > 0) return `; there is: ${details.oneOf.join(', ')}`;
  const types = [details?.a, details?.b].map((side) => Reflect.get(Object(side), 'type'));
  return types.every((type) => typeof type === 'string') ? ` between ${types.join(' and ')}` : '';
}

function sourceLine(sources: Map<string, string[]>, file: string, row: number): string | null {
  let lines = sources.get(file);
  if (!lines) {
    try {
      lines = readFileSync(file, 'utf8').split(/\r?\n/);
    } catch {
      lines = []; // gone, or a name inside an archive: the diagnostic stands without its line
    }
    sources.set(file, lines);
  }
  return lines[row - 1] ?? null;
}
