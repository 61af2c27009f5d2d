import { gunzipSync } from 'node:zlib';
import { bundleDigest } from '../audit/bundle.ts';
import type { Digest } from '../audit/entry.ts';
import { WritError } from '../errors.ts';
import { isObject, type JsonObject } from '../json/types.ts';
import { readObject } from './documents.ts';
import { isBuildData, isCatalogue, mismatch } from './schemas.ts';
import { signaturesFile, type Verification, verifyFiles } from './signature.ts';
import { readTar } from './tar.ts';
import type { BuildData, Catalogue, Entrypoint } from './types.ts';

/** A policy bundle as OPA builds it, read and checked but not yet running. */
export interface Bundle {
  /** SHA-256 of the bundle's own bytes; builds are reproducible, so equal sources have equal digests. */
  readonly digest: Digest;
  readonly revision: string | null;
  /** policy.wasm as signed, not yet metered. */
  readonly wasm: Uint8Array;
  /** data.json as signed; `build` and `catalogue` are parts of it. */
  readonly data: Uint8Array;
  readonly build: BuildData;
  readonly catalogue: Catalogue;
}

export interface ReadOptions {
  /** Keys one of which must have signed the bundle. Without it, only a bundle that is not signed is read. */
  readonly verify?: Verification;
  /** Limit of the unpacked archive in bytes; default 64 MiB. */
  readonly maxBytes?: number;
}

/** What every bundle answers. */
export const entrypoints: readonly Entrypoint[] = ['writ/decision', 'writ/result/decision'];

/**
 * Reads a bundle: unpacks it, verifies the signature over the files as they were built, and takes out what is needed.
 *
 * @throws WritError WRIT_BUNDLE_INVALID, WRIT_BUNDLE_SIGNATURE or WRIT_KEY_INVALID.
 */
export function readBundle(bytes: Uint8Array, options: ReadOptions = {}): Bundle {
  const files = readTar(unpack(bytes, options.maxBytes ?? 67_108_864));
  verifyFiles(files, options.verify);
  // Data in folders, patches, plans and further modules would be policy that OPA reads and Writ does not.
  for (const name of files.keys())
    if (!known.has(name) && !name.endsWith('.rego')) refuse('It has a file that is no part of a bundle Writ reads.');
  const revision = readManifest(readFile(files, '.manifest'));
  const { build, catalogue = {} } = readFile(files, 'data.json');
  if (!isBuildData(build)) refuse(`Its data.build is not as \`writ build\` makes it. ${mismatch(isBuildData)}`);
  if (!isCatalogue(catalogue)) refuse(`Its catalogue is malformed. ${mismatch(isCatalogue)}`);
  return {
    digest: bundleDigest(bytes),
    revision,
    wasm: member(files, 'policy.wasm'),
    data: member(files, 'data.json'),
    build,
    catalogue,
  };
}

const known: ReadonlySet<string> = new Set(['policy.wasm', 'data.json', '.manifest', signaturesFile]);

function unpack(bytes: Uint8Array, maxOutputLength: number): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength });
  } catch (cause) {
    throw new WritError('WRIT_BUNDLE_INVALID', 'It is not gzip, or too large when unpacked.', { cause });
  }
}

function readManifest({ revision = null, wasm }: JsonObject): string | null {
  for (const entrypoint of entrypoints) {
    const resolves = Array.isArray(wasm) && wasm.some((each) => isObject(each) && each.entrypoint === entrypoint);
    if (!resolves) refuse(`Its manifest has no entrypoint ${entrypoint}.`);
  }
  return typeof revision === 'string' && revision !== '' ? revision : null;
}

function readFile(files: ReadonlyMap<string, Uint8Array>, name: string): JsonObject {
  return readObject(member(files, name), name, 'WRIT_BUNDLE_INVALID');
}

function member(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  return files.get(name) ?? refuse(`It has no ${name}.`);
}

function refuse(what: string): never {
  throw new WritError('WRIT_BUNDLE_INVALID', what);
}
