import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { typeOfEntity } from '../../proxy/detectors/entities.ts';
import type { Example, Span } from './accuracy.ts';

const script = fileURLToPath(new URL('presidio.py', import.meta.url));

/** What Presidio finds, by the id of the example, and what looked: `2.2.366, en_core_web_lg`. */
export interface ByPresidio {
  by: string;
  found: Map<string, Span[]>;
}

/** Asks the Presidio of the first `python3` on the path; why not, where it cannot be asked. Its English model reads every language. */
export function askPresidio(examples: readonly Example[], python = 'python3'): ByPresidio | string {
  const input = examples.map(({ id, text }) => JSON.stringify({ id, text: text.toWellFormed() })).join('\n');
  const run = spawnSync(python, [script], {
    input,
    encoding: 'utf8',
    timeout: 1_800_000,
    maxBuffer: 1 << 28,
    env: { ...env, PYTHONUTF8: '1' },
  });
  if (run.status !== 0) return whyNot(run, python);
  const [about = '', ...lines] = run.stdout.split('\n').filter((line) => line !== '');
  const { version, model }: { version: string; model: string | null } = JSON.parse(about);
  const found = new Map(lines.map((line) => spansOf(JSON.parse(line))));
  const silent = examples.filter(({ id }) => !found.has(id)).length;
  if (silent > 0) return `failed: it says nothing of ${silent} examples`;
  return { by: `${version}, ${model ?? 'no model: patterns alone'}`, found };
}

function spansOf({ id, found }: { id: string; found: { start: number; end: number; entity: string }[] }) {
  const spans = found.flatMap(({ start, end, entity }): Span[] => {
    // The gateway leaves dates, of which few are of a birth; here they are what Presidio has for one.
    const type = entity === 'DATE_TIME' ? 'DATE_OF_BIRTH' : typeOfEntity(entity);
    return type === undefined ? [] : [{ start, end, type }];
  });
  return [id, spans] as const;
}

function whyNot({ error, signal, stderr }: SpawnSyncReturns<string>, python: string): string {
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') return `${python} is not on the path`;
  const [missing] = /No module named '(presidio_analyzer|spacy)[.']/.exec(stderr) ?? [];
  if (missing !== undefined)
    return `the ${python} on the path has none: make a venv, "pip install presidio-analyzer" in it, and put its bin first on the path`;
  if (signal !== null) return `failed: ${error?.message ?? signal}`;
  return `failed: ${stderr.trim().split('\n').at(-1) || error?.message}`;
}
