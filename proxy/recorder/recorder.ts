import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOrigin } from '../../engine/audit/checkpoint.ts';
import { formatVerifierKey, keyDigest, parseVerifierKey } from '../../engine/audit/verifier-key.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import { checkPublished } from './checkpoint-file.ts';
import { Clock } from './clock.ts';
import { replaceFile } from './durable.ts';
import { Housekeeper } from './housekeeper.ts';
import { readIntegrated } from './integrated.ts';
import { Keys, openMasterKey } from './keys.ts';
import { type Lock, lockDirectory } from './lock.ts';
import { LogRecorder } from './log-recorder.ts';
import { recover } from './recover.ts';
import { fileSigner, type Signer } from './signer.ts';
import type { OpenedRecorder } from './types.ts';

import { type Disk, systemDisk, Wal } from './wal.ts';

export type { OpenedRecorder } from './types.ts';

const MINUTE = 60_000;

export interface RecorderOptions {
  /** Of the log alone; made where it is not there. */
  directory: string;
  /** C2SP origin: what the log is called for ever. */
  origin: string;
  gateway: string;
  build: string;
  /** Made on first start, readable by the owner alone. Neither belongs in `directory`. */
  keyFile: string;
  masterKeyFile: string;
  /** In place of the key in `keyFile`. */
  signer?: Signer;
  /** Milliseconds. How soon an entry is covered by a checkpoint, and how often one is signed where nothing happens. */
  checkpointInterval?: number;
  heartbeat?: number;
  /** Milliseconds for which entries may go unsigned before appends are refused. */
  maxUnsignedAge?: number;
  segmentBytes?: number;
  disk?: Disk;
}

/**
 * Opens a log to write it, and says in it what the last process left undone. Throws WRIT_AUDIT_LOCKED, WRIT_AUDIT_CORRUPT,
 * WRIT_KEY_INVALID, WRIT_CONFIG_INVALID, or WRIT_AUDIT_UNAVAILABLE where the disk refuses.
 */
export async function openRecorder(options: RecorderOptions): Promise<OpenedRecorder> {
  if (!isOrigin(options.origin))
    throw new WritError('WRIT_CONFIG_INVALID', 'audit.origin must be ASCII without space or +.');
  mkdirSync(join(options.directory, 'bundles'), { recursive: true, mode: 0o700 });
  const lock = lockDirectory(options.directory);
  try {
    return await openLocked(options, lock);
  } catch (cause) {
    lock.release();
    throw asWritError(cause, 'WRIT_AUDIT_UNAVAILABLE', 'The log cannot be opened.');
  }
}

async function openLocked(options: RecorderOptions, lock: Lock): Promise<OpenedRecorder> {
  const { directory, origin } = options;
  const master = openMasterKey(options.masterKeyFile);
  const keys = new Keys(master);
  const signer = options.signer ?? fileSigner(options.keyFile);
  const verifierKey = keepVerifierKey(directory, formatVerifierKey(origin, signer.spki));
  const state = readIntegrated(directory);
  checkPublished(directory, state, origin, parseVerifierKey(verifierKey));
  const { frames, open, time, next } = recover(directory, state, keys);
  const durable = new Int32Array(new SharedArrayBuffer(4));
  durable[0] = frames;
  const wal = await Wal.open({
    directory,
    keys,
    first: next,
    durable,
    disk: options.disk ?? systemDisk,
    segmentBytes: options.segmentBytes ?? 1 << 26,
  });
  const { checkpointInterval = 1_000, heartbeat = MINUTE } = options;
  const housekeeper = new Housekeeper(
    { directory, origin, master, state, durable, checkpointInterval, heartbeat },
    signer,
    (error) => wal.fail(error),
  );
  const clock = new Clock(time);
  const { gateway, build, maxUnsignedAge = 15 * MINUTE } = options;
  const recorder = new LogRecorder({ origin, verifierKey, maxUnsignedAge, lock, keys, wal, housekeeper, clock });
  try {
    // Answered once the thread has found the tiles to be what was signed.
    await housekeeper.ask({ kind: 'usage' });
    await recorder.start({ gateway, build, key: keyDigest(signer.spki) }, open);
    return recorder;
  } catch (cause) {
    wal.close();
    await housekeeper.end();
    throw cause;
  }
}

/** A log has one key: the first it was opened with. */
function keepVerifierKey(directory: string, verifierKey: string): string {
  const path = join(directory, 'log.vkey');
  if (!existsSync(path)) replaceFile(path, `${verifierKey}\n`);
  else if (readFileSync(path, 'utf8').trim() !== verifierKey) {
    throw new WritError(
      'WRIT_KEY_INVALID',
      'The log in audit.directory has another origin or key than the one configured.',
    );
  }
  return verifierKey;
}
