import { globSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { WritError } from '../errors.ts';
import { whyUnusable } from '../file-errors.ts';
import { isObject, type JsonObject } from '../json/types.ts';
import { readYaml, type YamlSource } from '../yaml/read.ts';
import { SourceError } from '../yaml/source-error.ts';

export interface SourceFile {
  /** As a person finds it. */
  path: string;
  /** Within the bundle: relative to the folder that was named, so that a bundle does not tell where it was built. */
  name: string;
  text: string;
}

/** What a person hands over as "the policies": Rego, its tests, and data. */
export interface Sources {
  rego: SourceFile[];
  tests: SourceFile[];
  data: JsonObject;
  /** The file that `data.catalogue` comes from. */
  catalogue: YamlSource | null;
}

/** Keys of `data` that packages and the build make. */
const reserved = new Set(['build', 'policies', 'writ', 'test', 'schema']);
const hidden = /(^|[\\/])(\.[^\\/]+|node_modules)([\\/]|$)/;
const isRego = (file: string) => file.endsWith('.rego');
const isTest = (file: string) => file.endsWith('_test.rego');
/** Schemas and capabilities steer OPA; they are not data of the policies. */
const isData = (file: string) =>
  /\.(ya?ml|json)$/.test(file) && basename(file) !== 'capabilities.json' && !/(^|[\\/])schema[\\/]/.test(file);

/** Files below one path, in a fixed order. Throws WRIT_SOURCES_MISSING. */
export function filesBelow(path: string): SourceFile[] {
  try {
    const names = statSync(path).isDirectory()
      ? globSync('**/*.{rego,yaml,yml,json}', { cwd: path }).filter((name) => !hidden.test(name))
      : [''];
    return names.sort().map((name) => {
      const file = name === '' ? path : join(path, name);
      return { path: file, name: name === '' ? basename(path) : name, text: readFileSync(file, 'utf8') };
    });
  } catch (cause) {
    throw new WritError('WRIT_SOURCES_MISSING', whyUnusable(path, cause), { cause });
  }
}

function refuse(source: YamlSource, pointer: string, message: string): SourceError {
  const { file, text } = source;
  return new SourceError('WRIT_SOURCES_INVALID', [{ file, text, ...source.place(pointer, 'key'), message }]);
}

/** Each key of a data file becomes `data.<key>`; no two files may say the same one. */
function mergeData(files: readonly SourceFile[]): Pick<Sources, 'data' | 'catalogue'> {
  const data: JsonObject = {};
  const origins = new Map<string, YamlSource>();
  for (const { path, text } of files) {
    const source = readYaml(text, path, 'WRIT_SOURCES_INVALID');
    if (!isObject(source.value)) throw refuse(source, '', 'is no object whose keys could become data.<key>');
    for (const [key, value] of Object.entries(source.value)) {
      const other = origins.get(key);
      if (reserved.has(key)) throw refuse(source, `/${key}`, `data.${key} is made by packages and the build`);
      if (other !== undefined) throw refuse(source, `/${key}`, `data.${key} is in ${other.file} already`);
      data[key] = value;
      origins.set(key, source);
    }
  }
  return { data, catalogue: origins.get('catalogue') ?? null };
}

/**
 * Sorts files into Rego, tests (`*_test.rego`) and data. Throws WRIT_SOURCES_MISSING where there is no Rego, and
 * WRIT_SOURCES_INVALID, naming the place, where two files cannot go into one bundle.
 */
export function readSources(files: readonly SourceFile[]): Sources {
  const modules = files.filter(({ path }) => isRego(path));
  if (modules.length === 0) throw new WritError('WRIT_SOURCES_MISSING', 'There is no Rego in them.');
  const names = new Map<string, string>();
  for (const { name, path } of modules) {
    const other = names.get(name);
    if (other !== undefined)
      throw new WritError('WRIT_SOURCES_INVALID', `${other} and ${path} would both be ${name} in the bundle.`);
    names.set(name, path);
  }
  return {
    rego: modules.filter(({ path }) => !isTest(path)),
    tests: modules.filter(({ path }) => isTest(path)),
    ...mergeData(files.filter(({ name }) => isData(name))),
  };
}
