import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

test('json.patch changes documents of any kind', () => {
  const patched = (document: string, operations: string, wanted: string) =>
    answers('json.patch', `${document}, [${operations}]`, wanted);
  patched('{"a": 1}', '{"op": "add", "path": "/b", "value": {2}}', '{"a": 1, "b": {2}}');
  patched('[1, 2]', '{"op": "add", "path": "/-", "value": 3}, {"op": "remove", "path": "0"}', '[2, 3]');
  patched('[1]', '{"op": "replace", "path": "/0", "value": null}', '[null]');
  patched('{"a/b": {"~": 1}}', '{"op": "replace", "path": "/a~1b/~0", "value": 2}', '{"a/b": {"~": 2}}');
  patched('{"a": 1}', '{"op": "move", "from": "/a", "path": ["b"]}', '{"b": 1}');
  patched('{{"a": 1}}', '{"op": "add", "path": [{"a": 1}, "b"], "value": 2}', '{{"a": 1, "b": 2}}');
  patched(
    '{1: 9007199254740993}',
    '{"op": "copy", "from": [1.0], "path": "/a"}',
    '{1: 9007199254740993, "a": 9007199254740993}',
  );
});

test('json.patch fails as a whole', () => {
  const fails = (document: string, operations: string) => isUndefined('json.patch', `${document}, [${operations}]`);
  fails('{"a": 1}', '{"op": "add", "path": "/b", "value": 1}, {"op": "test", "path": "/b", "value": 2}');
  fails('{"a": 1}', '{"op": "remove", "path": "/b"}');
  fails('{"a": 1}', '{"op": "remove", "path": ""}');
  fails('[1]', '{"op": "add", "path": "/2", "value": 1}');
  fails('[1, 2]', '{"op": "replace", "path": "/01", "value": 1}');
  fails('{1}', '{"op": "add", "path": [2], "value": 3}');
  fails('{}', '{"op": "add", "path": "/a"}');
  fails('{}', '{"op": "put", "path": "/a", "value": 1}');
  fails('{}', '1');
});

test('json.patch finds an item that is entered where OPA finds it', () => {
  // By its index in the array as it was, also after an insertion or removal before it.
  const operations = '[{"op": "remove", "path": "/0"}, {"op": "add", "path": "/0/c", "value": 3}]';
  answers('json.patch', `[{"a": 1}, {"b": 2}], ${operations}`, '[{"a": 1, "c": 3}]');
});

test('json.marshal_with_options writes what Go writes', () => {
  answers(
    'json.marshal_with_options',
    '{"b": "<&>", "a": {2, 1}}, {}',
    '"{\\"a\\":[1,2],\\"b\\":\\"\\\\u003c\\\\u0026\\\\u003e\\"}"',
  );
  answers(
    'json.marshal_with_options',
    '[1.0, 9007199254740993], {"indent": " "}',
    '"[\\n 1.0,\\n 9007199254740993\\n]"',
  );
  answers(
    'json.marshal_with_options',
    '{"a": [], 1: {}}, {"prefix": ">", "pretty": true}',
    '">{\\n>\\t\\"1\\": {},\\n>\\t\\"a\\": []\\n>}"',
  );
  answers('json.marshal_with_options', '[1], {"indent": " ", "pretty": false}', '"[1]"');
  isUndefined('json.marshal_with_options', '[1], {"color": true}');
  isUndefined('json.marshal_with_options', '[1], {"pretty": "yes"}');
});

test('object.subset looks into what it compares', () => {
  const subset = (whole: string, part: string, wanted: boolean) =>
    answers('object.subset', `${whole}, ${part}`, `${wanted}`);
  subset('{"a": {"b": 1, "c": 2}}', '{"a": {"c": 2.0}}', true);
  subset('{"a": {"b": 1}}', '{"a": {"b": 2}}', false);
  subset('{"a": [1, 2, 1, 2, 3]}', '{"a": [1, 2, 3]}', true);
  subset('[1, 2, 3]', '[1, 3]', false);
  subset('[1, 2, 3]', '{3, 1}', true);
  subset('{1, 2}', '{3}', false);
  // Counted twice, as in OPA.
  subset('[1, 1]', '{1, 2}', true);
  isUndefined('object.subset', '{1}, [1]');
});
