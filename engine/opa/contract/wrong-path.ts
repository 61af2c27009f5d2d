import { WritError } from '../../errors.ts';
import { compilePath } from '../../json/path.ts';

/** What is wrong with a path, as a sentence; null for one that can be followed. */
export function wrongPath(path: string): string | null {
  try {
    compilePath(path);
    return null;
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    return `This is no path that can be followed: ${error.detail ?? error.message}`;
  }
}
