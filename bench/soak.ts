/**
 * Ten minutes of calls, streams and sessions that break off at random, and what is left of them in the gateway.
 *
 *     node bench/soak.ts [--seconds 600] [--seed 1]
 *
 * Fails where descriptors or memory go on growing, where the gateway does not end by itself, or where its log does not verify.
 */
import { readdirSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dataDirectory } from './support/place.ts';
import { rssOf, stop, stopAll } from './support/processes.ts';
import { StreamClient } from './support/stream-client.ts';
import { openStreamLab } from './support/stream-lab.ts';
import { fixed, table } from './support/table.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string', default: '1' } },
});
const seconds = Number(values.seconds);
const rounds = 6;
const workers = 24;
const directory = dataDirectory(undefined);
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Mulberry32: the same seed makes the same run, as far as a network lets it. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const descriptors = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;

/** One client after another, each of which calls, listens, and leaves in the middle of either. */
async function worker(port: number, token: string, chance: () => number, until: number): Promise<number> {
  let calls = 0;
  while (Date.now() < until) {
    const client = new StreamClient(port, token);
    try {
      await client.initialize();
      const leave = chance() < 0.5 ? await client.listen() : undefined;
      for (let count = 0; count < 1 + chance() * 10 && Date.now() < until; count++) {
        const leaving = new AbortController();
        const early = chance() < 0.4;
        if (early) setTimeout(() => leaving.abort(), chance() * 50).unref();
        const events = chance() < 0.5 ? 0 : Math.ceil(chance() * 50);
        await client
          .call(events, Math.ceil(chance() * 10_000), () => {}, leaving.signal)
          .catch((error: Error) => {
            if (!early) throw error;
          });
        calls++;
      }
      leave?.();
    } finally {
      await client.close();
    }
  }
  return calls;
}

try {
  const { place, writ, verify } = await openStreamLab(directory);
  const seen: { calls: number; rss: number; open: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const until = Date.now() + (seconds / rounds) * 1000;
    const seeds = Array.from({ length: workers }, (_, number) => Number(values.seed) * 1000 + round * workers + number);
    const calls = await Promise.all(seeds.map((seed) => worker(writ.port, place.token, random(seed), until)));
    // Connections that were kept for the next call go when nobody makes one.
    await wait(6_000);
    const sum = calls.reduce((all, one) => all + one, 0);
    seen.push({ calls: sum, rss: rssOf(writ.pid), open: descriptors(writ.pid) });
    say(`${round + 1} of ${rounds}: ${sum} calls`);
  }
  const rows = seen.map(({ calls, rss, open }) => [String(calls), fixed(rss, 0), String(open)]);
  say(`\n${table(['calls', 'RSS MiB', 'descriptors after'], rows)}\n`);
  const code = await stop(writ);
  if (code !== 0) throw new Error(`the gateway ended with ${code}`);
  const [second, last] = [seen[1], seen.at(-1)];
  if (second && last && last.open > second.open + 8) throw new Error('descriptors go on growing');
  if (second && last && last.rss > second.rss + 40) throw new Error('memory goes on growing');
  verify();
  say('the gateway ended by itself, and the log verifies');
} finally {
  await stopAll();
  rmSync(directory, { recursive: true, force: true });
}
