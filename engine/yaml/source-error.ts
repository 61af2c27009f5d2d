import type { ErrorCode } from '../errors.ts';
import { DiagnosticsError } from '../opa/diagnostics-error.ts';
import type { Diagnostic } from '../opa/types.ts';

/** A mistake in a text, before its source line is cut out. */
export interface Mistake {
  file: string;
  text: string;
  row: number;
  column: number;
  message: string;
  /** Of the diagnostic; that of the error unless given. */
  code?: string;
}

/** A file a person wrote is wrong, and where. `diagnostics` has at least one. */
export class SourceError extends DiagnosticsError {
  constructor(errorCode: ErrorCode, mistakes: readonly Mistake[], options?: { cause?: unknown }) {
    const diagnostics = mistakes.map(({ file, text, row, column, message, code = errorCode }): Diagnostic => {
      const source = text.split(/\r?\n/)[row - 1] ?? null;
      return { severity: 'error', code, message, file, row, column, source };
    });
    super(errorCode, diagnostics, options);
  }
}
