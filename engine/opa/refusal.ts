import { check } from './check.ts';
import { parseDiagnostics } from './diagnostics.ts';
import type { RunOptions } from './run.ts';
import type { Diagnostic } from './types.ts';

/**
 * Diagnostics for a command that has no JSON errors: its text names no columns and few errors, so `check` is asked what
 * is wrong with the same policies, and the text counts only where that finds nothing.
 */
export async function explainRefusal(
  printed: string,
  options: RunOptions & { paths: readonly string[]; capabilities?: string | undefined },
): Promise<Diagnostic[]> {
  const { paths, capabilities, cwd, signal, timeout } = options;
  const checked = await check({ paths, capabilities, cwd, signal, timeout, strict: false });
  return checked.ok ? parseDiagnostics(printed, cwd) : checked.diagnostics;
}
