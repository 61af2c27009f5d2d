import { median } from './fsync.ts';
import type { Lab, Target } from './lab.ts';
import { fixed, table } from './table.ts';

const step = 20_000;
const connections = 32;
/** MiB that Writ may take beyond the pass-through. */
const allowance = 100;
/** MiB by which Writ's level in the last third may exceed that in the second: more than its heap's own ups and downs. */
const drift = 20;

/** Resident memory over `calls` calls. Throws where Writ's is too much, or goes on growing. */
export async function measureMemory(lab: Lab, calls: number, say: (text: string) => void): Promise<void> {
  const seen: Record<'pass-through' | 'writ', number[]> = { 'pass-through': [], writ: [] };
  const counts: number[] = [];
  for (let done = 0; done < calls; ) {
    const next = Math.min(step, calls - done);
    for (const target of ['pass-through', 'writ'] as const satisfies Target[]) {
      const { rss } = await lab.run(target, connections, { calls: next });
      seen[target].push(rss);
    }
    done += next;
    counts.push(done);
    say(`${done} of ${calls} calls\n`);
  }
  const rows = counts.map((count, index) => [
    String(count),
    fixed(seen['pass-through'][index] ?? Number.NaN, 0),
    fixed(seen.writ[index] ?? Number.NaN, 0),
  ]);
  say(`\n${table(['calls', 'pass-through RSS MiB', 'writ RSS MiB'], rows)}\n`);
  judge(seen['pass-through'], seen.writ);
}

/** Levels are medians over a third of the run: a heap goes up and down by tens of MiB between collections. */
function judge(passThrough: readonly number[], writ: readonly number[]): void {
  const third = Math.max(1, Math.floor(writ.length / 3));
  const level = median(writ.slice(-third));
  const more = level - median(passThrough.slice(-third));
  if (more > allowance) throw new Error(`Writ takes ${fixed(more, 0)} MiB more than the pass-through`);
  const growth = level - median(writ.slice(-2 * third, -third));
  if (growth > drift) throw new Error(`Writ's memory goes on growing: ${fixed(growth, 0)} MiB in the last third`);
}
