import { WritError } from '../../engine/errors.ts';
import { isObject } from '../../engine/json/types.ts';
import { readCatalogue } from '../../engine/opa/contract/read-catalogue.ts';
import { DiagnosticsError } from '../../engine/opa/diagnostics-error.ts';
import { filesBelow } from '../../engine/opa/sources.ts';
import type { Catalogue } from '../../engine/policy/types.ts';
import { readYaml, type YamlSource } from '../../engine/yaml/read.ts';

export interface FoundCatalogue {
  catalogue: Catalogue;
  source: YamlSource;
}

/**
 * The catalogue below paths: of the first file that has one. Undefined where none has. Throws WRIT_SOURCES_*, and
 * DiagnosticsError with WRIT_SOURCES_INVALID where it is wrong.
 */
export function findCatalogue(paths: readonly string[]): FoundCatalogue | undefined {
  const files = paths.flatMap((path) => filesBelow(path)).filter(({ path }) => /\.(?:ya?ml|json)$/.test(path));
  const sources = files.map(({ path, text }) => readYaml(text, path, 'WRIT_SOURCES_INVALID'));
  const source = sources.find(({ value }) => isObject(value) && Object.hasOwn(value, 'catalogue'));
  if (source === undefined) return undefined;
  const { catalogue, diagnostics } = readCatalogue(source);
  if (diagnostics.length > 0) throw new DiagnosticsError('WRIT_SOURCES_INVALID', diagnostics);
  return { catalogue, source };
}

/** As `findCatalogue`. Throws WRIT_SOURCES_MISSING where none is there. */
export function needCatalogue(path: string): FoundCatalogue {
  const found = findCatalogue([path]);
  if (found === undefined) throw new WritError('WRIT_SOURCES_MISSING', `There is no catalogue in ${path}.`);
  return found;
}
