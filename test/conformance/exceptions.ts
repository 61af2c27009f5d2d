import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isObject, type Json } from '../../engine/json/types.ts';
import { readYaml } from '../../engine/yaml/read.ts';

/** A loss that is known and has a reason. */
export interface Exception {
  readonly reason: string;
  /** As `Loss` names it. */
  readonly key: string;
}

/** Where a check was lost. Without a suite: a requirement is the same in each that has it. */
export interface Place {
  set: string;
  leg: string;
  route: string;
  check: string;
}

export const keyOf = ({ set, leg, route, check }: Place): string => `${set}, ${leg}, ${route}: ${check}`;

const file = fileURLToPath(new URL('exceptions.yaml', import.meta.url));

/** The exceptions of a file. Throws where one lacks a part or is there twice. */
export function readExceptions(text = readFileSync(file, 'utf8')): Exception[] {
  const { value } = readYaml(text, file, 'WRIT_FIXTURE_INVALID');
  const exceptions = Object.entries(isObject(value) ? value : {}).flatMap(([reason, places]) =>
    (Array.isArray(places) ? places : [places]).map((place) => ({ reason, key: keyOf(placeOf(reason, place)) })),
  );
  const keys = exceptions.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new Error(`two reasons for ${twice}`);
  return exceptions;
}

function placeOf(reason: string, place: Json): Place {
  const { set, leg, route, check } = isObject(place) ? place : {};
  if (typeof set !== 'string' || typeof leg !== 'string' || typeof route !== 'string' || typeof check !== 'string')
    throw new Error(`${reason}: lacks \`set\`, \`leg\`, \`route\` or \`check\``);
  return { set, leg, route, check };
}
