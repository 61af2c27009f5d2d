import { WritError } from '../../engine/errors.ts';
import { type Container, compilePath } from '../../engine/json/path.ts';
import type { JsonObject } from '../../engine/json/types.ts';
import { tokenShape } from '../../engine/masking/token.ts';
import type { Detokenise } from '../../engine/policy/types.ts';
import type { Holding } from './find.ts';

/** Places told of in a refusal. */
const mostTold = 8;

/** What policy lets be turned back at each place of the arguments: nodes its paths select, and nothing below them. */
export class Places {
  readonly #rules: readonly Detokenise[];
  readonly #permits = new Map<Container, Map<string | number, Detokenise[]>>();

  /** Throws WRIT_MASK_PATH. */
  constructor(rules: readonly Detokenise[], given: JsonObject) {
    this.#rules = rules;
    for (const rule of rules)
      pathOf(rule).select([given], (holder, key) => {
        const held = this.#permits.get(holder) ?? new Map<string | number, Detokenise[]>();
        this.#permits.set(holder, held);
        const permits = held.get(key) ?? [];
        held.set(key, permits);
        // A path may select a node more than once.
        if (!permits.includes(rule)) permits.push(rule);
      });
  }

  /** What is permitted for a text. Throws WRIT_MASK_TOKEN_PLACE where nothing is. */
  permitsOf({ holder, key, text }: Holding): readonly Detokenise[] {
    const permits = this.#permits.get(holder)?.get(key);
    if (permits === undefined) throw this.refusal();
    // Within an address a value would be in what servers log, and read as more than a value.
    if (isInUri(text))
      throw new WritError('WRIT_MASK_TOKEN_PLACE', 'It stands within a URI, where no token is turned back.');
    return permits;
  }

  refusal(): WritError {
    const told = [...new Set(this.#rules.map(({ path }) => path))].slice(0, mostTold);
    if (told.length === 0) return noPlace();
    return new WritError(
      'WRIT_MASK_TOKEN_PLACE',
      `Of this call tokens are turned back at ${told.join(', ')}, where they stand exactly as they were given; leave them out everywhere else.`,
    );
  }
}

/** Characters that a word before a token may have. */
const longestWord = 2_048;

/** Whether a token of a text stands in a word that names a host before it: `https://a.example/?to=tok_...`, `//a.example/tok_...`. */
function isInUri(text: string): boolean {
  if (!text.includes('//')) return false;
  for (const { index } of text.matchAll(tokenShape)) {
    let start = index;
    while (start > 0 && index - start <= longestWord && !/\s/.test(text.charAt(start - 1))) start--;
    const word = text.slice(start, index);
    if (word.length > longestWord || word.includes('//')) return true;
  }
  return false;
}

export function noPlace(): WritError {
  return new WritError('WRIT_MASK_TOKEN_PLACE', 'Nowhere in this message are tokens turned back; leave them out.');
}

/** A path may have been made of arguments, so the error names the rule alone. */
function pathOf({ path, rule }: Detokenise) {
  try {
    return compilePath(path);
  } catch (cause) {
    throw new WritError('WRIT_MASK_PATH', `That of ${rule}.`, { cause });
  }
}
