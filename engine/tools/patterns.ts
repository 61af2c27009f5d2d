import { RE2JS } from 're2js';
import { programSize } from '../policy/builtins/regex-size.ts';
import type { Work } from './work.ts';

/** Of one pattern, in instructions as `programSize` counts them. */
const mostInstructions = 5_000;
const longestPattern = 2_048;

/** A pattern as ajv's generated code asks it. */
export interface Pattern {
  test(text: string): boolean;
}

/**
 * A `pattern` of a schema in RE2's syntax, which takes time in proportion to pattern and text. Undefined for what RE2
 * cannot do (looking around, references back) or what is too large: ECMAScript's own engine could be held for ever by a
 * pattern the server chose and a text the caller chose.
 */
export function compilePattern(source: string): ((text: string) => boolean) | undefined {
  if (source.length > longestPattern) return undefined;
  const written = ecmascript(source);
  if (programSize(written) > mostInstructions) return undefined;
  try {
    const compiled = RE2JS.compile(written);
    return (text) => compiled.test(text);
  } catch {
    return undefined;
  }
}

/** White space of ECMAScript, which RE2 knows the ASCII part of. */
const space = '\\s\\x{b}\\x{a0}\\x{feff}\\p{Z}';

/** A pattern of ECMAScript as RE2 writes it: `\/`, `\-`, `\u00e9`, and the white space that `\s` means. */
function ecmascript(source: string): string {
  let inClass = false;
  return source.replaceAll(/\\u([0-9a-fA-F]{4})|\\[\s\S]|[[\]]/g, (token, point?: string) => {
    if (point !== undefined) return `\\x{${point}}`;
    if (token === '\\/') return '/';
    if (token === '\\-') return '\\x{2d}';
    if (token === '\\s') return inClass ? space : `[${space}]`;
    if (token === '[') {
      // A second one is itself in ECMAScript, and could begin a named class in RE2.
      if (inClass) return '\\[';
      inClass = true;
    } else if (token === ']') inClass = false;
    return token;
  });
}

/** Patterns of one schema, each charged to `work` by its own size and the text's. */
export class Patterns {
  readonly #made = new Map<string, { test: (text: string) => boolean; units: number }>();

  /** False where the pattern cannot be asked. */
  add(source: string): boolean {
    if (this.#made.has(source)) return true;
    const test = compilePattern(source);
    if (test === undefined) return false;
    this.#made.set(source, { test, units: 2 + programSize(source) / 8 });
    return true;
  }

  /** ajv's `code.regExp`. */
  engine(work: Work) {
    const engine = (source: string, _flags: string): Pattern & { toString(): string } => {
      const pattern = this.#made.get(source);
      return {
        test(text) {
          work.take(8 + text.length * (pattern?.units ?? 0));
          // Only patterns that were added are ever written into a schema.
          return pattern?.test(text) ?? false;
        },
        // ajv tells patterns apart by it.
        toString: () => source,
      };
    };
    // Only what ajv writes into standalone code.
    engine.code = 'undefined';
    return engine;
  }
}
