import type { Examined } from '../../../cli/policies.ts';
import { isObject, type Json } from '../../../engine/json/types.ts';
import { dataCategories } from '../../../engine/opa/contract/fideslang.ts';
import { segments } from '../../../engine/policy/dotted.ts';

/** A place in the input: names of members, and `*` for the items of an array. */
export type Place = readonly string[];

/** What policies compare the input with, so that inputs can be made on which rules fire. */
export interface Words {
  /** Texts of the rules that read a place, or what contains it. */
  at(place: Place): string[];
  /** Names of members that rules read below a place. */
  names(place: Place): string[];
  /** Texts of all rules. */
  readonly all: string[];
  /** Keys of the tables that rules look things up in. */
  readonly keys: string[];
  /** Numbers in the source text, and those beside each. */
  readonly numbers: number[];
  /** Groups as callers have them: as named by rules, and as the directory knows them. */
  readonly groups: string[];
}

export function wordsOf({ analysis, sources }: Examined): Words {
  const rules = analysis.rules
    .filter(({ package: name }) => !name.startsWith('test.'))
    .map(({ reads, strings }) => ({
      reads: reads.map(segments),
      strings: strings.filter((text) => !/\s/.test(text) && text !== '' && !dataCategories.has(text)),
    }));
  const all = unique(rules.flatMap(({ strings }) => strings));
  const code = sources.rego.map(({ text }) => text.replace(/^\s*#.*$/gm, '')).join('\n');
  const directory = Object.values(Object(sources.data.groups)).map(String);
  const named = all.filter((text) => text.startsWith('group:')).map((text) => text.slice('group:'.length));
  const compared = [...code.matchAll(/in_group\("([^"]+)"\)/g)].map(([, group = '']) => group);
  return {
    at: (place) =>
      unique(rules.flatMap(({ reads, strings }) => (reads.some((read) => contains(read, place)) ? strings : []))),
    names: (place) =>
      unique(
        rules.flatMap(({ reads }) => reads.filter((read) => contains(place, read)).map((read) => read[place.length])),
      ).flatMap((name) => (name === undefined || name === '*' ? [] : [name])),
    all,
    keys: unique(keysBelow({ ...sources.data, catalogue: null })),
    numbers: unique([...code.matchAll(/(?<![\w.])\d{1,6}(?![\w.])/g)].map(Number).flatMap((n) => [n - 1, n, n + 1])),
    groups: unique([...compared, ...named, ...directory]),
  };
}

function keysBelow(value: Json): string[] {
  return isObject(value) ? Object.entries(value).flatMap(([key, below]) => [key, ...keysBelow(below)]) : [];
}

/** Whether a place lies within another; a computed part may be any. */
function contains(outer: Place, inner: Place): boolean {
  return outer.every((part, index) => part === '*' || inner[index] === '*' || part === inner[index]);
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
