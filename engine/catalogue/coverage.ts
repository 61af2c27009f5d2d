import { compilePath } from '../json/path.ts';
import type { Json } from '../json/types.ts';

/** A path of the catalogue, and how many nodes of the recordings it selected. */
export interface Declared {
  readonly category: string;
  readonly path: string;
  selected: number;
}

/** Which categories the catalogue declares for a node of one document. */
export class Coverage {
  readonly #marks = new Map<object, Map<string | number, Set<string>>>();
  readonly #root: [Json];

  /** Throws WRIT_MASK_PATH for a path that is none, WRIT_MASK_FAILED for one that visits too many nodes. */
  constructor(document: Json, declared: readonly Declared[]) {
    this.#root = [document];
    for (const each of declared) {
      compilePath(each.path).select(this.#root, (holder, key) => {
        each.selected++;
        const marks = this.#marks.get(holder) ?? new Map<string | number, Set<string>>();
        this.#marks.set(holder, marks.set(key, (marks.get(key) ?? new Set()).add(each.category)));
      });
    }
  }

  get ofRoot(): ReadonlySet<string> {
    return this.#marks.get(this.#root)?.get(0) ?? none;
  }

  /** What is declared for a node, with what is declared for all above it. */
  below(above: ReadonlySet<string>, holder: object, key: string | number): ReadonlySet<string> {
    const own = this.#marks.get(holder)?.get(key);
    return own === undefined ? above : new Set([...above, ...own]);
  }
}

const none: ReadonlySet<string> = new Set();
