import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { HttpUpstream } from '../../../proxy/upstream/http-upstream.ts';
import type { StreamItem } from '../../../proxy/upstream/types.ts';
import {
  json,
  limits,
  rawUpstream,
  refused,
  sse,
  stream,
  stubUpstream,
  taken,
  text,
} from '../../support/stub-upstream.ts';

const failure = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => assert.fail('it was answered'),
    (reason: unknown) => reason,
  );

describe('a request', () => {
  test('is sent as it is, with what MCP demands and the headers that travel', async () => {
    const { upstream } = await stubUpstream(({ request, response, body }) => {
      const { headers, method, url } = request;
      json(response, JSON.stringify({ headers, method, url, body }));
    });
    const sent = upstream.post(Buffer.from('{ "é": 1.0 }'), { 'mcp-session-id': 's' });
    const seen = JSON.parse(text(await sent.answer));
    assert.deepEqual([seen.method, seen.url, seen.body], ['POST', '/mcp?tenant=a', '{ "é": 1.0 }']);
    const { host: _, connection: __, ...headers } = seen.headers;
    assert.deepEqual(headers, {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'accept-encoding': 'identity',
      'content-length': '13',
      'mcp-session-id': 's',
    });
  });

  test('has the credentials of the gateway, which no header of a caller replaces', async () => {
    const { origin } = await stubUpstream(({ request, response }) => json(response, JSON.stringify(request.headers)));
    const own = new HttpUpstream(new URL(`${origin}/mcp`), { authorization: 'Bearer gateway' }, limits);
    const { answer } = own.post('{}', { authorization: 'Bearer caller' });
    assert.equal(JSON.parse(text(await answer)).authorization, 'Bearer gateway');
    await own.close();
  });

  test('that cannot be sent fails, and does not throw', async () => {
    const { upstream } = await stubUpstream(({ response }) => json(response));
    await refused(upstream.post('{}', { 'mcp-name': 'a\r\nx: y' }).answer, 'WRIT_UPSTREAM_UNREACHABLE');
    await refused(upstream.post('{}', { 'bad name': 'x' }).answer, 'WRIT_UPSTREAM_UNREACHABLE');
    await upstream.post('{}', {}).answer;
  });

  test('to a server that is not there fails', async () => {
    const { upstream, server } = await stubUpstream(() => {});
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(upstream.post('{}', {}).answer);
    assert.partialDeepStrictEqual({ ...(error as object) }, { code: 'WRIT_UPSTREAM_UNREACHABLE' });
  });
});

