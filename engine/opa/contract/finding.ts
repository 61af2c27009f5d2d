import type { Diagnostic } from '../types.ts';

/** A diagnostic before its source line is looked up. All findings are errors: each is a rule that does not do what it says. */
export type Finding = Pick<Diagnostic, 'code' | 'message' | 'file' | 'row' | 'column'>;

/** Anything that stands somewhere in a file. */
interface Located {
  file: string;
  row: number;
  column?: number;
}

export function finding(at: Located, code: string, message: string): Finding {
  return { code, message, file: at.file, row: at.row, column: at.column ?? 1 };
}
