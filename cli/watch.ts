import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** An editor writes a file in several steps, and a checkout many files. */
const quietMs = 100;

export interface Watching {
  /** Resolves when something has changed since the last call and then been quiet. */
  change(): Promise<void>;
  close(): void;
}

/** Watches folders, with all below them, and single files. Throws what the system says of a path that is not there. */
export function watchPaths(paths: readonly string[]): Watching {
  let next = Promise.withResolvers<void>();
  let timer: NodeJS.Timeout | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => next.resolve(), quietMs);
  };
  const watchers = paths.map((path) => {
    const watcher = watchPath(path, heard);
    // A folder may be replaced while it is watched; what is there afterwards is looked at by whoever waits.
    watcher.on('error', heard);
    return watcher;
  });
  return {
    async change() {
      await next.promise;
      next = Promise.withResolvers();
    },
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Editors put a new file in the place of an old one, so of a file its folder is watched. */
function watchPath(path: string, heard: () => void): FSWatcher {
  if (statSync(path).isDirectory()) return watch(path, { recursive: true }, heard);
  return watch(dirname(path), (_event, name) => {
    if (name === null || name === basename(path)) heard();
  });
}
