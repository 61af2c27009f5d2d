import { JSONPathEnvironment, JSONPathNode, jsonpath } from 'json-p3';
import { WritError } from '../errors.ts';
import { foldKey } from './fold-key.ts';
import type { Json, JsonObject } from './types.ts';

const { selectors, expressions } = jsonpath;

export type Container = Json[] | JsonObject;

/** Called for each node in the order of RFC 9535, and as often as the query selects it. */
export type Found = (holder: Container, key: string | number, value: Json) => void;

/** A compiled RFC 9535 query. */
export interface Path {
  readonly text: string;
  /** Every member name the query spells out. */
  readonly names: readonly string[];
  /**
   * Finds the nodes below `root[0]`, the query argument; the root node itself is found as key 0 of `root`.
   * @throws WritError WRIT_MASK_FAILED when it had to visit more nodes than its budget.
   */
  select(root: [Json], found: Found): void;
  /**
   * Whether `value` has a member that the query, at a place it comes to, would take for one of its names if it ignored
   * letter case. Names in a filter count anywhere below what is filtered.
   * @throws WritError WRIT_MASK_FAILED as `select`
   */
  hasTwins(value: Json): boolean;
}

/**
 * Compiles a query, or takes it from the last thousand compiled: a decision may bring paths that no bundle listed.
 *
 * json-p3 reads the query and evaluates filters; the walk over names, indexes, slices, wildcards and descendants is our
 * own, as it is on the way of every masked message. So that the work stays in proportion to the document, a filter may
 * ask for single nodes only (`@.status`, `$.region`), and match() and search() are refused: their regular expressions
 * would run unbounded over what a server sends.
 *
 * @throws WritError WRIT_MASK_PATH
 */
export function compilePath(text: string): Path {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const path = compile(text);
  if (compiled.size >= 1000) compiled.clear();
  compiled.set(text, path);
  return path;
}

const compiled = new Map<string, Path>();

const environment = new JSONPathEnvironment({ maxRecursionDepth: 512 });
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

/** Nodes one evaluation may visit. `$..a..b` visits a node once for each of its ancestors, so size alone is no bound. */
const budget = 4_000_000;

function compile(text: string): Path {
  const names: string[] = [];
  let steps: Step = ({ found }, holder, key, value) => found(holder, key, value);
  try {
    const { segments } = environment.compile(text);
    for (const segment of segments.toReversed()) steps = segmentStep(segment, steps, names);
  } catch (error) {
    // The query is the policy's own text and holds no data.
    throw new WritError(
      'WRIT_MASK_PATH',
      `${JSON.stringify(text)}: ${error instanceof Error ? error.message : error}`,
      {
        cause: error,
      },
    );
  }
  return {
    text,
    names,
    select: (root, found) => steps({ found, budget, root: root[0], twins: undefined }, root, 0, root[0]),
    hasTwins: (value) => {
      const twins = { found: false };
      steps({ found: () => {}, budget, root: value, twins }, [value], 0, value);
      return twins.found;
    },
  };
}

interface Walk {
  readonly found: Found;
  readonly root: Json;
  budget: number;
  /** There where members that are a name of the query but for letter case are looked for. */
  readonly twins: { found: boolean } | undefined;
}
type Step = (walk: Walk, holder: Container, key: string | number, value: Json) => void;
/** Takes each child that a selector selects on to the next step. */
type Select = (walk: Walk, value: Container) => void;

function spend(walk: Walk, nodes: number): void {
  walk.budget -= nodes;
  if (walk.budget < 0) throw new WritError('WRIT_MASK_FAILED', 'A path visits too many nodes.');
}

function segmentStep(segment: jsonpath.JSONPathSegment, next: Step, names: string[]): Step {
  const each = segment.selectors.map((selector) => compileSelector(selector, next, names));
  const [only, ...more] = each;
  const select: Select =
    only !== undefined && more.length === 0
      ? only
      : (walk, value) => {
          for (const selector of each) selector(walk, value);
        };
  const child: Step = (walk, _holder, _key, value) => {
    if (typeof value === 'object' && value !== null) select(walk, value);
  };
  // The one public difference between the two kinds of segment is how they are written.
  return segment.toString().startsWith('..') ? descend(child) : child;
}

/** RFC 9535, 2.5.2: a node comes before its descendants, and array items in order. */
function descend(child: Step): Step {
  const step: Step = (walk, holder, key, value) => {
    if (typeof value !== 'object' || value === null) return;
    child(walk, holder, key, value);
    if (Array.isArray(value)) {
      spend(walk, value.length);
      for (let index = 0; index < value.length; index++) step(walk, value, index, value[index] as Json);
    } else {
      const keys = Object.keys(value);
      spend(walk, keys.length);
      for (const name of keys) step(walk, value, name, value[name] as Json);
    }
  };
  return step;
}

