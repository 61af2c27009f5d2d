import { foldKey } from '../../engine/json/fold-key.ts';
import type { JsonObject } from '../../engine/json/types.ts';

/** Member names the protocol gives a meaning that decides something here. */
export class MemberNames {
  readonly #names: ReadonlySet<string>;
  readonly #folded: ReadonlySet<string>;

  constructor(names: readonly string[]) {
    this.#names = new Set(names);
    this.#folded = new Set(names.map(foldKey));
  }

  /**
   * Whether some member is one of these but for letter case, as `Arguments`: policy would see nothing, and a server that
   * ignores case (Go's encoding/json and .NET's web defaults do) would act on it.
   */
  areMisspeltIn(object: JsonObject): boolean {
    return Object.keys(object).some((key) => !this.#names.has(key) && this.#folded.has(foldKey(key)));
  }
}
