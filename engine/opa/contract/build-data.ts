import type { BuildData, Catalogue, ToolIndex } from '../../policy/types.ts';
import type { AnalysedRule, Analysis } from '../types.ts';
import { contractRules, type Pack, readPacks } from './packs.ts';
import { namesClients, readsAny, readsWhole } from './reads.ts';

/**
 * `data.build` for policies in which `lintContract` finds nothing. The same sources give the same data, key for key;
 * file names are those of the analysis.
 */
export function buildData(analysis: Analysis, catalogue: Catalogue): BuildData {
  const packs = readPacks(analysis);
  const rules: BuildData['rules'] = { ...ownRules };
  const reads: BuildData['reads'] = {};
  for (const pack of packs) {
    for (const { id, kind, rule } of contractRules(pack)) {
      const { title = null, custom = {} } = rule.annotations ?? {};
      rules[id] = { ...custom, title, at: `${rule.file}:${rule.row}` };
      // A rule that takes the whole input is asked always, and answers for what it makes of what is not there.
      if (readsWhole(rule) !== undefined) continue;
      if (readsAny(rule, ofResults).length > 0) reads[id] = 'result';
      else if (readsAny(rule, ofCalls).length > 0) reads[id] = 'arguments';
      else if (kind === 'allow' && namesClients(pack, rule)) reads[id] = 'to-client';
    }
  }
  return {
    contract: 1,
    inputs: inputsOf(analysis),
    arguments: argumentsOf(packs),
    packs: byServer(packs),
    result_packs: byServer(packs.filter((pack) => contractRules(pack).some(({ id }) => reads[id] === 'result'))),
    reads: sorted(reads),
    rules: sorted(rules),
    tools: mapValues(catalogue, (tools) => mapValues(tools, ({ holds }) => indexOf(holds))),
  };
}

const ofResults = ['input.result'];
/** What a prospective call does not have. */
const ofCalls = [
  'input.call.arguments',
  'input.call.hash',
  'input.call.id',
  'input.approval',
  'input.purpose',
  'input.subjects',
];

/** Rules of lib itself. */
const ownRules: BuildData['rules'] = {
  'writ.allow.lifecycle': { title: 'Messages a session cannot do without', at: 'writ' },
  'writ.malformed': { title: 'A rule gives a value its kind does not allow', at: 'writ' },
  'writ.no_grant': { title: 'No rule grants this', at: 'writ' },
  'writ.no_result': { title: 'There is no result to look at', at: 'writ' },
  'writ.uncatalogued': { title: 'The catalogue does not know this tool', at: 'writ' },
};

/** A computed part may be any, so what holds it is read as a whole; what lies below something read whole adds nothing. */
function inputsOf({ rules }: Analysis): string[] {
  const read = rules
    .filter((rule) => !rule.package.startsWith('test.'))
    .flatMap((rule) => rule.reads)
    .filter((path) => /^input(?:\.|$)/.test(path))
    .flatMap((path) => path.match(named) ?? []);
  const all = new Set(read);
  const above = (path: string) => path.split('.').map((_, index, parts) => parts.slice(0, index).join('.'));
  return [...all].filter((path) => !above(path).some((prefix) => all.has(prefix))).sort();
}

/** The parts of a path up to the first that is computed; those in quotes may hold a dot or a star. */
const named = /^[^.]+(?:\.(?:"(?:[^"\\]|\\.)*"|[^."*]+))*/;

/**
 * Where a rule reads the arguments as a whole, as `object.get(input.call.arguments, "amount", 0)` does, each text in it
 * may be a name.
 */
function argumentsOf(packs: readonly Pack[]): Record<string, string[]> {
  const servers = byServer(packs);
  const named = new Map(packs.map(({ name, rules }) => [name, rules.flatMap(namesOf)]));
  return mapValues(servers, (names) => [...new Set(names.flatMap((name) => named.get(name) ?? []))].sort());
}

function namesOf({ reads, strings }: AnalysedRule): string[] {
  const inside = reads.filter((read) => read.startsWith(`${theArguments}.`));
  const whole = reads.includes(theArguments) || reads.includes(`${theArguments}.*`);
  return whole ? [...inside, ...strings.map((text) => `${theArguments}.${JSON.stringify(text)}`)] : inside;
}

const theArguments = 'input.call.arguments';

/** Packs that name no server govern all, those that others name and, under "*", the rest. */
function byServer(packs: readonly Pack[]): Record<string, string[]> {
  const everywhere = packs.filter(({ servers }) => servers === null).map(({ name }) => name);
  const result: Record<string, string[]> = { '*': everywhere };
  for (const server of new Set(packs.flatMap(({ servers }) => servers ?? []))) {
    result[server] = packs.filter(({ servers }) => servers?.includes(server) ?? true).map(({ name }) => name);
  }
  return sorted(result);
}

function indexOf(holds: Record<string, string[]>): ToolIndex {
  const categories = Object.keys(holds).sort();
  const fields: ToolIndex['fields'] = {};
  for (const category of categories) {
    const parts = category.split('.');
    const found = (holds[category] ?? []).map((path): [string, string] => [category, path]);
    for (let length = 1; length <= parts.length; length++) {
      const ancestor = parts.slice(0, length).join('.');
      fields[ancestor] = [...(fields[ancestor] ?? []), ...found];
    }
  }
  return { categories, fields: sorted(fields) };
}

function mapValues<T, U>(record: Record<string, T>, map: (value: T) => U): Record<string, U> {
  return sorted(Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)])));
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
