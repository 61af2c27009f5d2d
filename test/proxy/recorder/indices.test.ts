import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCall, readCheckpoint } from '../../../engine/audit/entries.ts';
import { openLog } from '../../../proxy/recorder/log-reader.ts';
import type { OpenedRecorder } from '../../../proxy/recorder/types.ts';
import { closeEntry } from '../../engine/audit/samples.ts';
import { activate, begin, end, newPlace, open, type Place } from './log-directory.ts';

/** Calls made at once, and the indices that were given for their decisions. */
async function carryAll(recorder: OpenedRecorder, names: readonly string[]): Promise<Map<string, number>> {
  const given = new Map<string, number>();
  const one = async (call: string) => {
    given.set(call, await begin(recorder, call));
    await end(recorder, call);
  };
  await Promise.all(names.map(one));
  return given;
}

async function assertPlaces(place: Place, given: ReadonlyMap<string, number>): Promise<void> {
  const log = openLog(place.directory);
  const { size } = await readCheckpoint(log);
  for (const [call, index] of given) assert.equal((await readCall(log, size, call))[0]?.index, index, call);
}

const names = (run: string, count: number) => Array.from({ length: count }, (_, n) => `${run}-${n}`);

test('an append resolves to the index its first entry has in the log, over restarts and with others beside it', async (t) => {
  const place = newPlace(t);
  const given = new Map<string, number>();
  for (const [run, count] of [40, 3, 60].entries()) {
    const recorder = await open(place);
    await activate(recorder);
    for (const [call, index] of await carryAll(recorder, names(`run-${run}`, count))) given.set(call, index);
    // What cannot be appended takes no place.
    await assert.rejects(recorder.append([closeEntry], { call: '', tenant: 'default', openings: {} }));
    given.set(`last-${run}`, await begin(recorder, `last-${run}`));
    await recorder.close('stopped');
  }
  assert.equal(new Set(given.values()).size, given.size);
  await assertPlaces(place, given);
});

test('indices go on rightly where a crash left entries that no checkpoint covered', async (t) => {
  const living = newPlace(t);
  const left = newPlace(t);
  const first = await open(living, { checkpointInterval: 1_000_000 });
  await activate(first);
  const given = await carryAll(first, names('before', 30));
  cpSync(living.directory, left.directory, { recursive: true });
  await first.close('stopped');
  const place = { ...living, directory: left.directory };
  assert.throws(() => readFileSync(join(place.directory, 'checkpoint')), 'nothing was signed yet');
  const second = await open(place);
  for (const [call, index] of await carryAll(second, names('after', 5))) given.set(call, index);
  await second.close('stopped');
  await assertPlaces(place, given);
});
