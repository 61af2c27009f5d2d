import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

test('numbers.range_step is exact beyond 2^53', () => {
  answers(
    'numbers.range_step',
    '9007199254740993, 9007199254740997, 2',
    '[9007199254740993, 9007199254740995, 9007199254740997]',
  );
  answers('numbers.range_step', '1e20, 100000000000000000003, 3.0', '[100000000000000000000, 100000000000000000003]');
  answers('numbers.range_step', '3, -4, 3', '[3, 0, -3]');
  isUndefined('numbers.range_step', '1, 2, 0');
  isUndefined('numbers.range_step', '1, 2.5, 1');
});

test('graph.reachable_paths ends at leaves, at circles and where the graph does', () => {
  const paths = (graph: string, from: string, wanted: string) =>
    answers('graph.reachable_paths', `${graph}, ${from}`, wanted);
  paths('{"a": ["b", "c"], "b": [], "c": {"d"}, "d": ["a"]}', '["a"]', '{["a", "b"], ["a", "c", "d"]}');
  paths('{"a": ["b"]}', '{"a", "x"}', '{["a"]}');
  paths('{"a": null}', '["a"]', '{["a"]}');
  paths('{"a": ["a"]}', '["a"]', '{["a", "a"]}');
});

test('graph.reachable_paths follows a path as long as the graph', () => {
  const nodes = Array.from({ length: 15_000 }, (_, at) => at);
  const graph = `{${nodes.map((at) => `${at}: [${at + 1}]`).join()}}`;
  answers('graph.reachable_paths', `${graph}, [0]`, `{[${nodes.join()}]}`);
});
