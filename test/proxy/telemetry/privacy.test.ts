import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import { peerOf } from '../../../proxy/telemetry/peer.ts';
import type { Arrival } from '../../../proxy/telemetry/types.ts';
import { answer, arrival, asking, measured, policy, ruled } from './measured.ts';

const person = 'alva.lind@example.com';

/** Everything a caller or a server can choose, holding a person and a number of its own. */
function hostile(number: number) {
  const word = `${person}-${number}`;
  const meta = {
    traceparent: `00-${String(number).padStart(32, '4')}-00f067aa0ba902b7-01`,
    tracestate: `alva=${word}`,
    baggage: `user=${word}`,
    'writ/purpose': word,
    'io.modelcontextprotocol/clientInfo': { name: word, version: word },
  };
  const headers: Arrival['headers'] = {
    'mcp-session-id': word,
    'mcp-name': word,
    'user-agent': word,
    authorization: `Bearer ${word}`,
    traceparent: word,
    tracestate: `alva=${word}`,
    baggage: `user=${word}`,
  };
  const messages = [
    asking('tools/call', { name: word, arguments: { [word]: word }, _meta: meta }, word),
    asking('tools/call', { name: '__proto__', _meta: meta }, word),
    asking('tools/call', { name: 'constructor' }, word),
    asking('prompts/get', { name: word }, word),
    asking('resources/read', { uri: `file:///home/${word}` }, word),
    asking(word, { [word]: word }, word),
    asking('notifications/progress', { message: word }, null),
  ];
  const answers = [
    answer({ id: word, error: { code: number, message: word, data: { [word]: word } } }),
    answer({ id: word, result: { isError: true, content: [{ type: 'text', text: word }] } }),
  ];
  return { word, headers, messages, answers };
}

/** Sends all of it through, `times` over. */
function run(telemetry: ReturnType<typeof measured>['telemetry'], times: number): void {
  for (let number = 1; number <= times; number++) {
    const { word, headers, messages, answers } = hostile(number);
    for (const message of messages)
      for (const came of answers)
        for (const error of [null, new WritError('WRIT_UPSTREAM_INVALID', word)]) {
          const span = telemetry.begin(arrival({ headers }));
          span.read(message, word, policy);
          span.deciding();
          span.decided('c', ruled('allow', { reasons: [{ rule: 'r', message: word }] }));
          span.sending(peerOf(`http://crm.internal:9000/mcp?key=${encodeURIComponent(word)}`));
          span.streaming();
          span.back(came, { kind: 'shown' });
          span.ended(error);
        }
  }
}

describe('what callers and servers choose', () => {
  test('is in no span', () => {
    const { telemetry, spans } = measured();
    run(telemetry, 3);
    const found = spans();
    assert.equal(found.length, 3 * 7 * 2 * 2 * 2);
    for (const span of found) {
      const { name, attributes, events, links, status } = span;
      assert.doesNotMatch(JSON.stringify([name, attributes, events, links, status]), /alva|example\.com/i);
      const contexts = [span.spanContext(), span.parentSpanContext, ...links.map(({ context }) => context)];
      assert.ok(contexts.every((context) => context?.traceState === undefined));
    }
    const tools = new Set(found.map(({ attributes }) => attributes['gen_ai.tool.name']));
    assert.deepEqual(tools, new Set(['other', undefined]));
    const methods = new Set(found.map(({ attributes }) => attributes['mcp.method.name']));
    assert.deepEqual(
      methods,
      new Set(['tools/call', 'prompts/get', 'resources/read', 'other', 'notifications/progress']),
    );
  });

  test('is in no metric, and makes no time series', async () => {
    const { telemetry } = measured();
    run(telemetry, 2);
    const few = await telemetry.scrape();
    run(telemetry, 60);
    const many = await telemetry.scrape();
    assert.doesNotMatch(many, /alva|example\.com/i);
    const series = (text: string) => text.replace(/ \S+$/gm, '').split('\n').sort();
    assert.deepEqual(series(many), series(few));
  });
});

describe('what an author of bundles chooses', () => {
  test('makes no more time series than a limit allows', async () => {
    const { telemetry } = measured();
    const span = telemetry.begin(arrival());
    for (let number = 0; number < 5_000; number++)
      span.masked([{ rule: 'r', strategy: 'null', category: `user.c${number}`, count: 1 }]);
    const lines = (await telemetry.scrape()).split('\n').filter((line) => line.startsWith('writ_masks_applied_total{'));
    assert.ok(lines.length <= 2_000, `${lines.length}`);
    const total = lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    assert.equal(total, 5_000);
  });

  test('names no more rules in a span than it can hold', () => {
    const { telemetry, spans } = measured();
    const span = telemetry.begin(arrival());
    span.read(asking('tools/list'), null, policy);
    const rules = Array.from({ length: 1_000 }, (_, index) => `r${index}${'x'.repeat(1_000)}`);
    span.decided('c', ruled('allow', { rules }));
    span.ended(null);
    const told = spans()[0]?.attributes['writ.rules'];
    assert.ok(Array.isArray(told));
    assert.equal(told.length, 32);
    assert.ok(told.every((rule) => String(rule).length <= 256));
  });
});
