import type { DetectedType } from '../../types.ts';
import { type Cue, cue } from '../cues.ts';

/**
 * How much a form says by itself: `strong` forms are taken where they stand, `medium` ones in a document of their
 * country or behind a cue, `weak` ones behind a cue.
 */
export type Strength = 'strong' | 'medium' | 'weak';

/** A national id. Layouts are written with `9` for a digit, `A` for a letter, and separators as they are. */
export interface IdRule {
  type: DetectedType;
  /** The name of the detector: country and short name of the id. */
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  layouts: { [strength in Strength]?: readonly string[] };
  /** Whether the id, without separators and in upper case, is one. */
  valid(compact: string): boolean;
  /** Words that name this id. */
  cue: Cue;
  /** Of values of the layout, one in 10^rarity is valid by chance: decides between ids of one layout. */
  rarity: number;
  /** Only words that name this very id will do: its checksum is too weak for general ones. */
  named?: boolean;
}

/** A rule, with its cue given as words. */
export function idRule(rule: Omit<IdRule, 'cue'> & { words: readonly string[] }): IdRule {
  const { words, ...rest } = rule;
  return { ...rest, cue: cue(words) };
}
