import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AuditReport } from '../../engine/audit/report.ts';
import { fsyncMedian } from './fsync.ts';
import type { LoadOrder, LoadReport } from './load.ts';
import { makePlace, type Place, runWrit } from './place.ts';
import { type Cpu, cpuOf, message, minus, rssOf, type Started, start, stop } from './processes.ts';
import { startWrit } from './start-writ.ts';

/** What is measured: the server itself, a proxy that looks at nothing, and Writ. */
export type Target = 'direct' | 'pass-through' | 'writ';
export const targets: readonly Target[] = ['direct', 'pass-through', 'writ'];

/** One run: what the load generator saw, and what it cost the measured process. */
export interface Run extends LoadReport {
  cpu: Cpu;
  /** MiB, right after the run. */
  rss: number;
}

/** The processes of one benchmark. Every answer is checked, and the log is verified against the calls at the end. */
export class Lab {
  readonly place: Place;
  readonly #load: Started;
  readonly #measured: Record<Target, Started & { port: number }>;
  #governed = 0;

  private constructor(place: Place, load: Started, measured: Record<Target, Started & { port: number }>) {
    this.place = place;
    this.#load = load;
    this.#measured = measured;
  }

  /** Starts everything, the gateway's log below `directory`. `node` runs the gateway: options, and its main module. */
  static async open(directory: string, node: string[], detect = false): Promise<Lab> {
    const load = start('others', [fileURLToPath(import.meta.resolve('./load.ts'))]);
    await message(load.child);
    const upstream = await listening(start('others', [fileURLToPath(import.meta.resolve('./upstream-stub.ts'))]));
    const passThrough = await listening(
      start('measured', [fileURLToPath(import.meta.resolve('./pass-through.mjs')), String(upstream.port)]),
    );
    const place = await makePlace(directory, upstream.port, detect);
    const writ = await startWrit('measured', node, place.config);
    return new Lab(place, load, { direct: upstream, 'pass-through': passThrough, writ });
  }

  /** Makes one run. Throws where an answer was not what it must be. */
  async run(target: Target, connections: number, limit: LoadOrder['limit']): Promise<Run> {
    const { pid, port } = this.#measured[target];
    const before = cpuOf(pid);
    const expected = target === 'writ' ? 'masked' : 'plain';
    this.#load.child.send({ port, token: this.place.token, connections, limit, expected } satisfies LoadOrder);
    const report = await message<LoadReport>(this.#load.child);
    if (report.problem !== null) throw new Error(`${target}, ${connections} connections: ${report.problem}`);
    if (target === 'writ') this.#governed += report.calls;
    return { ...report, cpu: minus(cpuOf(pid), before), rss: rssOf(pid) };
  }

  /** CPU time so far of the load generator and the server, which share what cores the measured process leaves. */
  othersCpu(): Cpu[] {
    return [this.#load, this.#measured.direct].map(({ pid }) => cpuOf(pid));
  }

  /** Median of a synced append on the disk of the log, in milliseconds. */
  fsync(): number {
    return fsyncMedian(this.place.directory);
  }

  /** Ends the gateway and verifies its log. Throws where that does not hold exactly the calls that were made. */
  async verify(): Promise<number> {
    const code = await stop(this.#measured.writ);
    if (code !== 0) throw new Error(`writ proxy ended with ${code}`);
    const { audit } = this.place;
    const text = runWrit(['audit', 'verify', audit, '--key', join(audit, 'log.vkey'), '--format', 'json']);
    const { ok, sealed, entries, verdicts, outcomes } = JSON.parse(text) as AuditReport;
    // Before the first call of a tool the gateway asks what it declares: one more, in which nothing is masked.
    const listings = entries.decision - verdicts['mask-fields'];
    const counts = [entries.decision, entries.intent, outcomes.completed].map((count) => count - listings);
    if (!ok || !sealed || listings > 1 || counts.some((count) => count !== this.#governed))
      throw new Error(
        `${this.#governed} calls were made; the log has ${JSON.stringify({ ok, sealed, entries, outcomes })}`,
      );
    return this.#governed;
  }
}

async function listening(started: Started): Promise<Started & { port: number }> {
  const { port } = await message<{ port: number }>(started.child);
  return { ...started, port };
}
