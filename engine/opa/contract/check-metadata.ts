import type { Json } from '../../json/types.ts';
import type { Analysis, Annotations } from '../types.ts';
import { dataUses, legalBases, specialCategoryBases } from './fideslang.ts';
import { type Finding, finding } from './finding.ts';
import { contractRules, type Pack } from './packs.ts';

/** What is said of rules for people and reports. OPA passes over a key it does not know, so a mistyped one is lost. */
export function checkMetadata({ unknownMetadata, packages }: Analysis, packs: readonly Pack[]): Finding[] {
  const ofOpa = unknownMetadata.map(({ key, ...at }) =>
    finding(at, 'unknown_metadata', `\`${key}\` is no key of METADATA; what is Writ's own goes under \`custom\`.`),
  );
  const ofPacks = packages
    .filter(({ path }) => packs.some(({ name }) => path === `policies.${name}`))
    .flatMap((declared) => checkCustom(declared, declared.annotations, packKeys));
  const ofRules = packs.flatMap((pack) =>
    contractRules(pack).flatMap(({ rule }) => checkCustom(rule, rule.annotations, ruleKeys)),
  );
  const entrypoints = packs.flatMap(({ rules }) =>
    rules
      .filter(({ annotations }) => annotations?.entrypoint === true)
      .map((rule) => finding(rule, 'entrypoint', 'A bundle has the entrypoints of lib and no others: leave this out.')),
  );
  return [...ofOpa, ...ofPacks, ...ofRules, ...entrypoints];
}

/** Null where the value is right, else what was expected. */
type Check = (value: Json) => string | null;

const text: Check = (value) =>
  typeof value === 'string' && value !== '' ? null : 'text, in quotes if it looks like a number';
const oneOf =
  (names: ReadonlySet<string>): Check =>
  (value) =>
    typeof value === 'string' && names.has(value) ? null : `one of: ${[...names].join('; ')}`;
const use: Check = (value) => (typeof value === 'string' && dataUses.has(value) ? null : 'a data use of fideslang');
const servers: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
    ? null
    : 'a list of servers; leave it out for a pack that governs all';

const packKeys: ReadonlyMap<string, Check> = new Map([
  ['servers', servers],
  ['owner', text],
  ['regulation', text],
]);
const ruleKeys: ReadonlyMap<string, Check> = new Map([
  ['article', text],
  ['legal_basis', oneOf(legalBases)],
  ['special_category_basis', oneOf(specialCategoryBases)],
  ['purpose', use],
  ['owner', text],
  ['reference', text],
]);

function checkCustom(
  at: { file: string; row: number },
  annotations: Annotations | null,
  keys: ReadonlyMap<string, Check>,
): Finding[] {
  return Object.entries(annotations?.custom ?? {}).flatMap(([key, value]) => {
    const check = keys.get(key);
    if (check === undefined) {
      return [
        finding(
          at,
          'unknown_metadata',
          `\`custom.${key}\` is not known here; known are ${[...keys.keys()].join(', ')}.`,
        ),
      ];
    }
    const expected = check(value);
    return expected === null ? [] : [finding(at, 'metadata_value', `\`custom.${key}\` must be ${expected}.`)];
  });
}
