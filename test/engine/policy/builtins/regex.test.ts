import assert from 'node:assert/strict';
import { test } from 'node:test';
import { builtins } from '../../../../engine/policy/builtins/index.ts';
import { answers, isUndefined } from './ask.ts';

test('patterns have the meaning of RE2', () => {
  answers('regex.replace', '"foo (?=bar)", "\\\\(\\\\?=", "<"', '"foo <bar)"');
  isUndefined('regex.replace', '"foo", "(?=o)", ""'); // JavaScript would look ahead
  isUndefined('regex.replace', '"foo", "(o)\\\\1", ""'); // and back
  answers('regex.find_n', '"(a|ab)(c|bcd)", "abcd", -1', '["abcd"]');
  answers('regex.split', '"", "a😀"', '["a", "😀"]');
  answers('regex.find_n', '"(?i)straße|k", "STRASSE Straße \u212a", -1', '["Straße", "\u212a"]');
});

test('an empty match right behind another is none', () => {
  answers('regex.find_n', '"a*", "baaac", -1', '["", "aaa", ""]');
  answers('regex.replace', '"baaac", "a*", "x"', '"xbxcx"');
});

test('replacements name groups', () => {
  answers('regex.replace', `"ab", "(?P<x>a)(b)", "$2$\{x}$x1$$$y-$"`, '"ba$-$"');
});

test('a template is a text with patterns in it', () => {
  answers('regex.template_match', '"urn:<[a-z]+>:*", "urn:abc:*", "<", ">"', 'true');
  answers('regex.template_match', '"urn:<[a-z]+>:*", "urn:a1:*", "<", ">"', 'false');
  isUndefined('regex.template_match', '"urn:<[a-z]+", "urn:a", "<", ">"');
  isUndefined('regex.template_match', '"urn:<(>", "urn:a", "<", ">"');
  isUndefined('regex.template_match', '"a", "a", "<<", ">"');
});

test('the same call costs the same, whatever was asked before', () => {
  const cost = () => {
    let used = 0;
    builtins.get('regex.replace')?.(['hello world '.repeat(50), '(?i)O(.)|l+', '<$1>'], (units) => {
      used += units;
    });
    return used;
  };
  const first = cost();
  assert.ok(first > 600);
  assert.deepEqual([cost(), cost()], [first, first]);
});
