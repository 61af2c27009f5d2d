import type { Json, JsonObject } from '../../../json/types.ts';
import { constant, type Draw } from '../draw.ts';
import { textOf } from '../kind.ts';
import { shares } from '../shares.ts';
import type { Means, Replaceable } from '../types.ts';
import { accepts } from './accepts.ts';
import { forms, listsMembers } from './forms.ts';

/**
 * What a value is shown as, of several that say as little: the first that the schema of its node takes; then one that is
 * drawn, then one that is the same for all values. Where the schema takes none of them it is not kept to: a client that
 * refuses a result is better than one that sees what it must not.
 */
export function fitted(
  of: Replaceable,
  [said, ...others]: [Json, ...Json[]],
  { work }: Pick<Means, 'work'>,
  draw?: (round: number) => Draw,
): Json {
  const { schema } = of;
  if (!of.whole || schema === undefined || isSpent(work) || accepts(schema, said, work)) return said;
  const other = others.find((one) => accepts(schema, one, work));
  if (other !== undefined) return other;
  const stem = typeof said === 'string' && said.length <= 40 ? said : 'masked';
  if (draw !== undefined) {
    const drawn = drawnOf(of, schema, stem, draw, work);
    if (drawn !== undefined) return drawn;
  }
  const same = constantOf(of, schema, work);
  return same === undefined ? said : same;
}

/** What is drawn may have signs of the value in a row; then it is drawn again, as far as the schema leaves a choice. */
function drawnOf(
  of: Replaceable,
  schema: JsonObject,
  stem: string,
  draw: (round: number) => Draw,
  work: Means['work'],
): Json | undefined {
  let shown: Json | undefined;
  for (let round = 0; round < 16 && !isSpent(work); round++) {
    shown = undefined;
    for (const form of forms(schema, draw(round), stem)) {
      if (isSpent(work)) return undefined;
      if (!may(of, schema, form, work)) continue;
      shown = form;
      break;
    }
    if (shown === undefined || !shares(textOf(of), String(shown)) || listsMembers(schema)) break;
  }
  return shown;
}

/** A value that the schema takes and that says nothing but of what type the value was; undefined where there is none. */
function constantOf(of: Replaceable, schema: JsonObject, work: Means['work']): Json | undefined {
  let known = constants.get(schema);
  if (known === undefined) {
    known = [...forms(schema, constant, 'redacted')].filter((form) => accepts(schema, form, work));
    constants.set(schema, known);
  }
  const allowed = known.filter((form) => may(of, schema, form, work));
  const alike = allowed.find((form) => typeof form === typeof of.value);
  return alike === undefined ? allowed[0] : alike;
}

const constants = new WeakMap<JsonObject, Json[]>();

/**
 * What detectors found is a person's, so a schema that lists it among its members was made to show it: none of them is
 * shown, whichever it is. At a path, the first member says as little as any other.
 */
function may(of: Replaceable, schema: JsonObject, form: Json, work: Means['work']): boolean {
  if (typeof form === 'object' && form !== null) return false;
  return accepts(schema, form, work) && (of.type === null || !listsMembers(schema));
}

function isSpent(work: Means['work']): boolean {
  return work !== undefined && work.left <= 0;
}
