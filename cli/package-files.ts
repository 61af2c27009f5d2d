import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the package: one folder up from the sources, two from dist/. */
const root = ['../', '../../']
  .map((up) => new URL(up, import.meta.url))
  .find((url) => existsSync(new URL('package.json', url)));

/** Absolute path of a file that ships with the package: policies, fixtures, package.json. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, root));
}
