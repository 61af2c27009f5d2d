import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openGateway();
});
after(() => gateway.close());
beforeEach(() => {
  gateway.stub.seen.length = 0;
});

const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;

/** RFC 9110, 7.6.1. A tracestate says nothing without its traceparent. */
for (const [name, value] of Object.entries({
  traceparent,
  tracestate: 'a=b',
  'mcp-param-n': 'x',
}))
  test(`${name} goes no further where Connection names it`, async () => {
    const params = { name: 'echo', arguments: { n: 'x' } };
    const sent = { traceparent, [name]: value };
    await gateway.ask({ params, headers: sent });
    await gateway.ask({ params, headers: { connection: `keep-alive, ${name}`, ...sent } });
    assert.deepEqual(
      gateway.stub.seen.map(({ headers }) => headers[name]),
      [value, undefined],
    );
  });
