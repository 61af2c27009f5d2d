import { errorKinds } from '../../engine/errors.ts';
import { DiagnosticsError } from '../../engine/opa/diagnostics-error.ts';
import { type Format, tally } from './format.ts';

/** For programs: one JSON document, its keys as the types name them. */
export function json(): Format {
  return {
    tests: (outcomes, coverage) =>
      write({ tests: outcomes, summary: tally(outcomes), ...(coverage !== undefined && { coverage }) }),
    diagnostics: (diagnostics) => write({ diagnostics }),
    failure: (error) => {
      const { code, detail = null } = error;
      const { title, remedy } = errorKinds[code];
      const diagnostics = error instanceof DiagnosticsError ? error.diagnostics : [];
      return write({ error: { code, title, detail, remedy, diagnostics } });
    },
  };
}

/** What is not there is null in JSON, so that a difference always has both sides. */
function write(value: unknown): string {
  return `${JSON.stringify(value, (_key, item) => (item === undefined ? null : item), 2)}\n`;
}
