import { Recurring } from '../detect/document/recurring.ts';
import { Literals } from './literals.ts';
import type { Credit } from './tally.ts';
import { lettersOf, original, turnedSpellings } from './views/index.ts';

/** Letters and digits of a value that is looked for by them alone: fewer are met by chance. */
const fewest = 8;

/**
 * What was masked in one message of a call, so that no later one says it: in notifications, the result or error, further
 * rounds, and the results of a task.
 */
export class MaskMemory {
  #literals: Literals | undefined;
  #letters: Literals | undefined;
  #found: Recurring | undefined;
  #hides = false;

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
    return this.#hides;
  }

  /** Remembers a masked value, and the text that is shown in its place. */
  add(value: string, instead: string, credits: readonly Credit[]): void {
    this.literals.add(value, instead, credits);
  }

  /** As `add`, of a value that is looked for however it is parted, punctuated or turned. */
  addInAllForms(value: string, instead: string, credits: readonly Credit[]): void {
    this.add(value, instead, credits);
    const letters = lettersOf(original(value)).text;
    if (letters.length < fewest) return;
    this.letters.add(letters, instead, credits);
    for (const turned of turnedSpellings(value)) this.literals.add(turned, instead, credits);
  }

  /** From now on `shown` stands where this value is said: the token that was given back in place of it. */
  hide(value: string, shown: string): void {
    this.#hides = true;
    this.addInAllForms(value, shown, []);
  }
}