function compileSelector(selector: jsonpath.JSONPathSelector, next: Step, names: string[]): Select {
  if (selector instanceof selectors.NameSelector) {
    const { name } = selector;
    names.push(name);
    return (walk, value) => {
      if (walk.twins !== undefined) lookForTwins(walk, walk.twins, value, [name], false);
      if (!Array.isArray(value) && Object.hasOwn(value, name)) next(walk, value, name, value[name] as Json);
    };
  }
  if (selector instanceof selectors.IndexSelector) {
    const { index } = selector;
    return (walk, value) => {
      if (!Array.isArray(value)) return;
      const at = index < 0 ? value.length + index : index;
      if (at >= 0 && at < value.length) next(walk, value, at, value[at] as Json);
    };
  }
  if (selector instanceof selectors.WildcardSelector) {
    return (walk, value) => {
      if (Array.isArray(value)) {
        spend(walk, value.length);
        for (let index = 0; index < value.length; index++) next(walk, value, index, value[index] as Json);
      } else {
        const keys = Object.keys(value);
        spend(walk, keys.length);
        for (const name of keys) next(walk, value, name, value[name] as Json);
      }
    };
  }
  if (selector instanceof selectors.SliceSelector) {
    return (walk, value) => {
      if (!Array.isArray(value)) return;
      const { from, to, step } = sliceBounds(selector, value.length);
      if (step === 0) return;
      spend(walk, Math.max(0, Math.ceil((to - from) / step)));
      for (let index = from; step > 0 ? index < to : index > to; index += step) {
        next(walk, value, index, value[index] as Json);
      }
    };
  }
  const filtered: string[] = [];
  if (selector instanceof selectors.FilterSelector) {
    refuseBroadQueries(selector.expression);
    namesIn(selector.expression, filtered);
  }
  return (walk, value) => {
    if (walk.twins !== undefined) lookForTwins(walk, walk.twins, value, filtered, true);
    spend(walk, Array.isArray(value) ? value.length : Object.keys(value).length);
    for (const node of selector.resolve(new JSONPathNode(value, [], walk.root))) {
      const key = node.location[0];
      if (key !== undefined) next(walk, value, key, node.value as Json);
    }
  };
}

function refuseBroadQueries(expression: jsonpath.expressions.FilterExpression): void {
  if (expression instanceof expressions.FilterQuery && !expression.path.singularQuery()) {
    throw new TypeError('a filter may ask for single nodes only');
  }
  for (const part of Object.values(expression).flat()) {
    if (part instanceof expressions.FilterExpression) refuseBroadQueries(part);
  }
}

function namesIn(expression: jsonpath.expressions.FilterExpression, names: string[]): void {
  if (expression instanceof expressions.FilterQuery) {
    const used = expression.path.segments.flatMap((segment) => segment.selectors);
    for (const each of used) if (each instanceof selectors.NameSelector) names.push(each.name);
  }
  for (const part of Object.values(expression).flat()) {
    if (part instanceof expressions.FilterExpression) namesIn(part, names);
  }
}

function lookForTwins(
  walk: Walk,
  twins: { found: boolean },
  value: Json,
  names: readonly string[],
  below: boolean,
): void {
  if (typeof value !== 'object' || value === null || names.length === 0 || twins.found) return;
  const keys = Object.keys(value);
  spend(walk, keys.length);
  const isTwin = (key: string) => !names.includes(key) && names.some((name) => foldKey(name) === foldKey(key));
  if (!Array.isArray(value)) twins.found = keys.some(isTwin);
  if (below) for (const inner of Object.values(value)) lookForTwins(walk, twins, inner, names, true);
}

/** RFC 9535, 2.3.4.2.2. */
function sliceBounds(
  { start, stop, step = 1 }: { start?: number | undefined; stop?: number | undefined; step?: number | undefined },
  length: number,
): { from: number; to: number; step: number } {
  const [lowest, highest] = step >= 0 ? [0, length] : [-1, length - 1];
  const bound = (index: number | undefined, otherwise: number): number =>
    index === undefined ? otherwise : Math.min(Math.max(index < 0 ? length + index : index, lowest), highest);
  return step >= 0
    ? { from: bound(start, 0), to: bound(stop, length), step }
    : { from: bound(start, length - 1), to: bound(stop, -1), step };
}
