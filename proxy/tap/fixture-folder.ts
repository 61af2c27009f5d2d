import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { WritError } from '../../engine/errors.ts';
import { whyUnusable } from '../../engine/file-errors.ts';
import { parseFixture } from '../../engine/fixtures/parse.ts';
import { identityOfCall, newFixture, renewedFixture, stemOf } from '../../engine/fixtures/record/fixture-text.ts';
import type { Recorded } from '../../engine/fixtures/record/session.ts';
import type { Fixture } from '../../engine/fixtures/types.ts';

export type FileStatus = 'new' | 'changed' | 'unchanged';

/** A fixture of the folder. */
interface Kept {
  file: string;
  call: string;
  status: FileStatus;
  /** Taken by a call of this recording. */
  taken: boolean;
}

/**
 * The fixtures in one folder, and those that a recording adds. A call that has a fixture keeps it, under whatever name:
 * its call and result are renewed, all else in it stays. Files appear whole or not at all.
 */
export class FixtureFolder {
  readonly #path: string;
  readonly #server: string;
  readonly #identity: Fixture['identity'];
  readonly #kept: Kept[];
  /** The fixture of each call of the recording, in its order. */
  readonly #mine: Kept[] = [];

  /** Makes the folder where there is none. Throws WRIT_FILE_UNWRITABLE. */
  constructor(path: string, server: string, identity: Fixture['identity']) {
    this.#path = path;
    this.#server = server;
    this.#identity = identity;
    this.#kept = attempt(path, () => {
      mkdirSync(path, { recursive: true });
      return readdirSync(path)
        .filter((name) => /\.ya?ml$/.test(name))
        .sort(new Intl.Collator('en', { numeric: true }).compare)
        .flatMap((name) => known(join(path, name)));
    });
  }

  /** Files of this recording, each once, in the order of its calls. */
  get files(): { file: string; status: FileStatus }[] {
    return [...new Set(this.#mine.filter((each) => each !== undefined))].map(({ file, status }) => ({ file, status }));
  }

  /**
   * Writes the fixture of a call of the recording, for the first time or anew. Throws WRIT_FILE_UNWRITABLE, and
   * WRIT_FIXTURE_INVALID for what no fixture can hold.
   */
  write(number: number, recorded: Recorded): void {
    const mine = this.#mine[number];
    if (mine === undefined || this.#isTwin(mine, recorded)) this.#mine[number] = this.#take(recorded);
    else this.#mine[number] = this.#renew(mine, recorded);
  }

  /** What was made for a call is taken away where the call, now that more is known of it, turns out to have a fixture. */
  #isTwin(mine: Kept, recorded: Recorded): boolean {
    const call = identityOfCall(recorded);
    if (mine.status !== 'new' || mine.call === call) return false;
    if (!this.#kept.some((each) => each !== mine && each.call === call && !each.taken)) return false;
    rmSync(mine.file, { force: true });
    this.#kept.splice(this.#kept.indexOf(mine), 1);
    for (const [at, each] of this.#mine.entries()) if (each === mine) delete this.#mine[at];
    return true;
  }

  #take(recorded: Recorded): Kept {
    const call = identityOfCall(recorded);
    const same = this.#kept.filter((each) => each.call === call);
    // The same answer once more needs no fixture of its own; another one renews the first that is not taken.
    const exact = same.find(({ file }) => renewed(file, recorded) === null);
    const found = exact ?? same.find(({ taken }) => !taken);
    return found === undefined ? this.#create(recorded, call) : this.#renew(found, recorded);
  }

  #renew(kept: Kept, recorded: Recorded): Kept {
    kept.taken = true;
    const call = identityOfCall(recorded);
    const text = renewed(kept.file, recorded);
    if (text === null) return kept;
    attempt(kept.file, () => {
      const beside = whole(`${kept.file}.${process.pid}.part`, text);
      renameSync(beside, kept.file);
    });
    kept.call = call;
    if (kept.status === 'unchanged') kept.status = 'changed';
    return kept;
  }

  #create(recorded: Recorded, call: string): Kept {
    const stem = stemOf(recorded);
    for (let number = 1; ; number++) {
      const name = number === 1 ? stem : `${stem}-${number}`;
      const file = join(this.#path, `${name}.yaml`);
      const text = newFixture(`${this.#server} answers ${name}`, this.#identity, recorded);
      parseFixture(text, file);
      const made = attempt(file, () => {
        const beside = whole(`${file}.${process.pid}.part`, text);
        try {
          // Unlike a rename this fails where there is a file, be it made by another recording just now.
          linkSync(beside, file);
          return true;
        } catch (cause) {
          if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
          throw cause;
        } finally {
          rmSync(beside, { force: true });
        }
      });
      if (!made) continue;
      const kept: Kept = { file, call, status: 'new', taken: true };
      this.#kept.push(kept);
      return kept;
    }
  }
}

/** The text that a fixture has to have, or null where it has it. */
function renewed(file: string, recorded: Recorded): string | null {
  const text = attempt(file, () => readFileSync(file, 'utf8'));
  const edited = renewedFixture(text, file, recorded);
  return edited === text ? null : edited;
}

/** A file that is no fixture is left alone. */
function known(file: string): Kept[] {
  try {
    const { fixture } = parseFixture(readFileSync(file, 'utf8'), file);
    return [{ file, call: identityOfCall(fixture), status: 'unchanged', taken: false }];
  } catch (cause) {
    if (cause instanceof WritError) return [];
    throw cause;
  }
}

function whole(path: string, text: string): string {
  const file = openSync(path, 'w');
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return path;
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof WritError) throw cause;
    throw new WritError('WRIT_FILE_UNWRITABLE', whyUnusable(path, cause), { cause });
  }
}
