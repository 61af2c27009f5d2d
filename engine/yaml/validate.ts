import type { DefinedError, ValidateFunction } from 'ajv';
import type { ErrorCode } from '../errors.ts';
import { escapeKey } from './position.ts';
import type { YamlSource } from './read.ts';
import { type Mistake, SourceError } from './source-error.ts';

/**
 * Checks YAML against a schema compiled with `allErrors` and `verbose`, and gives the value its type.
 *
 * Throws SourceError with `code`: a diagnostic a mistake, each naming the place, the path and what was expected there.
 */
export function validateYaml<T>(source: YamlSource, schema: ValidateFunction<T>, code: ErrorCode): T {
  const value: unknown = source.value;
  if (schema(value)) return value;
  // ajv types its errors loosely; those of the standard keywords are exactly DefinedError.
  const errors = (schema.errors ?? []) as DefinedError[];
  const mistakes = errors.flatMap((error) => {
    const said = explain(error);
    return said === null ? [] : [mistake(source, said)];
  });
  throw new SourceError(
    code,
    mistakes.toSorted((a, b) => a.row - b.row || a.column - b.column),
  );
}

interface Said {
  pointer: string;
  of: 'value' | 'key';
  expected: string;
}

function mistake({ file, text, place }: YamlSource, { pointer, of, expected }: Said): Mistake {
  const path = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  const message = path === '' ? expected : `${path} ${expected}`;
  return { file, text, ...place(pointer, of), message };
}

/** Null for the keywords that only frame others: their parts have errors of their own. */
function explain(error: DefinedError): Said | null {
  const { instancePath: pointer } = error;
  switch (error.keyword) {
    case 'if':
    case 'anyOf':
    case 'oneOf':
    case 'propertyNames':
      return null;
    case 'required':
      return { pointer, of: 'key', expected: `needs the key ${error.params.missingProperty}` };
    case 'additionalProperties': {
      const key = error.params.additionalProperty;
      const known = Object.keys(error.parentSchema?.properties ?? {});
      const expected = `is not a key here; known are ${known.join(', ')}`;
      return { pointer: `${pointer}/${escapeKey(key)}`, of: 'key', expected };
    }
    case 'enum':
      return { pointer, of: 'value', expected: `must be one of ${error.params.allowedValues.join(', ')}` };
    case 'type':
      return { pointer, of: 'value', expected: `must be ${[error.params.type].flat().join(' or ')}` };
    case 'pattern': {
      const described = error.parentSchema?.description;
      const expected = described ? `must be ${described}` : `must match ${error.params.pattern}`;
      if (error.propertyName === undefined) return { pointer, of: 'value', expected };
      return { pointer: `${pointer}/${escapeKey(error.propertyName)}`, of: 'key', expected };
    }
    case 'minProperties':
      return { pointer, of: 'key', expected: 'must not be empty' };
    default:
      return { pointer, of: 'value', expected: error.message ?? `does not satisfy ${error.keyword}` };
  }
}
