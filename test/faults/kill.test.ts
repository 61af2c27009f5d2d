import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { parseEntry } from '../../engine/audit/parse-entry.ts';
import { parseEntryBundle, tilePath } from '../../engine/audit/tiles.ts';
import { open, placeIn, verify } from '../proxy/recorder/log-directory.ts';
import { acknowledged, newRoot, startWriter } from './support.ts';

const ROUNDS = 5;

test('a log whose writer is killed again and again loses nothing it acknowledged, and verifies', async (t) => {
  const root = newRoot(t);
  const place = placeIn(root);
  const begun: string[] = [];
  const ended: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const writer = startWriter(t, root, String(round));
    await writer.said('ended');
    // Different moments: just started, integrating, signing.
    await setTimeout(round * 37);
    writer.child.kill('SIGKILL');
    await writer.ended;
    assert.ok(writer.lines.includes('ready'), writer.lines.join());
    begun.push(...acknowledged(writer.lines, 'begun'));
    ended.push(...acknowledged(writer.lines, 'ended'));
  }
  const recorder = await open(place);
  await recorder.close('stopped');
  const report = await verify(place);
  assert.deepEqual(report.problems, []);
  assert.deepEqual([report.sealed, report.open, report.entries.open], [true, 0, ROUNDS + 1]);
  assert.equal(report.openings?.absent, 0);

  const inLog = { intent: new Set<string>(), outcome: new Map<string, string>() };
  for (let from = 0; from < (report.size ?? 0); from += 256) {
    const width = Math.min(256, (report.size ?? 0) - from);
    const bundle = readFileSync(join(place.directory, tilePath('entries', from / 256, width)));
    for (const entry of parseEntryBundle(bundle).map(parseEntry)) {
      if (entry.kind === 'intent') inLog.intent.add(entry.call);
      if (entry.kind === 'outcome') inLog.outcome.set(entry.call, entry.status);
    }
  }
  assert.ok(begun.length > ROUNDS);
  assert.deepEqual(
    begun.filter((call) => !inLog.intent.has(call)),
    [],
  );
  assert.deepEqual(
    ended.filter((call) => inLog.outcome.get(call) !== 'completed'),
    [],
  );
  assert.equal(inLog.outcome.size, inLog.intent.size, 'every call that was forwarded has an outcome');
});

test('of two processes that open one log, one writes', async (t) => {
  const root = newRoot(t);
  const writers = ['a', 'b', 'c'].map((run) => startWriter(t, root, run));
  await Promise.all(writers.map((writer) => Promise.race([writer.said('ended'), writer.ended])));
  const winners = writers.filter(({ lines }) => lines.includes('ready'));
  assert.equal(winners.length, 1);
  for (const { lines } of writers) assert.ok(lines.includes('ready') || lines.includes('not opened WRIT_AUDIT_LOCKED'));
  for (const { child, ended } of writers) {
    child.kill('SIGKILL');
    await ended;
  }
  const recorder = await open(placeIn(root));
  await recorder.close('stopped');
  assert.deepEqual((await verify(placeIn(root))).problems, []);
});
