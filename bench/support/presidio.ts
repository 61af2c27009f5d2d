import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Example, Span } from './accuracy.ts';

const script = fileURLToPath(new URL('presidio.py', import.meta.url));

/** What Presidio finds, by the id of the example; why not, where it cannot be asked. Its English model reads every language. */
export function askPresidio(examples: readonly Example[], python = 'python3'): Map<string, Span[]> | string {
  const probe = spawnSync(python, ['-c', 'import presidio_analyzer'], { encoding: 'utf8', timeout: 60_000 });
  if (probe.error !== undefined) return `${python} not found`;
  if (probe.status !== 0) return 'not installed (pip install presidio-analyzer)';
  const input = examples.map(({ id, text }) => JSON.stringify({ id, text })).join('\n');
  const run = spawnSync(python, [script], { input, encoding: 'utf8', timeout: 1_800_000, maxBuffer: 1 << 28 });
  if (run.status !== 0) return `failed: ${run.stderr.trim().split('\n').at(-1) ?? ''}`;
  const found = new Map<string, Span[]>();
  for (const line of run.stdout.split('\n')) {
    if (line === '') continue;
    const { id, spans }: { id: string; spans: Span[] } = JSON.parse(line);
    found.set(id, spans);
  }
  return found;
}
