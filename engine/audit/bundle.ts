import type { Digest } from './entry.ts';
import { sha256 } from './sha256.ts';

/** How `bundle` and `decision` entries name a policy bundle: by the bytes of its archive. */
export function bundleDigest(bytes: Uint8Array): Digest {
  return `sha256:${sha256(bytes).toString('hex')}`;
}

/** Where an activated bundle is kept, below the log's directory. */
export function bundlePath(digest: Digest): string {
  return `bundles/${digest.slice('sha256:'.length)}.tar.gz`;
}
