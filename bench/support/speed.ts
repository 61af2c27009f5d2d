import { median } from './fsync.ts';
import { type Lab, type Run, type Target, targets } from './lab.ts';
import { type Cpu, minus, total } from './processes.ts';
import { fixed, table } from './table.ts';

const connectionCounts = [1, 32];

type Say = (text: string) => void;
type Results = Map<string, Run[]>;
const key = (target: Target, connections: number) => `${target} ${connections}`;

/** Alternates the targets, so that what else the machine does hits all of them, and prints the medians. */
export async function measureSpeed(lab: Lab, seconds: number, rounds: number, say: Say): Promise<void> {
  // V8 needs thousands of calls until it has compiled what is hot.
  const warmUp = rounds === 1 ? { seconds } : { calls: 15_000 };
  for (const target of targets) await lab.run(target, 32, warmUp);
  const fsyncs = [lab.fsync()];
  const results: Results = new Map();
  for (const connections of connectionCounts) {
    const others = lab.othersCpu();
    const start = performance.now();
    for (let round = 1; round <= rounds; round++) {
      for (const target of targets) {
        const run = await lab.run(target, connections, { seconds });
        results.set(key(target, connections), [...(results.get(key(target, connections)) ?? []), run]);
      }
      say(`${connections} connections, round ${round} of ${rounds}\n`);
    }
    const elapsed = (performance.now() - start) / 1000;
    const spent = lab.othersCpu().map((cpu, index) => total(minus(cpu, others[index] ?? cpu)) / elapsed);
    say(`load generator and server used ${spent.map((share) => fixed(share, 2)).join(' and ')} of a core\n`);
  }
  fsyncs.push(lab.fsync());
  report(results, fsyncs, say);
}

const rate = ({ calls, seconds }: Run) => calls / seconds;
const cpuPerCall = ({ cpu, calls }: Run) => (1e6 * total(cpu)) / calls;

function report(results: Results, fsyncs: readonly number[], say: Say): void {
  const of = (target: Target, connections: number, what: (run: Run) => number) =>
    median((results.get(key(target, connections)) ?? []).map(what));
  const rows = connectionCounts.flatMap((connections) =>
    targets.map((target) => {
      const show = (what: (run: Run) => number, digits: number) => fixed(of(target, connections, what), digits);
      return [
        `${target}, ${connections}`,
        show(rate, 0),
        show(({ p50 }) => p50, 3),
        show(({ p99 }) => p99, 3),
        show(cpuPerCall, 0),
        show(({ cpu }) => total(cpu), 2),
        show(({ rss }) => rss, 0),
      ];
    }),
  );
  say(`\n${table(['target, connections', 'req/s', 'p50 ms', 'p99 ms', 'CPU us/call', 'CPU s', 'RSS MiB'], rows)}\n`);
  const threads: (keyof Cpu)[] = ['main', 'workers', 'libuv', 'v8'];
  const perThread = connectionCounts.map((connections) => [
    `writ, ${connections}`,
    ...threads.map((thread) =>
      fixed(
        of('writ', connections, ({ cpu, calls }) => (1e6 * cpu[thread]) / calls),
        0,
      ),
    ),
  ]);
  say(`${table(['CPU us/call', 'main', 'audit thread', 'libuv', 'V8'], perThread)}\n`);
  say(`fsync p50: ${fsyncs.map((value) => fixed(value, 3)).join(' ms before, ')} ms after (1 KiB append)\n`);
  const ratio = (connections: number, what: (run: Run) => number) =>
    of('writ', connections, what) / of('pass-through', connections, what);
  for (const connections of connectionCounts) say(`cpu${connections}: ${fixed(ratio(connections, cpuPerCall), 2)}\n`);
  for (const connections of connectionCounts) say(`ratio${connections}: ${fixed(ratio(connections, rate), 3)}\n`);
}
