import type { DetectedType } from '../../detect/types.ts';
import type { JsonObject } from '../../json/types.ts';
import type { MaskField } from '../../policy/types.ts';
import type { MaskContext } from '../types.ts';

/** A value to be replaced: a leaf of a document, or a part of a text. */
export interface Replaceable {
  value: string | number | boolean;
  /** The source text of a number that is not exactly a double. */
  text?: string;
  /** What detectors take it for; null where a path named it. */
  type: DetectedType | null;
  /** The fideslang category of it, where one is known. */
  category: string | null;
  /** The JSON Schema of this node, as `schemaAt` gives it. */
  schema?: JsonObject;
  /** The whole leaf, or a part of a text, for which only a text can stand. */
  whole: boolean;
}

export type Mask = Pick<MaskField, 'strategy' | 'options' | 'category'>;

/** What replacements are made with. */
export type Means = Pick<MaskContext, 'hash' | 'token' | 'work'>;
