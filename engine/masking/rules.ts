import { categoryOf, detectedCategories, isWithinCategory } from '../detect/categories.ts';
import type { DetectedType } from '../detect/types.ts';
import { WritError } from '../errors.ts';
import { compilePath, type Path } from '../json/path.ts';
import type { MaskField } from '../policy/types.ts';
import { type Pattern, patternOf } from './find/patterns.ts';
import { type Family, type Rule, type RuleSet, ruleOf } from './rule-set.ts';
import { checkOptions } from './strategies/index.ts';

export interface PathRule extends Rule {
  readonly path: Path;
}

export interface PatternRule extends Rule {
  readonly pattern: Pattern;
}

/** What a `detect` mask is of: a category and those below it, without some. */
interface DetectRule extends Rule {
  readonly detect: string;
  readonly except: readonly string[];
}

/** The masks that bear on one side of a call, compiled. */
export class Rules {
  readonly paths: PathRule[] = [];
  readonly patterns: PatternRule[] = [];
  readonly #detects: DetectRule[] = [];
  readonly #byType = new Map<DetectedType, RuleSet | null>();
  readonly family: Family = { sets: 0 };
  #vouch: boolean | undefined;

  /** @throws WritError WRIT_MASK_PATH, WRIT_MASK_PATTERN, WRIT_MASK_FAILED for a strategy or an option nobody knows */
  constructor(side: 'arguments' | 'result', masks: readonly MaskField[]) {
    for (const field of masks) {
      if (field.on !== side && field.on !== 'both') continue;
      checkOptions(field);
      const rule = ruleOf(field, this.family);
      const { detect, path, pattern } = field;
      if (path !== undefined) this.paths.push({ ...rule, path: pathOf(path, field.rule) });
      else if (pattern !== undefined) this.patterns.push({ ...rule, pattern: patternOf(pattern) });
      else if (detect !== undefined) this.#detects.push({ ...rule, detect, except: exceptOf(field) });
      else throw new WritError('WRIT_MASK_FAILED', `Nothing finds what ${field.rule} masks.`);
    }
  }

  get isEmpty(): boolean {
    return this.paths.length === 0 && !this.find;
  }

  /** Whether texts are looked into for more than what was masked elsewhere. */
  get find(): boolean {
    return this.#detects.length > 0 || this.patterns.length > 0;
  }

  /** Whether any of what detectors find is masked. */
  get detect(): boolean {
    return this.#detects.length > 0;
  }

  /** The masks on what detectors take for a value of this type. */
  ofType(type: DetectedType): RuleSet | undefined {
    const known = this.#byType.get(type);
    if (known !== undefined) return known ?? undefined;
    const category = categoryOf(type);
    let set: RuleSet | undefined;
    for (const rule of this.#detects) if (covers(rule, category)) set = set?.with(rule, category) ?? rule.of(category);
    this.#byType.set(type, set ?? null);
    return set;
  }

  /**
   * Whether texts into which no path leads may be shown: everything that paths name is of a kind that detectors find and
   * some mask takes out.
   */
  get vouch(): boolean {
    this.#vouch ??= this.paths.every(({ field }) => field.category !== null && this.#covered(field.category));
    return this.#vouch;
  }

  #covered(category: string): boolean {
    const known = [...detectedCategories].some(
      (each) => isWithinCategory(each, category) || (each !== broad && isWithinCategory(category, each)),
    );
    return known && this.#detects.some((rule) => covers(rule, category));
  }
}

interface Compiled {
  readonly side: 'arguments' | 'result';
  readonly masks: readonly MaskField[];
  readonly rules: Rules;
}

/** What was made last of masks, by the first of them. */
const compiled = new WeakMap<MaskField, Compiled>();
/** Rules of which documents have made more sets than this are compiled anew. */
const mostSets = 1_000;

/** As `new Rules`. Decisions are remembered, so the same masks come again and again. */
export function rulesOf(side: 'arguments' | 'result', masks: readonly MaskField[]): Rules {
  const [first] = masks;
  const known = first && compiled.get(first);
  if (known?.side === side && known.rules.family.sets < mostSets && areSame(known.masks, masks)) return known.rules;
  const rules = new Rules(side, masks);
  // Patterns count what they read of one message.
  if (first !== undefined && rules.patterns.length === 0) compiled.set(first, { side, masks: [...masks], rules });
  return rules;
}

function areSame(masks: readonly MaskField[], others: readonly MaskField[]): boolean {
  return masks.length === others.length && masks.every((mask, index) => mask === others[index]);
}

/** Of VAT numbers; most of what is below it is nothing that detectors know. */
const broad = 'user.financial';

function covers({ detect, except }: DetectRule, category: string): boolean {
  return isWithinCategory(category, detect) && !except.some((each) => isWithinCategory(category, each));
}

function exceptOf({ options }: MaskField): string[] {
  return Array.isArray(options.except) ? options.except.filter((each) => typeof each === 'string') : [];
}

/** A path may have been made of arguments, so the error names the rule alone. */
function pathOf(path: string, rule: string): Path {
  try {
    return compilePath(path);
  } catch {
    throw new WritError('WRIT_MASK_PATH', `That of ${rule}.`);
  }
}
