import { Ajv, type ValidateFunction } from 'ajv';
import catalogueSchema from '../../../policies/schema/catalogue.json' with { type: 'json' };
import type { Catalogue } from '../../policy/types.ts';
import { escapeKey } from '../../yaml/position.ts';
import type { YamlSource } from '../../yaml/read.ts';
import { SourceError } from '../../yaml/source-error.ts';
import { validateYaml } from '../../yaml/validate.ts';
import type { Diagnostic } from '../types.ts';
import { dataCategories } from './fideslang.ts';
import { wrongPath } from './wrong-path.ts';

/**
 * Takes the catalogue out of catalogue.yaml, with what is wrong with it: its form (`catalogue_schema`), categories that
 * are none (`unknown_category`), paths that are no RFC 9535 query (`catalogue_path`). A catalogue of a wrong form is
 * given as empty, which denies every tool.
 */
export function readCatalogue(source: YamlSource): { catalogue: Catalogue; diagnostics: Diagnostic[] } {
  try {
    const { catalogue } = validateYaml(source, isCatalogueFile, 'WRIT_OPA_FAILED');
    return { catalogue, diagnostics: lint(source, catalogue) };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { catalogue: {}, diagnostics: error.diagnostics.map((each) => ({ ...each, code: 'catalogue_schema' })) };
  }
}

interface CatalogueFile {
  catalogue: Catalogue;
}

const isCatalogueFile: ValidateFunction<CatalogueFile> = new Ajv({ allErrors: true, verbose: true }).compile({
  type: 'object',
  required: ['catalogue'],
  properties: { catalogue: catalogueSchema },
});

function lint(source: YamlSource, catalogue: Catalogue): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const say = (code: string, pointer: string[], of: 'key' | 'value', message: string) => {
    const { row, column } = source.place(['', ...pointer.map(escapeKey)].join('/'), of);
    const line = source.text.split(/\r?\n/)[row - 1] ?? null;
    diagnostics.push({ severity: 'error', code, message, file: source.file, row, column, source: line });
  };
  for (const [server, tools] of Object.entries(catalogue)) {
    for (const [tool, { holds, facts = {} }] of Object.entries(tools)) {
      const at = ['catalogue', server, tool];
      for (const [category, paths] of Object.entries(holds)) {
        if (!dataCategories.has(category)) {
          say(
            'unknown_category',
            [...at, 'holds', category],
            'key',
            `\`${category}\` is no data category of fideslang.`,
          );
        }
        for (const [index, path] of paths.entries()) {
          const wrong = wrongPath(path);
          if (wrong !== null) say('catalogue_path', [...at, 'holds', category, String(index)], 'value', wrong);
        }
      }
      for (const [fact, path] of Object.entries(facts)) {
        const wrong = wrongPath(path);
        if (wrong !== null) say('catalogue_path', [...at, 'facts', fact], 'value', wrong);
      }
    }
  }
  return diagnostics;
}
