import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

test('strings are counted and cut by character', () => {
  answers('strings.count', '"aaaa", "aa"', '2');
  answers('strings.count', '"a😀", ""', '3');
  answers('indexof_n', '"aaa", "aa"', '[0, 1]');
  answers('indexof_n', '"😀a😀a", "a"', '[1, 3]');
  isUndefined('indexof_n', '"a", ""');
  answers('strings.split_n', '"a,b,c", ",", 2', '["a", "b"]');
  answers('strings.split_n', '"a,b,c", ",", -1', '["c"]');
  answers('strings.split_n', '"a😀", "", 9', '["a", "😀"]');
  isUndefined('strings.split_n', '"a", ",", 1.5');
});

test('any of some strings, with any of some prefixes or suffixes', () => {
  answers('strings.any_prefix_match', '["ab", "abc", "abd"], {"x", "abd"}', 'true');
  answers('strings.any_prefix_match', '["abc", "a", "b"], ["ac", "c"]', 'false');
  answers('strings.any_prefix_match', '"abc", []', 'false');
  answers('strings.any_suffix_match', '"x😀", ["b", "😀"]', 'true');
  isUndefined('strings.any_suffix_match', '["a", 1], "a"');
});

test('semver compares by the rules of semver.org', () => {
  const order = ['1.0.0-1', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0', 'v1.0.1', '1.10.0'];
  order.slice(1).forEach((version, at) => {
    answers('semver.compare', `"${order[at]}", "${version}"`, '-1');
    answers('semver.compare', `"${version}", "${order[at]}"`, '1');
  });
  answers('semver.compare', '"1.0.0+a", "1.0.0+b"', '0');
  // Both are over 64 bits, which OPA reads as the same number.
  answers('semver.compare', '"1.0.0-99999999999999999999", "1.0.0-99999999999999999998"', '0');
  isUndefined('semver.compare', '"1.0", "1.0.0"');
  for (const version of ['1.0.0-01', '01.0.0', '1.0.0-', '1.0.0+', '9223372036854775808.0.0', 'vv1.0.0'])
    answers('semver.is_valid', `"${version}"`, 'false');
  answers('semver.is_valid', '1', 'false');
});

test('quantities are exact where OPA is', () => {
  answers('units.parse', '"9007199254740993"', '9007199254740993');
  answers('units.parse', '"1.5Ki"', '1536');
  answers('units.parse', '"100m"', '0.1000000000');
  answers('units.parse', '"-2M"', '-2000000');
  answers('units.parse_bytes', '"8EiB"', '9223372036854775808');
  answers('units.parse_bytes', '"0.5k"', '500');
  // Rounded to a float of 64 bits.
  answers('units.parse_bytes', '"36893488147419103233"', '36893488147419103232');
  for (const quantity of ['', 'k', '1 k', '1x', '1-1', '1e1234567', '.']) isUndefined('units.parse', `"${quantity}"`);
});

test('a UUID is taken apart', () => {
  const node = '"nodeid": "00-00-00-00-ff-ff", "macvariables": "global:unicast", "clocksequence": 0';
  // Nanoseconds since 1970 that are too many for 64 bits, as they are in OPA.
  const first = `{"version": 1, "variant": "RFC4122", "time": 6227451273709551616, ${node}}`;
  answers('uuid.parse', '"{00000000-0000-1000-8000-00000000ffff}"', first);
  answers('uuid.parse', '"URN:UUID:00000000-0000-4000-c000-000000000000"', '{"version": 4, "variant": "Microsoft"}');
  isUndefined('uuid.parse', '"00000000-0000-4000-8000-00000000000"');
});

test('glob.quote_meta leaves nothing that matches', () => {
  answers('glob.quote_meta', '"a*?[]{}\\\\."', '"a\\\\*\\\\?\\\\[\\\\]\\\\{\\\\}\\\\\\\\."');
});
