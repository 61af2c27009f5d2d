import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TILE_WIDTH, tilePath } from '../../engine/audit/tiles.ts';
import { asWritError } from '../../engine/errors.ts';
import { createFile, makeDirectory, syncDirectory } from './durable.ts';

type Level = number | 'entries';

/** Tiles and entry bundles on disk. Every file is written once; writing it again must give the same bytes. */
export class TileStore {
  readonly #directory: string;
  readonly #known = new Set<string>();
  readonly #unsynced = new Set<string>();
  readonly #partials = new Set<string>();
  readonly #obsolete: string[] = [];

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Throws WRIT_AUDIT_CORRUPT where the file is not there. */
  read(level: Level, index: number, width: number): Buffer {
    const path = tilePath(level, index, width);
    if (width < TILE_WIDTH) this.#partials.add(dirname(path));
    try {
      return readFileSync(join(this.#directory, path));
    } catch (cause) {
      throw asWritError(cause, 'WRIT_AUDIT_CORRUPT', `${path} cannot be read.`);
    }
  }

  write(level: Level, index: number, width: number, bytes: Uint8Array): void {
    const path = tilePath(level, index, width);
    const directory = dirname(join(this.#directory, path));
    if (!this.#known.has(directory)) {
      for (const changed of makeDirectory(directory)) this.#unsynced.add(changed);
      // A tree of n entries has n / 65,536 such directories, and only the last few are ever written to.
      if (this.#known.size > 64) this.#known.clear();
      this.#known.add(directory);
    }
    createFile(join(this.#directory, path), bytes);
    this.#unsynced.add(directory);
    if (width < TILE_WIDTH) this.#partials.add(dirname(path));
    else if (this.#partials.delete(`${path}.p`)) this.#obsolete.push(`${path}.p`);
  }

  /** Makes the names of all files written so far durable. */
  sync(): void {
    for (const directory of this.#unsynced) syncDirectory(directory);
    this.#unsynced.clear();
  }

  /**
   * Drops partial tiles whose full one is there, as C2SP tlog-tiles allows. Not before a state that does without them is
   * durable: the one before it begins at such a tile.
   */
  dropObsolete(): void {
    for (const path of this.#obsolete.splice(0)) {
      const directory = join(this.#directory, path);
      rmSync(directory, { recursive: true });
      this.#known.delete(directory);
    }
  }
}
