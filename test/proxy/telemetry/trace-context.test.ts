import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readBaggage, traceContextIn } from '../../../proxy/telemetry/trace-context.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${spanId}-01`;

describe('a traceparent', () => {
  test('names a trace, a span, and whether it is kept', () => {
    assert.deepEqual(traceContextIn({ traceparent }), { traceId, spanId, sampled: true, tracestate: undefined });
    assert.equal(traceContextIn({ traceparent: `00-${traceId}-${spanId}-00` })?.sampled, false);
    assert.equal(traceContextIn({ traceparent: `00-${traceId}-${spanId}-03` })?.sampled, true);
  });

  test('of a later version is read as far as it is known', () => {
    assert.equal(traceContextIn({ traceparent: `01-${traceId}-${spanId}-01-what-comes` })?.traceId, traceId);
    assert.equal(traceContextIn({ traceparent: `cc-${traceId}-${spanId}-01` })?.traceId, traceId);
  });

  test('that is anything else is none', () => {
    for (const wrong of [
      undefined,
      null,
      7,
      '',
      [traceparent],
      { toString: traceparent },
      traceparent.toUpperCase(),
      ` ${traceparent}`,
      `${traceparent}\n`,
      `${traceparent}, ${traceparent}`,
      `${traceparent}-more`,
      `ff-${traceId}-${spanId}-01`,
      `00-${'0'.repeat(32)}-${spanId}-01`,
      `00-${traceId}-${'0'.repeat(16)}-01`,
      `00-${traceId}0-${spanId}-01`,
      `00-${traceId}-${spanId}`,
      `01-${traceId}-${spanId}-01-${'x'.repeat(200)}`,
      `00-${traceId.replace('4', 'g')}-${spanId}-01`,
    ])
      assert.equal(traceContextIn({ traceparent: wrong } as never), undefined, JSON.stringify(wrong));
    assert.equal(traceContextIn(null), undefined);
  });
});

describe('a tracestate', () => {
  const stateOf = (tracestate: unknown) => traceContextIn({ traceparent, tracestate } as never)?.tracestate;

  test('is kept as it came', () => {
    for (const state of [
      'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
      'a=1, b=2 ,',
      'tenant@vendor=x',
      `a=${'v'.repeat(256)}`,
    ])
      assert.equal(stateOf(state), state);
  });

  test('that is not well formed, or long, is dropped, and the parent is not', () => {
    for (const state of [
      '',
      ',',
      'a',
      'a=1,a=2',
      'A=1',
      'a=b=c',
      'a=\u00e9',
      'a=1\r\nx: y',
      `a=${'v'.repeat(257)}`,
      `a=${'v'.repeat(250)},b=${'v'.repeat(250)},c=${'v'.repeat(20)}`,
      Array.from({ length: 33 }, (_, index) => `k${index}=1`).join(','),
      ['a=1'],
      7,
    ]) {
      const found = traceContextIn({ traceparent, tracestate: state } as never);
      assert.deepEqual([found?.traceId, found?.tracestate], [traceId, undefined], JSON.stringify(state));
    }
  });
});

describe('baggage', () => {
  test('is kept as it came where it is well formed', () => {
    for (const baggage of ['key=value', 'a=1;p;q=2, b = %20x ', 'serverNode=DF%2028,isProduction=false'])
      assert.equal(readBaggage(baggage), baggage);
  });

  test('that is not is none', () => {
    for (const baggage of [
      '',
      'a',
      '=1',
      'a=1,',
      'a="x"',
      'a=1\r\nx: y',
      'a=\u00e9',
      7,
      ['a=1'],
      `a=${'x'.repeat(8192)}`,
    ])
      assert.equal(readBaggage(baggage), undefined, JSON.stringify(baggage));
    assert.equal(readBaggage(Array.from({ length: 65 }, (_, index) => `k${index}=1`).join(',')), undefined);
  });

  test('made to be slow to refuse is refused in one pass', () => {
    // With a pattern that backtracks this would not end within the life of the test.
    assert.equal(readBaggage(`a=1${';a'.repeat(4000)}"`), undefined);
    assert.equal(readBaggage(`a=1${' ;\t'.repeat(2700)}"`), undefined);
  });
});
