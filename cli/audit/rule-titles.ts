import { gunzipSync } from 'node:zlib';
import { bundleDigest, bundlePath } from '../../engine/audit/bundle.ts';
import type { Digest } from '../../engine/audit/entry.ts';
import type { LogReader } from '../../engine/audit/walk.ts';
import { readObject } from '../../engine/policy/documents.ts';
import { isBuildData } from '../../engine/policy/schemas.ts';
import { readTar } from '../../engine/policy/tar.ts';
import type { BuildData } from '../../engine/policy/types.ts';

const LARGEST_BUNDLE = 67_108_864;

/**
 * What the archived bundle says of its rules, by rule id. The digest in the log vouches for it, so its own signature is not
 * asked for. Empty where it is not archived or not readable.
 */
export async function ruleTitles(reader: LogReader, digest: Digest): Promise<BuildData['rules']> {
  try {
    const bytes = await reader.read(bundlePath(digest));
    if (bytes === undefined || bundleDigest(bytes) !== digest) return {};
    const data = readTar(gunzipSync(bytes, { maxOutputLength: LARGEST_BUNDLE })).get('data.json');
    const { build } = readObject(data ?? Buffer.alloc(0), 'data.json', 'WRIT_BUNDLE_INVALID');
    return isBuildData(build) ? build.rules : {};
  } catch {
    return {};
  }
}
