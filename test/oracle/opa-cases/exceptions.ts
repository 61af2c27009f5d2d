import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isObject } from '../../../engine/json/types.ts';
import { readYaml } from '../../../engine/yaml/read.ts';

export interface Exception {
  readonly reason: string;
  /** What is wrong with the case must be this. */
  readonly fails: RegExp;
}

const file = fileURLToPath(new URL('./exceptions.yaml', import.meta.url));

/** Exceptions by the case's note. */
export function readExceptions(): ReadonlyMap<string, Exception> {
  const { value } = readYaml(readFileSync(file, 'utf8'), file, 'WRIT_FIXTURE_INVALID');
  const exceptions = new Map<string, Exception>();
  for (const [reason, entry] of Object.entries(value ?? {})) {
    if (!isObject(entry) || typeof entry.fails !== 'string' || !Array.isArray(entry.cases))
      throw new Error(`${reason}: lacks \`fails\` or \`cases\``);
    const fails = new RegExp(entry.fails);
    for (const note of entry.cases) {
      if (exceptions.has(`${note}`)) throw new Error(`two reasons for ${note}`);
      exceptions.set(`${note}`, { reason, fails });
    }
  }
  return exceptions;
}