describe('an answer in one piece', () => {
  test('is its status, headers and bytes, whatever chunks it came in', async () => {
    const { upstream } = await stubUpstream(async ({ response }) => {
      response.writeHead(404, { 'content-type': 'application/json; charset=utf-8', 'mcp-session-id': 's' });
      for (const byte of Buffer.from('{"é":"😀"}')) response.write(Buffer.of(byte));
      response.end();
    });
    const answer = await upstream.post('{}', {}).answer;
    assert.equal(text(answer), '{"é":"😀"}');
    assert.deepEqual([answer.status, answer.headers['mcp-session-id']], [404, 's']);
  });

  test('may be empty', async () => {
    const { upstream } = await stubUpstream(({ response }) => response.writeHead(202).end());
    const answer = await upstream.post('{}', {}).answer;
    assert.deepEqual([answer.status, text(answer)], [202, '']);
  });

  test('comes after any number of informational ones', async () => {
    const { upstream } = await rawUpstream((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\ncontent-encoding: gzip\r\n\r\n');
      socket.write('HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
    });
    assert.equal(text(await upstream.post('{}', {}).answer), '{}');
  });

  test('in a coding nobody asked for is decoded', async () => {
    const { upstream } = await stubUpstream(({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(gzipSync('{"a":1}'));
    });
    assert.equal(text(await upstream.post('{}', {}).answer), '{"a":1}');
  });

  test('in a coding that it is not, or that nobody knows, is refused', async () => {
    for (const encoding of ['br', 'x-unknown', 'gzip, identity', 'identity, gzip']) {
      const { upstream } = await stubUpstream(({ response }) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
        response.end(gzipSync('{}'));
      });
      await refused(upstream.post('{}', {}).answer, 'WRIT_UPSTREAM_INVALID');
    }
  });

  test('larger than the limit is refused, and its server is told to stop', async () => {
    const stopped = Promise.withResolvers<void>();
    const { upstream } = await stubUpstream(
      async ({ response, broken }) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        let open = true;
        void broken.then(() => {
          open = false;
          stopped.resolve();
        });
        while (open) {
          if (!response.write(Buffer.alloc(65_536))) await Promise.race([once(response, 'drain'), broken]);
        }
      },
      { bytes: 100_000 },
    );
    await refused(upstream.post('{}', {}).answer, 'WRIT_UPSTREAM_INVALID');
    await stopped.promise;
  });

  test('of exactly the limit is taken', async () => {
    const { upstream } = await stubUpstream(({ response }) => json(response, 'x'.repeat(1000)), { bytes: 1000 });
    assert.equal(text(await upstream.post('{}', {}).answer).length, 1000);
  });

  test('that breaks off is no answer', async () => {
    for (const head of ['content-length: 100', 'transfer-encoding: chunked']) {
      const { upstream } = await rawUpstream((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${head}\r\n\r\n`);
        socket.end('2\r\n{}\r\n');
      });
      await refused(upstream.post('{}', {}).answer, 'WRIT_UPSTREAM_UNREACHABLE');
    }
  });

  test('that is not HTTP is no answer', async () => {
    for (const bytes of ['{}', 'HTTP/1.1 200 OK\r\nx\r\n\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n{}', '']) {
      const { upstream } = await rawUpstream((socket) => socket.end(bytes));
      await refused(upstream.post('{}', {}).answer, 'WRIT_UPSTREAM_UNREACHABLE');
    }
  });

  test('of a server that changes the protocol is no answer', async () => {
    const { upstream } = await rawUpstream((socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    );
    await refused(upstream.post('{}', {}).answer, 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('of a server that redirects goes nowhere', async () => {
    let asked = 0;
    const { upstream } = await stubUpstream(({ response }) => {
      asked++;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    const answer = await upstream.post('{}', {}).answer;
    assert.deepEqual([answer.status, asked], [307, 1]);
  });

  test('tells nothing of what was sent or received in its error', async () => {
    const { upstream } = await stubUpstream(({ response }) => json(response, 'secret'.repeat(100)), { bytes: 10 });
    const error = await failure(upstream.post('secret', { 'mcp-name': 'secret' }).answer);
    assert.ok(error instanceof Error);
    assert.equal(`${error.stack}${JSON.stringify(error)}`.includes('secret'), false);
  });
});

describe('an answer as a stream', () => {
  test('gives events as they come', async () => {
    const next = Promise.withResolvers<void>();
    const { upstream } = await stubUpstream(async ({ response }) => {
      sse(response).write('id: 1\ndata: one\n\n');
      await next.promise;
      response.end('data: two\n\n');
    });
    const events = stream(await upstream.post('{}', {}).answer)[Symbol.asyncIterator]();
    assert.deepEqual((await events.next()).value, { kind: 'event', data: 'one', id: '1', event: undefined });
    next.resolve();
    assert.deepEqual((await events.next()).value, { kind: 'event', data: 'two', id: undefined, event: undefined });
    assert.equal((await events.next()).done, true);
  });

  test('is known by its content type, however that is written', async () => {
    for (const type of ['text/event-stream', 'text/event-stream;charset=utf-8', 'Text/Event-Stream ; x=y']) {
      const { upstream } = await stubUpstream(({ response }) => {
        response.writeHead(200, { 'content-type': type }).end('data: x\n\n');
      });
      assert.deepEqual(await taken(await upstream.post('{}', {}).answer), ['x']);
    }
    for (const type of ['text/event-streams', 'application/json', 'text/plain; text/event-stream']) {
      const { upstream } = await stubUpstream(({ response }) => {
        response.writeHead(200, { 'content-type': type }).end('data: x\n\n');
      });
      assert.equal((await upstream.post('{}', {}).answer).kind, 'body');
    }
  });

  test('of a failed request is read as one body, so that it holds nothing open', async () => {
    const { upstream } = await stubUpstream(({ response }) => {
      response.writeHead(500, { 'content-type': 'text/event-stream' }).end('data: x\n\n');
    });
    const answer = await upstream.post('{}', {}).answer;
    assert.deepEqual([answer.status, answer.kind], [500, 'body']);
  });

  test('survives characters, lines and chunks cut anywhere', async () => {
    const { upstream } = await stubUpstream(async ({ response }) => {
      sse(response);
      for (const byte of Buffer.from(':\r\n\r\nid: p\r\ndata:\r\n\r\ndata: {"é":"😀"}\r\n\r\n')) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    const items: StreamItem[] = [];
    for await (const item of stream(await upstream.post('{}', {}).answer)) items.push(item);
    assert.deepEqual(items, [
      { kind: 'comment', text: '' },
      { kind: 'event', data: '', id: 'p', event: undefined },
      { kind: 'event', data: '{"é":"😀"}', id: undefined, event: undefined },
    ]);
  });

  test('with an event larger than the limit is broken off', async () => {
    const stopped = Promise.withResolvers<void>();
    const { upstream } = await stubUpstream(
      async ({ response, broken }) => {
        sse(response).write(`data: small\n\ndata: ${'x'.repeat(2000)}`);
        await broken;
        stopped.resolve();
      },
      { bytes: 1024 },
    );
    await refused(taken(await upstream.post('{}', {}).answer), 'WRIT_UPSTREAM_INVALID');
    await stopped.promise;
  });

  test('that breaks off fails after what came', async () => {
    const { upstream } = await stubUpstream(async ({ response }) => {
      sse(response).write('data: one\n\n');
      await new Promise(setImmediate);
      response.destroy();
    });
    const events = stream(await upstream.post('{}', {}).answer)[Symbol.asyncIterator]();
    assert.equal((await events.next()).value?.data, 'one');
    await refused(events.next(), 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('of fifty megabytes that nobody takes is held back at the server', async () => {
    const total = 50 * 16;
    let written = 0;
    const held = Promise.withResolvers<void>();
    const { upstream } = await stubUpstream(async ({ response, broken }) => {
      sse(response);
      const event = `data: ${'x'.repeat(65_530)}\n\n`;
      for (; written < total; written++) {
        if (response.write(event)) continue;
        const drained = once(response, 'drain').then(() => true);
        let moved = false;
        while (!moved) {
          moved = await Promise.race([
            drained,
            broken.then(() => true),
            new Promise<false>((resolve) => setTimeout(resolve, 300, false)),
          ]);
          if (!moved) held.resolve();
        }
      }
      response.end();
    });
    const answer = await upstream.post('{}', {}).answer;
    await held.promise;
    assert.ok(written < total / 2, `${written} of ${total} went through with nobody to take them`);
    const all = await taken(answer);
    assert.equal(all.length, total);
  });

  test('whose taker has its answer leaves the connection to the next request', async () => {
    const ports = new Set<number | undefined>();
    const { upstream } = await stubUpstream(
      ({ request, response }) => {
        ports.add(request.socket.remotePort);
        sse(response).end('data: answer\n\n');
      },
      { connections: 1 },
    );
    for (let count = 0; count < 3; count++) {
      for await (const item of stream(await upstream.post('{}', {}).answer)) {
        assert.equal(item.kind === 'event' && item.data, 'answer');
        break;
      }
    }
    assert.equal(ports.size, 1);
  });

  test('that goes on after its taker left is broken off, and the next request gets through', async () => {
    const stopped = Promise.withResolvers<void>();
    let asked = 0;
    const { upstream } = await stubUpstream(
      async ({ response, broken }) => {
        if (++asked > 1) return json(response);
        sse(response).write('data: answer\n\n');
        let open = true;
        void broken.then(() => {
          open = false;
          stopped.resolve();
        });
        while (open) {
          response.write('data: more\n\n');
          await new Promise(setImmediate);
        }
      },
      { connections: 1 },
    );
    for await (const _ of stream(await upstream.post('{}', {}).answer)) break;
    await stopped.promise;
    assert.equal(text(await upstream.post('{}', {}).answer), '{}');
  });
});
