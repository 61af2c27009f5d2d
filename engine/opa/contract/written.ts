import type { Json } from '../../json/types.ts';
import type { AnalysedRule, Written } from '../types.ts';

/** Notes something of a rule: a code of docs/policy-authoring.md, and what stands behind the id of the rule in the message. */
export type Say = (code: string, message: string) => void;

/** What stands under a key of an object; undefined where it has none of the name. */
export function member({ object = [] }: Written, name: string): Written | undefined {
  return object.find(({ key }) => key.constant === name)?.value;
}

/** Its keys that are written out. */
export function keysOf({ object = [] }: Written): string[] {
  return object.flatMap(({ key }) => (typeof key.constant === 'string' ? [key.constant] : []));
}

/** The constants under a key: it alone, or those of a list. */
export function constants(value: Written, name: string): Json[] {
  const found = member(value, name);
  const all = found === undefined ? [] : (found.array ?? [found]);
  return all.flatMap(({ constant }) => (constant === undefined ? [] : [constant]));
}

/** Whether some of its keys are known to evaluation alone. */
export function hasComputedKeys({ object = [] }: Written): boolean {
  return object.some(({ key }) => key.constant === undefined);
}

/** Whether a rule has some value, or may have one for all its text tells, with `is` true of what stands under the key. */
export function mayHave({ values }: AnalysedRule, name: string, is: (constant: Json) => boolean): boolean {
  return values.some((value) => {
    if (value.object === undefined || hasComputedKeys(value)) return true;
    const found = member(value, name);
    return found !== undefined && (found.constant === undefined || is(found.constant));
  });
}

/** The value where all of it is written out, else undefined. Of a key that stands twice, OPA takes neither. */
export function constantOf(value: Written): Json | undefined {
  if (value.constant !== undefined) return value.constant;
  if (value.array !== undefined) {
    const items = value.array.map(constantOf);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (value.object === undefined) return undefined;
  const members: [string, Json][] = [];
  for (const { key, value: inner } of value.object) {
    const constant = constantOf(inner);
    if (typeof key.constant !== 'string' || constant === undefined) return undefined;
    members.push([key.constant, constant]);
  }
  return Object.fromEntries(members);
}
