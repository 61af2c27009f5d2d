import { textsForElsewhere } from '../../engine/masking/find/elsewhere.ts';
import type { MaskContext, Masked } from '../../engine/masking/types.ts';
import type { Presidio } from '../detectors/presidio.ts';
import type { Gateway } from '../types.ts';

type Mask = (context: MaskContext) => Masked;

/** What `mask` makes of a message: at once, or after Presidio has looked into its texts where that is configured and masks bear on what is found. */
export function masked(gateway: Gateway, context: MaskContext, mask: Mask): Masked | Promise<Masked> {
  const { presidio } = gateway;
  if (presidio === undefined || context.masks.every(({ detect }) => detect === undefined)) return mask(context);
  return afterwards(presidio, context, mask);
}

async function afterwards(presidio: Presidio, context: MaskContext, mask: Mask): Promise<Masked> {
  const seen = await presidio.find(textsForElsewhere(context, mask));
  return mask({ ...context, found: { in: (text) => seen.get(text) } });
}

/** Goes on with what is there already, or will be. */
export function then<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
