/**
 * What streams cost the gateway: memory for a long one, the time until the first event, and memory for those that are quiet.
 *
 *     node bench/streams.ts [--idle 2000]
 */
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { dataDirectory } from './support/place.ts';
import { rssOf, stopAll } from './support/processes.ts';
import { StreamClient } from './support/stream-client.ts';
import { openStreamLab } from './support/stream-lab.ts';
import { fixed } from './support/table.ts';

const { values } = parseArgs({ options: { idle: { type: 'string', default: '2000' } } });
const idle = Number(values.idle);
const events = 1_000;
const bytes = 10_000;
const directory = dataDirectory(undefined);
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Highest resident memory, in MiB, while something goes on. */
async function peak(pid: number, work: Promise<unknown>): Promise<number> {
  let highest = 0;
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  while (!over) {
    highest = Math.max(highest, rssOf(pid));
    await wait(5);
  }
  await done;
  return highest;
}

async function longStream(pid: number, client: StreamClient): Promise<void> {
  const one = async () => {
    let seen = 0;
    await client.call(events, bytes, () => seen++);
    if (seen !== events + 1) throw new Error(`${seen} of ${events + 1} events came`);
  };
  // What a first one leaves behind is there for all that follow.
  for (let count = 0; count < 3; count++) await one();
  await wait(2_000);
  const before = rssOf(pid);
  const most = await peak(pid, one());
  say(
    `a stream of ${(events * bytes) / 1e6} MB in ${events} events: ${fixed(most - before, 1)} MiB at most (RSS ${fixed(before, 0)} before)`,
  );
}

async function firstEvent(client: StreamClient): Promise<void> {
  const times: number[] = [];
  for (let count = 0; count < 200; count++) {
    let first: number | undefined;
    await client.call(1, 100, (data) => {
      const left = /"message":"(\d+) /.exec(data)?.[1];
      if (left !== undefined) first ??= Number(process.hrtime.bigint() - BigInt(left)) / 1e6;
    });
    if (first !== undefined) times.push(first);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => fixed(times[Math.floor(share * (times.length - 1))] ?? Number.NaN, 2);
  say(`first event, from leaving the server to reaching the client: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

async function quietStreams(pid: number, client: StreamClient): Promise<void> {
  const warm = await Promise.all(Array.from({ length: 50 }, () => client.listen()));
  await wait(1_000);
  const before = rssOf(pid);
  const leave = [...warm];
  while (leave.length < idle + warm.length)
    leave.push(...(await Promise.all(Array.from({ length: 50 }, () => client.listen()))));
  await wait(5_000);
  const each = ((rssOf(pid) - before) * 1024) / idle;
  say(`${idle} quiet streams: ${fixed(each, 1)} KiB each (RSS ${fixed(before, 0)} MiB before)`);
  for (const one of leave) one();
  await wait(2_000);
}

try {
  const { place, writ, verify } = await openStreamLab(directory);
  const client = new StreamClient(writ.port, place.token);
  await client.initialize();
  await longStream(writ.pid, client);
  await firstEvent(client);
  await quietStreams(writ.pid, client);
  await client.close();
  await stopAll();
  verify();
  say('the log verifies');
} finally {
  await stopAll();
  rmSync(directory, { recursive: true, force: true });
}
