import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../cli/package-files.ts';
import { compilePolicies } from '../../cli/policies.ts';

const cache = packageFile('node_modules/.cache/writ-test');

/** Everything a bundle is made of but the sources themselves: the library, and what compiles and judges. */
const makers = [
  'policies/lib',
  'policies/schema',
  'policies/capabilities.json',
  'engine/opa',
  'engine/yaml',
  'cli/policies.ts',
];

function textsBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const below = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name));
  return below.filter((name) => /\.(rego|yaml|json|ts|go|mod|sum)$/.test(name)).sort();
}

function fingerprint(folder: string): string {
  const hash = createHash('sha256').update(process.env.WRIT_OPA ?? '');
  for (const path of [folder, ...makers.map(packageFile)].flatMap(textsBelow))
    hash.update(`\0${path}\0`).update(readFileSync(path));
  return hash.digest('hex');
}

/**
 * The policies of a folder as a bundle. Compiling takes seconds, so what came of the same sources and the same compiler
 * is kept for the next test file.
 */
export async function compiled(folder: string): Promise<Uint8Array> {
  const kept = join(cache, `${fingerprint(folder)}.tar.gz`);
  if (existsSync(kept)) return readFileSync(kept);
  const bytes = await compilePolicies([folder]);
  mkdirSync(cache, { recursive: true });
  const beside = `${kept}.${process.pid}`;
  writeFileSync(beside, bytes);
  renameSync(beside, kept);
  return bytes;
}
