import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { WritError } from '../errors.ts';
import { parseDiagnostics } from './diagnostics.ts';
import { type RunOptions, run } from './run.ts';
import type { Diagnostic, Outcome } from './types.ts';

/** A file of Rego; `path` only names it in diagnostics. */
export interface RegoText {
  path: string;
  text: string;
}

/** Rounds until OPA leaves its own output alone; one is the rule. */
const rounds = 4;

/**
 * Formats Rego as `opa fmt` does. The result is a fixed point: formatted again it stays as it is. Each text that changed is
 * parsed before and after, and both must come to the same, or WRIT_OPA_FAILED is thrown: OPA writes some rules another
 * way (`deny.x` becomes `deny["x"]`), and a formatter must not be what changes a policy. A text that does not parse gives
 * diagnostics, and then nothing is formatted.
 *
 * @throws WritError as `run`
 */
export async function format(files: readonly RegoText[], options: RunOptions = {}): Promise<Outcome<string[]>> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-fmt-'));
  try {
    const names = files.map((_, index) => `${index}.rego`);
    for (const [index, { text }] of files.entries()) writeFileSync(join(folder, `${index}.rego`), text);
    const inside = { ...options, cwd: folder };
    for (let round = 0; round < rounds; round++) {
      const { code, stdout, stderr } = await run(['fmt', '--write', '--', ...names], inside);
      if (code !== 0) return { ok: false, diagnostics: renamed(stderr || stdout, folder, files) };
      const { stdout: unsettled } = await run(['fmt', '--list', '--', ...names], inside);
      if (unsettled.trim() !== '') continue;
      const formatted = names.map((name) => readFileSync(join(folder, name), 'utf8'));
      // One after the other: each takes two processes of OPA.
      for (const [index, file] of files.entries()) await keepsMeaning(file, formatted[index] ?? '', options);
      return { ok: true, value: formatted };
    }
    throw new WritError('WRIT_OPA_FAILED', 'OPA formats its own output again and again.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function keepsMeaning({ path, text }: RegoText, formatted: string, options: RunOptions): Promise<void> {
  if (text === formatted) return;
  const [before, after] = await Promise.all([parsed(text, options), parsed(formatted, options)]);
  if (!isDeepStrictEqual(before, after))
    throw new WritError('WRIT_OPA_FAILED', `OPA would format ${path} into something that means another thing.`);
}

/** The syntax tree without places and comments. */
async function parsed(text: string, options: RunOptions): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-fmt-'));
  try {
    const file = join(folder, 'policy.rego');
    writeFileSync(file, text);
    const { stdout } = await run(
      ['parse', '--format', 'json', '--json-include', '-locations,-comments', file],
      options,
    );
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function renamed(printed: string, folder: string, files: readonly RegoText[]): Diagnostic[] {
  return parseDiagnostics(printed, folder).map((diagnostic) => {
    const index = /^(\d+)\.rego$/.exec(diagnostic.file ?? '')?.[1];
    return { ...diagnostic, file: index === undefined ? diagnostic.file : (files[Number(index)]?.path ?? null) };
  });
}
