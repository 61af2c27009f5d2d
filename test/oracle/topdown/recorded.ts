import { fixtureInput } from '../../../engine/fixtures/input.ts';
import { parseFixture } from '../../../engine/fixtures/parse.ts';
import { filesBelow } from '../../../engine/opa/sources.ts';
import type { PolicyInput } from '../../../engine/policy/types.ts';
import { SourceError } from '../../../engine/yaml/source-error.ts';

/** Inputs of the fixtures below a folder: calls on which some rule decides. What is of another form there is passed over. */
export function recordedInputs(folder: string): PolicyInput[] {
  return filesBelow(folder)
    .filter(({ path }) => /\.ya?ml$/.test(path))
    .flatMap(({ path, text }) => {
      try {
        return [fixtureInput(parseFixture(text, path).fixture)];
      } catch (error) {
        if (error instanceof SourceError) return [];
        throw error;
      }
    });
}
