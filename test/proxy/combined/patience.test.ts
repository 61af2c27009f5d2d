import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Waited, waitFor } from '../../../proxy/combined/patience.ts';

function hanging(): Waited<string> & { given: number } {
  const { promise, resolve } = Promise.withResolvers<string>();
  const one = {
    done: promise,
    given: 0,
    giveUp() {
      one.given++;
      resolve('given up');
    },
  };
  return one;
}
const done = (value: string): Waited<string> => ({
  done: Promise.resolve(value),
  giveUp: () => assert.fail('it is done'),
});
const good = (value: string) => value === 'good';

test('those that hang are given up once one has come to something', async () => {
  const slow = hanging();
  assert.deepEqual(await waitFor([done('good'), slow, done('bad')], good, 1), ['good', 'given up', 'bad']);
  assert.equal(slow.given, 1);
});

test('while nobody has come to anything nobody is given up', async () => {
  const slow = hanging();
  const all = waitFor([slow, done('bad')], good, 0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(slow.given, 0);
  slow.giveUp();
  assert.deepEqual(await all, ['given up', 'bad']);
});

test('who comes to something late is what the others are given up for', async () => {
  const [slow, late] = [hanging(), Promise.withResolvers<string>()];
  const all = waitFor([slow, { done: late.promise, giveUp: () => assert.fail('it answers') }], good, 0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  late.resolve('good');
  assert.deepEqual(await all, ['given up', 'good']);
});
