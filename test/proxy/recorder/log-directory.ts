import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { TestContext } from 'node:test';
import { bundleDigest } from '../../../engine/audit/bundle.ts';
import { commit } from '../../../engine/audit/commitment.ts';
import type { DecisionEntry, Entry, Opening } from '../../../engine/audit/entry.ts';
import { parseVerifierKey } from '../../../engine/audit/verifier-key.ts';
import { verifyLog } from '../../../engine/audit/verify.ts';
import { openLog } from '../../../proxy/recorder/log-reader.ts';
import { openRecorder, type RecorderOptions } from '../../../proxy/recorder/recorder.ts';
import type { OpenedRecorder } from '../../../proxy/recorder/types.ts';
import { decisionEntry, intentEntry, origin, outcomeEntry } from '../../engine/audit/samples.ts';

export interface Place {
  directory: string;
  keyFile: string;
  masterKeyFile: string;
}

export function placeIn(root: string): Place {
  return {
    directory: join(root, 'audit'),
    keyFile: join(root, 'keys', 'audit.pem'),
    masterKeyFile: join(root, 'keys', 'master.key'),
  };
}

/** A directory of its own for a test, gone when the test ends. */
export function newPlace(t: TestContext): Place {
  const root = mkdtempSync(join(tmpdir(), 'writ-audit-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return placeIn(root);
}

export function open(place: Place, more: Partial<RecorderOptions> = {}): Promise<OpenedRecorder> {
  return openRecorder({ ...place, origin, gateway: 'edge-1', build: 'writ 0.1.0', checkpointInterval: 20, ...more });
}

const bundle = Buffer.from('a policy bundle');

/** Puts the bundle into force that calls made by `begin` are decided by. */
export async function activate(recorder: OpenedRecorder): Promise<void> {
  const digest = await recorder.archiveBundle(bundle);
  await recorder.append([{ v: 1, kind: 'bundle', time: recorder.now(), digest, revision: null }]);
}

const salt = Buffer.alloc(32, 5);
const opening = (value: string): Opening => ({ salt, value: Buffer.from(value) });

/** Appends a decision and its intent, with what was asked. */
export function begin(recorder: OpenedRecorder, call: string, asked = '{"id":"C-1001"}'): Promise<number> {
  const asks = commit(salt, Buffer.from(asked));
  const decision: DecisionEntry = decisionEntry(call, {
    time: recorder.now(),
    bundle: bundleDigest(bundle),
    commitments: { input: asks, arguments: asks, claims: null, reasons: null },
  });
  const intent: Entry = intentEntry(call, { time: recorder.now(), commitments: { arguments: asks } });
  const openings = { input: opening(asked), arguments: opening(asked) };
  return recorder.append([decision, intent], { call, tenant: 'default', openings });
}

export function end(recorder: OpenedRecorder, call: string): Promise<number> {
  return recorder.append([
    outcomeEntry(call, { time: recorder.now(), frames: 0, commitments: { received: null, sent: null } }),
  ]);
}

export async function carry(recorder: OpenedRecorder, call: string, asked?: string): Promise<void> {
  await begin(recorder, call, asked);
  await end(recorder, call);
}

/** Verifies everything there is, payload included. */
export function verify(place: Place) {
  const vkey = readFileSync(join(place.directory, 'log.vkey'), 'utf8');
  return verifyLog(openLog(place.directory, place.masterKeyFile), [parseVerifierKey(vkey)]);
}

/** Every file below a directory, with its bytes; those that go while they are read are left out. */
export function filesBelow(directory: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && existsSync(path)) files.set(relative(directory, path), readFileSync(path));
  }
  return files;
}
