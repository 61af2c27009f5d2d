import { isDigit, isLetter, separator } from '../chars.ts';
import type { IdRule, Strength } from './rule.ts';

/** What may stand at a place: a digit, a letter or one of the separators. */
const CLASSES = '9A -./+';

interface Node {
  next: (Node | undefined)[];
  forms: Form[];
}

/** A rule whose layout ends at a node, and what the layout says by itself. */
export interface Form {
  rule: IdRule;
  strength: Strength;
}

function node(): Node {
  return { next: [], forms: [] };
}

/** All layouts of all rules as one tree, so that a text is read once whatever the number of rules. */
export function layoutTree(rules: readonly IdRule[]): Node {
  const root = node();
  for (const rule of rules) {
    for (const strength of ['strong', 'medium', 'weak'] as const) {
      for (const layout of rule.layouts[strength] ?? []) put(root, layout, { rule, strength });
    }
  }
  return root;
}

function put(root: Node, layout: string, form: Form): void {
  let at = root;
  for (const char of layout) {
    const place = CLASSES.indexOf(char);
    const below = at.next[place] ?? node();
    at.next[place] = below;
    at = below;
  }
  at.forms.push(form);
}

/** Calls `visit` with each end at which a layout that begins at `start` is complete, the longest last. Reads at most the longest layout. */
export function eachLayout(
  root: Node,
  text: string,
  start: number,
  visit: (end: number, forms: readonly Form[]) => void,
): void {
  let at: Node = root;
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const place = isDigit(code) ? 0 : isLetter(code) ? 1 : place_(code);
    const below = place < 0 ? undefined : at.next[place];
    if (below === undefined) return;
    at = below;
    if (at.forms.length > 0) visit(i + 1, at.forms);
  }
}

function place_(code: number): number {
  const sign = separator(code);
  return sign === '' ? -1 : CLASSES.indexOf(sign);
}
