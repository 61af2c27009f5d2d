import { type ErrorCode, WritError } from '../errors.ts';
import type { Diagnostic } from './types.ts';

/** Something is wrong with files a person wrote, and where. `diagnostics` has at least one. */
export class DiagnosticsError extends WritError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: ErrorCode, diagnostics: readonly Diagnostic[], options?: { cause?: unknown }) {
    const lines = diagnostics.map(({ file, row, column, message }) =>
      [...[file, row, column].filter((part) => part !== null), ` ${message}`].join(':'),
    );
    super(code, lines.join('\n'), options);
    this.diagnostics = diagnostics;
  }
}
