import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { headerValue, hostileJson, mutated } from '../support/hostile.ts';
import { type HttpAnswer, send } from '../support/http.ts';
import { event, raw, result, toolResult } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';

// Seeds stay as they are: what they found once they must go on not finding.
const runs = (seed: number, numRuns: number) => ({
  seed,
  numRuns,
  endOnFailure: true,
  interruptAfterTimeLimit: 60_000,
});

const canary = 'canary.lindqvist@example.com';
const people = [{ id: 'p-1', name: 'Canary Lindqvist', email: canary }];
const statuses = new Set([200, 202, 400, 401, 403, 404, 405, 413, 417, 429, 431, 500, 503]);
const stack = /(?:\n|\\n) +at .*[:(][^ ]*:\d+|node:internal|node_modules|\.ts:\d/;

describe('whatever is sent', () => {
  let gateway: TestGateway;
  let token: string;
  before(async () => {
    gateway = await openGateway({ limits: { request_bytes: 8_192, answer_bytes: 65_536 } });
    token = String((await gateway.compose({})).headers.authorization).slice('Bearer '.length);
    gateway.stub.conduct = result(toolResult({ people }));
  });
  after(() => gateway.close());

  /** An answer of this gateway's: a status it may have, JSON-RPC in it, a code in each refusal, nothing from inside. */
  function assertAnswer({ status, wire, messages, headers }: HttpAnswer): void {
    assert.ok(statuses.has(status), wire);
    assert.doesNotMatch(wire, stack);
    for (const secret of [token, token.split('.')[1] ?? token, token.split('.')[2] ?? token])
      assert.ok(!wire.includes(secret));
    if (messages.length > 0) assert.match(headers['content-type'] ?? '', /^(application\/json|text\/event-stream)$/);
    if (status >= 300) assert.equal(messages.length, 1, wire);
    for (const { jsonrpc, error } of messages) {
      assert.equal(jsonrpc, '2.0', wire);
      if (error !== undefined && status >= 300) assert.match(`${error.data?.code}`, /^WRIT_|^undefined$/);
    }
  }

  const asked = fc.record({
    server: fc.constantFrom('open', 'masked', 'inbound', 'second', 'guarded', 'broken'),
    era: fc.constantFrom('legacy' as const, 'modern' as const),
  });
  const ask = async (asked: Asked) => {
    const answer = await gateway.ask(asked);
    assertAnswer(answer);
    if (asked.server === 'masked') assert.ok(!answer.wire.includes(canary));
    return answer;
  };
  const valid = (params: string) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`;

  test('as a body is answered in JSON-RPC, by a code of ours or by the server', async () => {
    const meta = '"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}';
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      hostileJson.map((text) => Buffer.from(text)),
      hostileJson.map((text) => Buffer.from(valid(text))),
      hostileJson.map((text) => Buffer.from(valid(`{"name":"echo","arguments":${text}}`))),
      hostileJson.map((text) => Buffer.from(valid(`{"name":"echo","arguments":{"email":${text},"limit":${text}}}`))),
      mutated(valid(`{"name":"echo","arguments":{"id":"p-1","limit":3},${meta}}`)),
    );
    await fc.assert(
      fc.asyncProperty(asked, bodies, async (asked, body) => {
        const params = { name: 'echo' };
        const { status, last } = await ask({ ...asked, params, body });
        if (status >= 400) assert.match(`${last.error?.data?.code}`, /^WRIT_/);
      }),
      runs(20261122, 300),
    );
  });

  test('as headers is answered in JSON-RPC, by a code of ours or by the server', async () => {
    const names = [
      'host',
      'origin',
      'authorization',
      'content-type',
      'content-encoding',
      'accept',
      'mcp-protocol-version',
    ];
    const more = [
      'mcp-method',
      'mcp-name',
      'mcp-session-id',
      'mcp-param-id',
      'traceparent',
      'last-event-id',
      'cookie',
      'expect',
    ];
    const headers = fc.dictionary(
      fc.constantFrom(...names, ...more),
      fc.oneof(headerValue, fc.array(headerValue, { minLength: 2, maxLength: 3 })),
      { minKeys: 1, maxKeys: 3 },
    );
    await fc.assert(
      fc.asyncProperty(asked, headers, async (asked, headers) => {
        const {
          url,
          headers: own,
          body,
        } = await gateway.compose({ ...asked, params: { name: 'echo', arguments: { id: 'p-1' } } });
        const host = headers.host === undefined ? {} : { host: String(headers.host) };
        assertAnswer(await send(url, { headers: { ...own, ...headers, ...host }, body }));
      }),
      runs(20261123, 150),
    );
  });

  test('as bytes on a connection ends in answers or in its end', async () => {
    const { url, headers, body } = await gateway.compose({ era: 'legacy', params: { name: 'echo' } });
    const { hostname, port, host } = new URL(url);
    const lines = Object.entries({ ...headers, host }).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `POST /open/mcp HTTP/1.1\r\n${lines.join('')}`;
    const requests = [
      `${head}content-length: ${body.length}\r\n\r\n${body}`.repeat(2),
      `${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
    ];
    await fc.assert(
      fc.asyncProperty(mutated(...requests), async (bytes) => {
        const socket = connect(Number(port), hostname).on('error', () => undefined);
        const chunks: Buffer[] = [];
        socket.on('data', (chunk: Buffer) => chunks.push(chunk));
        socket.end(bytes);
        await once(socket, 'close');
        const got = Buffer.concat(chunks).toString('latin1');
        assert.doesNotMatch(got, stack);
        for (const [, status] of got.matchAll(/^HTTP\/1\.1 (\d{3}) /gm))
          assert.ok(statuses.has(Number(status)) || status === '408', got);
      }),
      runs(20261124, 100),
    );
  });

  test('by a server as an answer is passed as JSON-RPC or refused', async () => {
    const good = JSON.stringify({ jsonrpc: '2.0', id: 1, result: toolResult({ people }) });
    const streams = event({ jsonrpc: '2.0', method: 'notifications/message', params: {} }, '7') + event(good);
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      mutated(good, streams, `${streams}${streams}`),
      hostileJson.map((text) => Buffer.from(text)),
      hostileJson.map((text) => Buffer.from(`{"jsonrpc":"2.0","id":1,"result":${text}}`)),
      hostileJson.map((text) => Buffer.from(`{"jsonrpc":"2.0","id":1,"error":${text}}`)),
      hostileJson.map((text) => Buffer.from(event(`{"jsonrpc":"2.0","id":1,"result":{"content":${text}}}`))),
    );
    const types = fc.constantFrom(
      'application/json',
      'text/event-stream',
      'text/event-stream; charset=utf-16',
      'text/html',
      '',
    );
    const heads = fc.record(
      { 'content-type': types, 'mcp-session-id': headerValue },
      { requiredKeys: ['content-type'] },
    );
    const status = fc.oneof(
      { weight: 4, arbitrary: fc.constant(200) },
      { weight: 1, arbitrary: fc.constantFrom(201, 202, 204, 206, 301, 400, 401, 404, 418, 429, 500, 503) },
    );
    await fc.assert(
      fc.asyncProperty(asked, status, heads, bodies, async (asked, status, headers, body) => {
        gateway.stub.conduct = raw(status, headers, body);
        const answer = await gateway.ask({ ...asked, params: { name: 'echo' } });
        assertAnswer(answer);
        assert.equal(answer.last.id === 1 || answer.last.error !== undefined, true, answer.wire);
      }),
      runs(20261125, 200),
    );
  });

  test('by a server, in places that masks do not know, does not show what they hide', async () => {
    const said = fc.constantFrom<unknown>(canary, { canary }, [canary], `\u200b${canary}`, people, 7, null, true);
    const text = fc.constantFrom(
      canary,
      `Mail to ${canary}.`,
      JSON.stringify({ people }),
      `{"people":[{"email":"${canary}"}`,
      '',
    );
    const item = fc.oneof(
      fc.record(
        { type: fc.constant('text'), text, _meta: said, annotations: said },
        { requiredKeys: ['type', 'text'] },
      ),
      fc.record({
        type: fc.constantFrom('image', 'audio', 'resource', 'resource_link', canary),
        data: said,
        resource: said,
        uri: said,
      }),
      said,
    );
    const value = fc.record(
      {
        content: fc.oneof({ weight: 6, arbitrary: fc.array(item, { maxLength: 4 }) }, { weight: 1, arbitrary: said }),
        structuredContent: fc.constantFrom<unknown>({ people }, { people, more: canary }, { people: [], total: 0 }),
        isError: fc.constantFrom<unknown>(true, false, canary),
        resultType: fc.constantFrom<unknown>('complete', 'complete', canary),
        _meta: said,
        [canary]: said,
      },
      { requiredKeys: [] },
    );
    const error = fc.record({
      code: fc.constantFrom<unknown>(-1, 1.5, canary),
      message: fc.constant(canary),
      data: said,
    });
    const answer = fc.oneof(
      value.map((result) => ({ jsonrpc: '2.0', id: 1, result })),
      error.map((error) => ({ jsonrpc: '2.0', id: 1, error })),
      fc.tuple(value, said).map(([result, more]) => ({ jsonrpc: '2.0', id: 1, result, more, [canary]: more })),
    );
    const note = fc.record({
      jsonrpc: fc.constant('2.0'),
      method: fc.constantFrom('notifications/message', canary),
      params: fc.record({ said }),
    });
    await fc.assert(
      fc.asyncProperty(answer, fc.array(note, { maxLength: 2 }), fc.boolean(), async (answer, notes, streamed) => {
        const events = [...notes, answer].map((message) => event(message)).join('');
        gateway.stub.conduct = streamed
          ? raw(200, { 'content-type': 'text/event-stream' }, events)
          : raw(200, { 'content-type': 'application/json', 'x-more': canary }, JSON.stringify(answer));
        const got = await gateway.call('masked');
        assertAnswer(got);
        assert.ok(!got.wire.toLowerCase().includes('canary'), got.wire);
      }),
      runs(20261126, 200),
    );
  });

  test('leaves a gateway that answers, and a log that verifies and says nothing of it', async () => {
    gateway.stub.conduct = result(toolResult({ people }));
    assert.deepEqual((await gateway.call('open')).last.result, toolResult({ people }));
    const entries = await gateway.entries();
    assert.ok(entries.length > 500);
    assert.doesNotMatch(gateway.messages(), /canary|WRIT_INTERNAL/i);
    assert.ok(!gateway.messages().includes(token));
  });
});
