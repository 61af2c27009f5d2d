import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Config } from '../../proxy/config/types.ts';
import { measureSync } from './disk.ts';
import { attempt, type Finding, fail, ok, warn } from './finding.ts';
import { firstExisting } from './keys.ts';

/** statfs(2): kept in memory alone. */
const tmpfs = 0x01021994;

/** Room below which a gateway should not start, in bytes. */
const littleRoom = 1 << 30;

/** Percentiles of a sync above which every call feels it, in milliseconds. */
const slow = { p50: 10, p99: 100 };

/** Whether a log can be written, is nobody else's, and how fast its disk is. Nothing is written into the log. */
export async function lookAtLog({ audit: { directory } }: Config): Promise<Finding[]> {
  const help = 'Give audit.directory to the user of the gateway, on a local disk.';
  return attempt('log directory', help, async () => {
    const folder = firstExisting(directory);
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch {
      return [fail('log directory', `${folder} is not writable`, help)];
    }
    const there = folder === directory ? 'is there and writable' : 'is not there yet; the first start makes it';
    const holder = isLocked(directory) ? ownerOf(directory) : null;
    return [
      ok('log directory', there),
      ...lookAtRoom(folder),
      holder === null ? ok('log lock', 'free') : warn('log lock', `held: a gateway writes this log (${holder})`, ours),
      // Syncs of ours would stand before those of calls.
      holder === null ? await lookAtDisk(folder) : ok('fsync', 'not measured, as a gateway is at work on this disk'),
    ];
  });
}

const ours = 'Nothing to do if that gateway is yours; a second one needs an audit.directory of its own.';

/**
 * Tries to read through SQLite, which the gateway's lock forbids. A reader holds its own lock for an instant and writes
 * nothing, so a gateway that runs does not notice.
 */
function isLocked(directory: string): boolean {
  const file = join(directory, 'lock');
  if (!existsSync(file)) return false;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (cause) {
    if (cause instanceof Error && /locked|busy/i.test(cause.message)) return true;
    throw cause;
  } finally {
    database.close();
  }
}

function ownerOf(directory: string): string {
  try {
    return readFileSync(join(directory, 'owner'), 'utf8').trim();
  } catch {
    return 'its owner is not known';
  }
}

function lookAtRoom(folder: string): Finding[] {
  const { bavail, bsize, type } = statfsSync(folder);
  const free = bavail * bsize;
  const said = `${(free / 2 ** 30).toFixed(1)} GiB free`;
  if (type === tmpfs)
    return [
      warn('disk', `${said}, but in memory: nothing there outlives the machine`, 'Put audit.directory on a disk.'),
    ];
  if (free < littleRoom)
    return [warn('disk', said, 'A full disk stops every call: make room or move audit.directory.')];
  return [ok('disk', said)];
}

async function lookAtDisk(folder: string): Promise<Finding> {
  const { p50, p99, appends } = await measureSync(folder);
  const said = `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms over ${appends} appends`;
  const help = 'Each call waits for two of these: use a local SSD, not a network file system.';
  return p50 > slow.p50 || p99 > slow.p99 ? warn('fsync', said, help) : ok('fsync', said);
}
