import { generateKeyPairSync, sign } from 'node:crypto';
import { bundleDigest, bundlePath } from '../../../engine/audit/bundle.ts';
import { formatCheckpoint } from '../../../engine/audit/checkpoint.ts';
import { encodeEntry } from '../../../engine/audit/encode-entry.ts';
import type { Entry } from '../../../engine/audit/entry.ts';
import { formatNote } from '../../../engine/audit/note.ts';
import { TILE_WIDTH, tilePath } from '../../../engine/audit/tiles.ts';
import { Tree } from '../../../engine/audit/tree.ts';
import { formatVerifierKey, keyDigest, parseVerifierKey } from '../../../engine/audit/verifier-key.ts';
import type { LogReader } from '../../../engine/audit/walk.ts';
import { bundleEntry, closeEntry, decisionEntry, intentEntry, openEntry, origin, outcomeEntry } from './samples.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = publicKey.export({ type: 'spki', format: 'der' });
export const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const key = parseVerifierKey(formatVerifierKey(origin, spki));
export const signerDigest = keyDigest(spki);

const bundle = Buffer.from('a policy bundle');

export type Files = Map<string, Uint8Array>;
export const reader = (files: Files): LogReader => ({ read: async (path) => files.get(path) });

export function signedCheckpoint(size: number, root: Uint8Array, name = origin): Buffer {
  const text = formatCheckpoint({ origin: name, size, root });
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return Buffer.from(formatNote(text, name, spki, signature));
}

/** The files of a log of these entries, exactly those that its checkpoint needs. */
export function logOf(entries: readonly (Entry | Uint8Array)[]): Files {
  const files: Files = new Map();
  const tree = new Tree((level, index, hashes) => files.set(tilePath(level, index), Buffer.from(hashes)));
  for (let from = 0; from < entries.length; from += TILE_WIDTH) {
    const parts = entries.slice(from, from + TILE_WIDTH).flatMap((entry) => {
      const bytes = entry instanceof Uint8Array ? entry : Buffer.from(encodeEntry(entry));
      tree.append(bytes);
      return [Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes];
    });
    const width = Math.min(TILE_WIDTH, entries.length - from);
    files.set(tilePath('entries', from / TILE_WIDTH, width), Buffer.concat(parts));
  }
  for (const { level, index, width, hashes } of tree.edge())
    files.set(tilePath(level, index, width), Buffer.from(hashes));
  files.set('checkpoint', signedCheckpoint(tree.size, tree.root()));
  files.set(bundlePath(bundleDigest(bundle)), bundle);
  return files;
}

/** A sound log: opened, one bundle, so many calls, closed. */
export function soundEntries(calls: number): Entry[] {
  const digest = bundleDigest(bundle);
  const ids = Array.from({ length: calls }, (_, n) => `call-${n}`);
  return [
    openEntry(signerDigest),
    bundleEntry(digest),
    ...ids.flatMap((id) => [decisionEntry(id, { bundle: digest }), intentEntry(id), outcomeEntry(id)]),
    closeEntry,
  ];
}
