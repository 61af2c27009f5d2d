import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Backoff } from '../../../../proxy/upstream/duplex/backoff.ts';

function clocked() {
  let now = 0;
  const backoff = new Backoff(100, () => now);
  return {
    backoff,
    pass: (ms: number) => {
      now += ms;
    },
    /** Ends at once, and says how long it is until the next start. */
    ends(caller: string): number {
      backoff.ended(caller, now);
      for (let waited = 0; waited <= 10_000; waited += 100) {
        if (backoff.mayStart(caller)) return waited;
        now += 100;
      }
      assert.fail('it is never started again');
    },
  };
}

describe('a server that ends early', () => {
  test('is started again at once, then later each time, but not for ever', () => {
    const { ends } = clocked();
    assert.deepEqual(
      Array.from({ length: 10 }, () => ends('alice')),
      [0, 100, 200, 400, 800, 1_600, 3_200, 3_200, 3_200, 3_200],
    );
    assert.equal(ends('bob'), 0);
  });

  test('and then lasts begins anew', () => {
    const { backoff, ends, pass } = clocked();
    for (let count = 0; count < 5; count++) ends('alice');
    pass(1_000_000);
    backoff.ended('alice', 100_000);
    assert.ok(backoff.mayStart('alice'));
    assert.equal(ends('alice'), 100);
  });

  test('is remembered of so many callers', () => {
    const { backoff } = clocked();
    for (let count = 0; count < 3; count++) backoff.ended('first', 0);
    assert.equal(backoff.mayStart('first'), false);
    for (let count = 0; count < 1_000; count++) backoff.ended(`caller ${count}`, 0);
    assert.ok(backoff.mayStart('first'));
  });
});
