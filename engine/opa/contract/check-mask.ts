import { RE2JS } from 're2js';
import { isDetected } from '../../detect/categories.ts';
import { WritError } from '../../errors.ts';
import { isObject, type Json, type JsonObject } from '../../json/types.ts';
import { patternOf } from '../../masking/find/patterns.ts';
import { checkOptions } from '../../masking/strategies/index.ts';
import type { Strategy } from '../../policy/types.ts';
import type { Written } from '../types.ts';
import { looksLikeCategory } from './check-names.ts';
import { dataCategories } from './fideslang.ts';
import { constantOf, constants, member, type Say } from './written.ts';
import { wrongPath } from './wrong-path.ts';

/** What a mask says of places, categories, patterns, its strategy and the options of it, as far as it is written out. */
export function checkMask(value: Written, say: Say): void {
  for (const path of [...constants(value, 'path'), ...constants(value, 'paths')]) {
    const wrong = typeof path === 'string' ? wrongPath(path) : 'A path is a text.';
    if (wrong !== null) say('rule_path', `masks nothing. ${wrong}`);
  }
  for (const key of ['categories', 'except', 'category', 'detect']) {
    for (const category of constants(value, key)) checkCategory(category, key, say);
  }
  const pattern = member(value, 'pattern')?.constant;
  if (pattern !== undefined) checkPattern(pattern, say);
  const unfit = excluded.filter((keys) => keys.every((key) => member(value, key) !== undefined));
  for (const keys of unfit) say('rule_value', `has \`${keys[0]}\` and \`${keys[1]}\`, which do not go together.`);
  if (member(value, 'category') !== undefined && member(value, 'pattern') === undefined)
    say('rule_value', 'has a `category`, which is that of what a `pattern` finds.');
  checkStrategy(value, say);
}

const excluded = [['pattern', 'except']] as const;

function checkCategory(category: Json, key: string, say: Say): void {
  if (typeof category !== 'string' || !dataCategories.has(category)) {
    // Those that begin like one are found in all the texts of a rule.
    if (typeof category !== 'string' || !looksLikeCategory(category))
      say('unknown_category', `names \`${category}\` in \`${key}\`, which is no data category of fideslang.`);
  } else if (key === 'detect' && !isDetected(category)) {
    say('undetected_category', `looks for \`${category}\`, and no detector finds any: mask the paths that hold it.`);
  }
}

function checkPattern(pattern: Json, say: Say): void {
  if (typeof pattern !== 'string') say('mask_pattern', 'has a pattern that is no text.');
  else {
    try {
      patternOf(pattern);
      if (RE2JS.compile(pattern).matcher('').find())
        say('mask_pattern', 'has a pattern that finds the empty text, and so nothing to hide.');
    } catch (error) {
      if (!(error instanceof WritError)) throw error;
      say(
        'mask_pattern',
        'has a pattern that is no regular expression of RE2 (no looking around, no references), or too large.',
      );
    }
  }
}

function checkStrategy(value: Written, say: Say): void {
  const strategy = member(value, 'strategy')?.constant;
  if (strategy === undefined) return;
  const given = member(value, 'options');
  const options = given === undefined ? {} : constantOf(given);
  // The least that every strategy takes stands for options which only evaluation tells.
  const known: JsonObject = isObject(options) ? options : strategy === 'tokenise' ? { purpose: 'any' } : {};
  if (options !== undefined && !isObject(options)) say('rule_value', 'has `options` that are no object.');
  try {
    if (!isStrategy(strategy)) throw new WritError('WRIT_MASK_FAILED', 'Unknown strategy.');
    checkOptions({ rule: 'it', on: 'result', category: null, strategy, options: known });
  } catch (error) {
    if (!(error instanceof WritError)) throw error;
    say('mask_strategy', `cannot be applied. ${error.detail ?? error.message}`);
  }
}

function isStrategy(value: Json): value is Strategy {
  return strategies.some((each) => each === value);
}

const strategies: readonly Strategy[] = [
  'redact',
  'partial',
  'null',
  'drop',
  'hash',
  'pseudonym',
  'tokenise',
  'generalise',
  'shift',
];
