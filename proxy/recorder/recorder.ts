import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isOrigin } from '../../engine/audit/checkpoint.ts';
import type { Digest } from '../../engine/audit/entry.ts';
import { formatVerifierKey } from '../../engine/audit/verifier-key.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import { checkPublished, type Published } from './checkpoint-file.ts';
import { Clock } from './clock.ts';
import { Housekeeper } from './housekeeper.ts';
import { readIntegrated } from './integrated.ts';
import { Keys, openMasterKey } from './keys.ts';
import { type Lock, lockDirectory } from './lock.ts';
import { LogRecorder } from './log-recorder.ts';
import { recover } from './recover.ts';
import { fileSigner, type Signer, SigningError } from './signer.ts';
import { Signing, type SigningNotice, signVerified } from './signing.ts';
import { type Previous, Succession } from './succession.ts';
import type { OpenedRecorder } from './types.ts';
import { bringsIn, waiting } from './unpublished.ts';
import { type Disk, systemDisk, Wal } from './wal.ts';
import { openWitnessKey } from './witness-key.ts';

export type { OpenedRecorder } from './types.ts';

const MINUTE = 60_000;

export interface RecorderOptions {
  /** Of the log alone; made where it is not there. */
  directory: string;
  /** C2SP origin: what the log is called for ever. */
  origin: string;
  gateway: string;
  build: string;
  /** Signs checkpoints: a key in a file, made on first start and readable by the owner alone, or one that lies elsewhere. */
  keyFile?: string;
  signer?: Signer;
  /** Of the key that signed so far, where another follows it. */
  previous?: Previous;
  /** Ed25519, for a second signature that public witnesses read. None of the key files belongs in `directory`. */
  witnessKeyFile?: string;
  masterKeyFile: string;
  /** Milliseconds. How soon an entry is covered by a checkpoint, and how often one is signed where nothing happens. */
  checkpointInterval?: number;
  heartbeat?: number;
  /** Milliseconds for which entries may go unsigned before appends are refused. */
  maxUnsignedAge?: number;
  /** Milliseconds for one attempt to have a checkpoint signed. */
  signTimeout?: number;
  /** Hears when signing begins to fail and when it works again. */
  notice?: (notice: SigningNotice) => void;
  segmentBytes?: number;
  disk?: Disk;
}

/**
 * Opens a log to write it, and says in it what the last process left undone. Throws WRIT_AUDIT_LOCKED, WRIT_AUDIT_CORRUPT,
 * WRIT_KEY_INVALID, WRIT_KEY_UNAVAILABLE, WRIT_CONFIG_INVALID, or WRIT_AUDIT_UNAVAILABLE where the disk refuses or what the
 * last process left cannot be signed.
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
  const { directory, origin, previous, checkpointInterval = 1_000, heartbeat = MINUTE, signTimeout = 10_000 } = options;
  const master = openMasterKey(options.masterKeyFile);
  const keys = new Keys(master);
  const signer = options.signer ?? fileSigner(options.keyFile ?? '');
  const succession = new Succession(directory, origin, signer);
  const state = readIntegrated(directory);
  const published = checkPublished(directory, state, origin, succession.trust, succession.rotation);
  const recovered = recover(directory, state, keys);
  const from = published?.size ?? 0;
  const entered = (key: Digest) => bringsIn(key, directory, from, state.size, recovered);
  const endorser = succession.begin(entered, published, previous);
  if (succession.due !== undefined) {
    await tryOut(signer, published, signTimeout, '');
    await tryOut(
      endorser,
      published,
      signTimeout,
      'Where it is gone for good, audit.signer.previous: lost does without.',
    );
  }
  const witness =
    options.witnessKeyFile === undefined ? undefined : openWitnessKey(options.witnessKeyFile, directory, origin);
  const durable = new Int32Array(new SharedArrayBuffer(4));
  durable[0] = recovered.frames;
  const wal = await Wal.open({
    directory,
    keys,
    first: recovered.next,
    durable,
    disk: options.disk ?? systemDisk,
    segmentBytes: options.segmentBytes ?? 1 << 26,
  });
  const waits = { timeout: signTimeout, firstWait: checkpointInterval, longestWait: heartbeat };
  const signing = new Signing({ origin, signer, endorser, witness, ...waits, notice: options.notice });
  const unsigned = waiting(directory, from, state.size, recovered);
  const housekeeper = new Housekeeper(
    { directory, origin, master, state, durable, checkpointInterval, heartbeat },
    signing,
    unsigned,
    (size) => {
      succession.finish(size);
      signing.endorsed();
    },
    (error) => wal.fail(error),
  );
  const clock = new Clock(recovered.time);
  const verifierKey = formatVerifierKey(origin, signer.spki);
  const { gateway, build, maxUnsignedAge = 15 * MINUTE } = options;
  const parts = { origin, verifierKey, maxUnsignedAge, lock, keys, wal, housekeeper, clock };
  const recorder = new LogRecorder({ ...parts, size: state.size + recovered.entries });
  try {
    // Answered once the thread has found the tiles to be what was signed.
    await housekeeper.ask({ kind: 'usage' });
    succession.announce();
    await recorder.start({ gateway, build, key: succession.current }, recovered.open, succession.due);
    // What went unsigned for too long before is no better after a restart.
    if (succession.rotation !== undefined || unsigned > maxUnsignedAge) await recorder.flush();
    return recorder;
  } catch (cause) {
    wal.close();
    await housekeeper.end();
    throw cause;
  }
}

/**
 * Has a signer sign what is published already, which says nothing new: better no change of keys is begun than one that
 * cannot be ended. Throws WRIT_KEY_UNAVAILABLE.
 */
async function tryOut(
  signer: Signer | undefined,
  published: Published | undefined,
  timeout: number,
  wayOut: string,
): Promise<void> {
  if (signer === undefined || published === undefined) return;
  try {
    await signVerified(signer, Buffer.from(published.text), AbortSignal.timeout(timeout));
  } catch (cause) {
    const why = cause instanceof SigningError ? cause.message : 'The signer failed.';
    const detail = `Keys cannot be changed now: ${signer.kid ?? 'a key in a file'} does not sign. ${why} ${wayOut}`;
    throw new WritError('WRIT_KEY_UNAVAILABLE', detail.trim(), { cause });
  }
}
