import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakeOf, withoutDashes } from '../../cli/arguments.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { put, temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

test('what stands behind -- is read as arguments, in its order and before options that take several', () => {
  const read = (line: string) => withoutDashes(line.split(' ')).join(' ');
  assert.equal(read('check --format json -- a -b'), 'check a ./-b --format json');
  assert.equal(read('test p --fixtures f -- q'), 'test p q --fixtures f');
  assert.equal(read('check -- a'), 'check a');
  assert.equal(read('mask --check a -- -b --c'), 'mask --check a ./-b ./--c');
  assert.equal(read('mask a - --check'), 'mask a ./- --check');
  assert.equal(read('detect --jsonl -'), 'detect --jsonl -');
  assert.equal(read('record --out o -- server --x -- --y'), 'record --out o -- server --x -- --y');
});

test('a command looks at what is named behind --, and not at its default', async (t) => {
  const folder = temporary(t);
  put(folder, 'policies/readme.txt', '');
  const { code, stderr } = await runWrit(['check', '--', 'elsewhere'], folder);
  assert.equal(code, 65);
  assert.match(stderr, /elsewhere is not there/);
});

test('a path given twice is a mistake of the person, and no fault of ours', async (t) => {
  const { code, stderr } = await runWrit(['tokens', 'list', '--config', 'a', '-c', 'b'], temporary(t));
  assert.equal(code, 64);
  assert.match(stderr, /is given more than once/);
  assert.equal(mistakeOf(new TypeError('another')), undefined);
  assert.equal(mistakeOf(new UsageError('ours')), undefined);
});
