import type { Json, JsonObject } from '../json/types.ts';
import { type ArgumentCheck, type CheckArguments, compileArguments } from './validate-arguments.ts';

/** Schemas made ready, by fingerprint of the tool. The one not asked for longest makes room. */
export class ArgumentValidators {
  readonly #most: number;
  readonly #made = new Map<string, CheckArguments>();

  constructor(most = 256) {
    this.#most = most;
  }

  check(fingerprint: string, schema: Json | undefined, args: JsonObject): ArgumentCheck {
    const made = this.#made.get(fingerprint) ?? compileArguments(schema);
    this.#made.delete(fingerprint);
    this.#made.set(fingerprint, made);
    if (this.#made.size > this.#most)
      for (const [oldest] of this.#made) {
        this.#made.delete(oldest);
        break;
      }
    return made(args);
  }
}
