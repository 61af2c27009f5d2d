import assert from 'node:assert/strict';
import { test } from 'node:test';
import { put, temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

test('OPA gets its arguments, standard input and exit code as they are', async (t) => {
  const folder = temporary(t);
  const args = ['opa', 'eval', '--stdin-input', '--format', 'raw', 'input.a + 1'];
  const { code, stdout } = await runWrit(args, folder, { input: '{"a": 41}' });
  assert.deepEqual([code, stdout], [0, '42\n']);
  put(folder, 'x_test.rego', 'package x\n\ntest_no if 1 == 2\n');
  assert.equal((await runWrit(['opa', 'test', '.'], folder)).code, 2);
  assert.equal((await runWrit(['opa', 'eval', '--fail', 'input.nothing'], folder)).code, 1);
  // Options that Writ has too are OPA's here.
  assert.match((await runWrit(['opa', 'eval', '--help'], folder)).stdout, /opa eval <query>/);
});

test('a server is refused by the OPA without sockets, and told how to be had', async (t) => {
  const folder = temporary(t);
  for (const args of [
    ['run', '--server'],
    ['run', '-s'],
    ['run', '-ws', 'x.rego'],
    ['run', 'x.rego', '--server=true'],
  ]) {
    const { code, stderr } = await runWrit(['opa', ...args], folder);
    assert.equal(code, 69, args.join(' '));
    assert.match(stderr, /WRIT_OPA_NO_SOCKETS[\s\S]*WRIT_OPA/);
  }
});
