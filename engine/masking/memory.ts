import { Recurring } from '../detect/document/recurring.ts';
import { WritError } from '../errors.ts';
import { Literals } from './literals.ts';
import type { Credit } from './tally.ts';
import { lettersIn, turnedSpellings } from './views/index.ts';

/** Letters and digits of a value that is looked for by them alone: fewer are met by chance. */
const fewest = 8;
/** Characters of what detectors found that may be remembered, whether or not it is masked. */
const mostFound = 4_194_304;

/** So many values of so many characters are known to be remembered already. */
const mostFormed = 1_000;
const longestFormed = 256;

/**
 * What was masked in one message of a call, so that no later one says it: in notifications, the result or error, further
 * rounds, and the results of a task.
 */
export class MaskMemory {
  #literals: Literals | undefined;
  #letters: Literals | undefined;
  #found: Recurring | undefined;
  /** The last values that were remembered in all forms, and what is shown in place of them. */
  readonly #formed = new Map<string, string>();
  /** What was hidden so far: it is asked for with every message. */
  readonly #hidden = new Map<string, string>();

  /** Values that are looked for as they are. */
  get literals(): Literals {
    this.#literals ??= new Literals();
    return this.#literals;
  }

  /** As `literals`, of each value the letters and digits alone: it may be written with anything between them. */
  get letters(): Literals {
    this.#letters ??= new Literals();
    return this.#letters;
  }

  get isEmpty(): boolean {
    return this.#literals === undefined || this.#literals.isEmpty;
  }

  /** Values that detectors found, which are looked for as whole words. */
  get found(): Recurring {
    this.#found ??= new Recurring();
    return this.#found;
  }

  /** Whether something is hidden that no mask on the message at hand asks for. */
  get hides(): boolean {
    return this.#hidden.size > 0;
  }

  /** Characters remembered, about. */
  get size(): number {
    return (this.#literals?.size ?? 0) + (this.#letters?.size ?? 0) + (this.#found?.size ?? 0);
  }

  /** Begins another message, which may take as much work as the last. */
  begin(): void {
    this.#literals?.begin();
    this.#letters?.begin();
  }

  /** @throws WritError WRIT_MASK_FAILED where detectors found more in the messages of a call than is remembered */
  refuseTooMuch(): void {
    if (this.found.size > mostFound) throw new WritError('WRIT_MASK_FAILED', 'Too many values to remember.');
  }

  /** Remembers a masked value, and the text that is shown in its place. */
  add(value: string, instead: string, credits: readonly Credit[]): void {
    this.literals.add(value, instead, credits);
  }

  /** As `add`, of a value that is looked for however it is parted, punctuated or turned. */
  addInAllForms(value: string, instead: string, credits: readonly Credit[]): void {
    this.add(value, instead, credits);
    // Rows of a table share values.
    if (this.#formed.get(value) === instead) return;
    if (this.#formed.size >= mostFormed) this.#formed.clear();
    if (value.length <= longestFormed) this.#formed.set(value, instead);
    const letters = lettersIn(value);
    if (letters.length < fewest) return;
    this.letters.add(letters, instead, credits);
    for (const turned of turnedSpellings(value)) this.literals.add(turned, instead, credits);
  }

  /** From now on `shown` stands where this value is said: the token that was given back in place of it. */
  hide(value: string, shown: string): void {
    if (this.#hidden.get(shown) === value) return;
    this.#hidden.set(shown, value);
    this.addInAllForms(value, shown, []);
  }
}
