import type { Json } from '../../json/types.ts';
import type { Written } from '../types.ts';
import { checkMask } from './check-mask.ts';
import { dataCategories } from './fideslang.ts';
import { type Finding, finding } from './finding.ts';
import { contractRules, type Kind, type Pack } from './packs.ts';
import { constants, hasComputedKeys, keysOf, member, type Say } from './written.ts';
import { wrongPath } from './wrong-path.ts';

/**
 * What a rule says in a value that is written out: lib refuses the call for most of it, and the gateway for the rest. What
 * only evaluation tells is left to them.
 */
export function checkValues(pack: Pack): Finding[] {
  return contractRules(pack).flatMap(({ id, kind, rule }) => {
    const form = forms[kind];
    if (form === undefined) return [];
    const found: Finding[] = [];
    const say: Say = (code, message) => found.push(finding(rule, code, `\`${id}\` ${message}`));
    for (const value of rule.values) checkForm(value, form, say);
    return found;
  });
}

interface Form {
  /** Keys of which exactly one is there; null where none need be. */
  places: readonly string[] | null;
  required: readonly string[];
  optional: readonly string[];
  check(value: Written, say: Say): void;
}

const forms: Partial<Record<Kind, Form>> = {
  mask_fields: {
    places: ['categories', 'path', 'paths', 'detect', 'pattern'],
    required: ['strategy'],
    optional: ['except', 'category', 'on', 'options'],
    check: checkMask,
  },
  detokenise: {
    places: ['path', 'paths'],
    required: ['purpose'],
    optional: ['categories'],
    check: checkDetokenise,
  },
  withhold: { places: null, required: ['mime_types', 'action'], optional: [], check: checkWithhold },
};

function checkForm(value: Written, form: Form, say: Say): void {
  const { places, required, optional } = form;
  if (value.object === undefined) {
    const isKnown = value.constant !== undefined || value.array !== undefined;
    if (isKnown && value.constant !== false) say('rule_value', 'gives a value that is no object.');
    return;
  }
  const known = [...(places ?? []), ...required, ...optional];
  const keys = keysOf(value);
  for (const key of keys.filter((each) => !known.includes(each)))
    say('rule_value', `has a key \`${key}\`; known are ${known.join(', ')}.`);
  if (!hasComputedKeys(value)) {
    for (const key of required.filter((each) => !keys.includes(each))) say('rule_value', `has no \`${key}\`.`);
    if (places !== null && keys.filter((key) => places.includes(key)).length !== 1)
      say('rule_value', `must have one of ${places.join(', ')}.`);
  }
  form.check(value, say);
}

function checkDetokenise(value: Written, say: Say): void {
  const purpose = member(value, 'purpose')?.constant;
  if (purpose !== undefined && !isText(purpose)) say('rule_value', 'needs a purpose, which is a text.');
  for (const path of [...constants(value, 'path'), ...constants(value, 'paths')]) {
    const wrong = typeof path === 'string' ? wrongPath(path) : 'A path is a text.';
    if (wrong !== null) say('rule_path', `cannot be followed. ${wrong}`);
  }
  for (const category of constants(value, 'categories')) {
    if (typeof category !== 'string' || !dataCategories.has(category))
      say('unknown_category', `names \`${category}\`, which is no data category of fideslang.`);
  }
}

function checkWithhold(value: Written, say: Say): void {
  const action = member(value, 'action')?.constant;
  if (action !== undefined && !actions.some((each) => each === action))
    say('rule_value', `has an action that is none of ${actions.join(', ')}.`);
  for (const type of constants(value, 'mime_types')) {
    if (typeof type !== 'string' || !range.test(type))
      say('rule_value', `has a type \`${type}\`: types are \`image/png\`, \`image/*\` or \`*\`, without parameters.`);
  }
}

const isText = (value: Json): boolean => typeof value === 'string' && value !== '';
const actions = ['allow', 'withhold', 'deny'];
/** As in policies/lib/withhold.rego. */
const range = /^(?:\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/(?:\*|[a-z0-9][a-z0-9!#$&^_.+-]{0,126}))$/i;
