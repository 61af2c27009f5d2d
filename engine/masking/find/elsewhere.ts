import type { TextLeaf } from '../../detect/document/leaves.ts';
import type { Recurring } from '../../detect/document/recurring.ts';
import type { Found } from '../../detect/types.ts';
import { WritError } from '../../errors.ts';
import type { MaskContext } from '../types.ts';
import type { Look } from './sightings.ts';

/** What a detector beside the gateway's own found, by text. Undefined for a text that it has not looked into. */
export interface FoundElsewhere {
  in(text: string): readonly Found[] | undefined;
}

/** A text of fewer characters says too little around a name. */
const shortest = 12;

/** Whether a text is for such a detector: words, not a value or a name of the system. */
export function isForElsewhere({ text, kind }: TextLeaf): boolean {
  return kind === 'string' && text.length >= shortest && /\S\s+\S/.test(text) && /\p{L}{2}/u.test(text);
}

/**
 * What was found elsewhere in each of the texts. Names of which it is sure are added to `known`, to be found wherever they recur.
 * @throws WritError WRIT_DETECTOR_UNAVAILABLE where a text was not looked into: it may hold anything
 */
export function foundElsewhere(
  looks: readonly Look[],
  { in: foundIn }: FoundElsewhere,
  known: Recurring,
): (readonly Found[])[] {
  let unseen = 0;
  const found = looks.map(({ leaf }) => {
    if (!isForElsewhere(leaf)) return [];
    const inText = foundIn(leaf.text);
    if (inText === undefined) unseen++;
    return inText ?? [];
  });
  if (unseen > 0) throw new WritError('WRIT_DETECTOR_UNAVAILABLE', 'A text was not looked into.');
  looks.forEach(({ leaf: { text } }, index) => {
    for (const { start, end, type, confidence } of found[index] ?? []) {
      const value = text.slice(start, end);
      if (type === 'PERSON' && confidence >= 0.8 && !value.includes('tok_')) known.add(value, type);
    }
  });
  return found;
}

/**
 * The texts of a message that a detector beside the gateway's own is to look into before it is masked, each once. `mask` masks the
 * message with what it is given; it gets no further than to ask what was found.
 */
export function textsForElsewhere(context: MaskContext, mask: (context: MaskContext) => unknown): string[] {
  const texts = new Set<string>();
  const listing: FoundElsewhere = {
    in(text) {
      texts.add(text);
      return undefined;
    },
  };
  try {
    mask({ ...context, found: listing });
  } catch {
    // Where it fails for another reason it fails again when it is masked.
  }
  return [...texts];
}
