import { createHmac } from 'node:crypto';
import { parse } from '../../../engine/json/parse.ts';
import { serialize } from '../../../engine/json/serialize.ts';
import type { Json } from '../../../engine/json/types.ts';
import { maskArguments } from '../../../engine/masking/mask-arguments.ts';
import { maskResult } from '../../../engine/masking/mask-result.ts';
import type { MaskContext, Masked } from '../../../engine/masking/types.ts';
import type { MaskField, Strategy } from '../../../engine/policy/types.ts';

export const hash = (value: string): string => createHmac('sha256', 'test key').update(value).digest('hex');

export function mask(path: string, strategy: Strategy = 'redact', more: Partial<MaskField> = {}): MaskField {
  return { rule: `test.mask_fields.${strategy}`, on: 'both', path, category: null, strategy, options: {}, ...more };
}

export interface Outcome {
  text: string;
  value: Json;
  applied: Masked['applied'];
  withheld: number;
  denied: string[];
}

/** Masks what a text says, as it would come off the wire. */
export function argumentsOf(text: string, masks: MaskField[]): Outcome {
  return outcome(maskArguments(parse(Buffer.from(text), { direction: 'to-client' }), { masks, hash }));
}

export function resultOf(
  result: Json | string,
  masks: MaskField[],
  method = 'tools/call',
  more: Partial<MaskContext> = {},
): Outcome {
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  const document = parse(Buffer.from(text), { direction: 'to-client' });
  const masked = outcome(maskResult(document, { masks, hash, ...more }, method));
  if (serialize(document) !== text) throw new Error('the input was changed');
  return masked;
}

function outcome({ document, applied, withheld, denied }: Masked): Outcome {
  const text = serialize(document);
  return { text, value: JSON.parse(text), applied, withheld, denied };
}

/** A tool result that says the same in structuredContent and as text. */
export function both(structuredContent: Json, write: (value: Json) => string = (value) => JSON.stringify(value)): Json {
  return { content: [{ type: 'text', text: write(structuredContent) }], structuredContent };
}

/** A mask on what detectors find of a category. */
export function detecting(detect: string, strategy: Strategy = 'redact', more: Partial<MaskField> = {}): MaskField {
  return { rule: `test.mask_fields.${strategy}`, on: 'both', detect, category: null, strategy, options: {}, ...more };
}

/** A mask on what a regular expression matches. */
export function matching(pattern: string, strategy: Strategy = 'redact', more: Partial<MaskField> = {}): MaskField {
  return { rule: `test.mask_fields.${strategy}`, on: 'both', pattern, category: null, strategy, options: {}, ...more };
}
