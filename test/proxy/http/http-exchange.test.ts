import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, describe, mock, test } from 'node:test';
import { createParser } from 'eventsource-parser';
import { listen } from '../../../fixtures/listen.ts';
import { HttpExchange } from '../../../proxy/http/http-exchange.ts';
import { connectRaw, post } from '../../support/raw-http.ts';

/** A server on loopback whose requests a test handles by itself. */
async function serve(handle: (exchange: HttpExchange) => unknown) {
  const failures: unknown[] = [];
  const server = createServer((request, response) => {
    const exchange = new HttpExchange(request, response);
    void (async () => handle(exchange))().catch((error) => {
      failures.push(error);
      exchange.answer(400, JSON.stringify({ code: error.code }));
    });
  });
  const { origin, close } = await listen(server, 0);
  after(close);
  return { origin, failures, server };
}

/** Answers with the number of bytes that came. */
const counting = (limit: number) =>
  serve(async (exchange) => exchange.answer(200, String((await exchange.body(limit)).length)));

const chunked = (path: string, ...chunks: string[]) =>
  `POST ${path} HTTP/1.1\r\nhost: gateway\r\ntransfer-encoding: chunked\r\n\r\n${chunks
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    .join('')}0\r\n\r\n`;

const eventsOf = (text: string) => {
  const events: { data: string; id?: string | undefined; event?: string | undefined }[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
};

describe('the body of a request', () => {
  test('is read whole, in one piece or many, up to the very limit', async () => {
    const { origin } = await counting(100);
    const client = await connectRaw(origin);
    for (const request of [post('/', 'x'.repeat(100)), chunked('/', ...Array(10).fill('0123456789')), post('/', '')]) {
      client.write(request);
      const { status, body } = await client.answer();
      assert.deepEqual([status, body], [200, request.includes('content-length: 0') ? '0' : '100']);
    }
    client.destroy();
  });

  const tooLarge: [string, string][] = [
    ['announced', post('/', 'x'.repeat(101))],
    ['not announced', chunked('/', 'x'.repeat(101))],
    ['not announced, in small pieces', chunked('/', ...Array(300).fill('yyyyyyyyyy'))],
    ['announced, and large', post('/', 'x'.repeat(2_000_000))],
    ['not announced, and large', chunked('/', ...Array(40).fill('z'.repeat(50_000)))],
  ];
  for (const [how, request] of tooLarge) {
    test(`that is larger (${how}) is refused, and the next request of the connection is its own`, async () => {
      const { origin } = await counting(100);
      const client = await connectRaw(origin);
      client.write(request);
      client.write(post('/', 'x'.repeat(7)));
      const first = await client.answer();
      assert.deepEqual([first.status, first.body], [400, '{"code":"WRIT_JSON_TOO_LARGE"}']);
      const second = await client.answer();
      assert.deepEqual([second.status, second.body], [200, '7']);
      client.destroy();
    });
  }

  test('that is too large is never put together', async (context) => {
    const concat = context.mock.method(Buffer, 'concat');
    const { origin } = await counting(100);
    const client = await connectRaw(origin);
    client.write(chunked('/', ...Array(40).fill('z'.repeat(50_000))));
    client.write(post('/', 'x'));
    assert.equal((await client.answer()).status, 400);
    assert.equal((await client.answer()).body, '1');
    assert.ok(concat.mock.calls.every(({ arguments: [, size] }) => size === undefined || size <= 100));
    client.destroy();
  });

  test('cannot smuggle a request behind one that was refused', async () => {
    const paths: string[] = [];
    const { origin } = await serve(async (exchange) => {
      paths.push(exchange.request.url ?? '');
      exchange.answer(200, String((await exchange.body(10)).length));
    });
    const client = await connectRaw(origin);
    client.write(post('/outer', `${'x'.repeat(50)}${post('/smuggled', '')}`));
    client.write(post('/next', 'abc'));
    assert.equal((await client.answer()).status, 400);
    assert.equal((await client.answer()).body, '3');
    assert.deepEqual(paths, ['/outer', '/next']);
    client.destroy();
  });

  test('of two lengths, or of a length and chunks, is no request at all', async () => {
    const { origin } = await counting(100);
    for (const request of [
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: gzip\r\n\r\nx',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\nx',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1e1\r\n\r\nx',
    ]) {
      const client = await connectRaw(origin);
      client.write(request);
      assert.equal((await client.answer()).status, 400, request);
      await client.closed;
    }
  });

  test('that ends early is refused, without an answer to nobody', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { origin } = await serve(async (exchange) => {
      await exchange.body(100).catch(({ code }) => resolve(code));
    });
    const client = await connectRaw(origin);
    client.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\n\r\nhalf');
    client.socket.end();
    assert.equal(await promise, 'WRIT_MESSAGE_INVALID');
  });

  test('of a client that went away before anyone read it is refused, not waited for', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { origin } = await serve(async (exchange) => {
      client.destroy();
      await new Promise<void>((gone) => exchange.onGone(gone));
      await exchange.body(100).catch(({ code }) => resolve(code));
    });
    const client = await connectRaw(origin);
    client.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50\r\n\r\nhalf');
    assert.equal(await promise, 'WRIT_MESSAGE_INVALID');
  });

  test('that nobody reads does not become the next request', async () => {
    const { origin } = await serve((exchange) => exchange.answer(404, '{}'));
    const client = await connectRaw(origin);
    client.write(post('/', post('/smuggled', '')));
    client.write(post('/', 'x'.repeat(500_000)));
    client.write(post('/', ''));
    for (let count = 0; count < 3; count++) assert.equal((await client.answer()).status, 404);
    client.destroy();
  });
});

describe('an answer', () => {
  test('is JSON with its length, as text or bytes', async () => {
    const { origin } = await serve((exchange) =>
      exchange.answer(200, exchange.request.url === '/text' ? '{"é":1}' : Buffer.from('{"é":1}'), {
        'mcp-session-id': 's',
      }),
    );
    const client = await connectRaw(origin);
    for (const path of ['/text', '/bytes']) {
      client.write(post(path, ''));
      const { status, headers, body } = await client.answer();
      assert.deepEqual([status, body], [200, '{"é":1}']);
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['content-length'], '8');
      assert.equal(headers['mcp-session-id'], 's');
    }
    client.destroy();
  });

  test('without a body has none', async () => {
    const { origin } = await serve((exchange) => exchange.answer(202, null));
    const client = await connectRaw(origin);
    client.write(post('/', 'x'));
    const { status, headers, body } = await client.answer();
    assert.deepEqual([status, body, headers['content-length'], headers['content-type']], [202, '', '0', undefined]);
    client.destroy();
  });

  test('is given once: a second is dropped, on a stream too', async () => {
    const { origin, failures } = await serve(async (exchange) => {
      if (exchange.request.url === '/stream') {
        exchange.stream({});
        exchange.answer(200, '1');
        await exchange.send('2');
        exchange.answer(200, '3');
        exchange.stream({});
      } else {
        exchange.answer(200, '1');
        exchange.answer(500, '2');
        exchange.answer(202, null);
        exchange.stream({});
      }
    });
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    assert.equal((await client.answer()).body, '1');
    client.write(post('/stream', ''));
    assert.deepEqual(
      eventsOf((await client.answer()).body).map(({ data }) => data),
      ['1'],
    );
    assert.deepEqual(failures, []);
    client.destroy();
  });

  test('cannot have a header that ends the head: it fails, and the failure is answered', async () => {
    for (const begin of ['answer', 'stream'] as const) {
      const headers = { 'mcp-session-id': 'a\r\nset-cookie: b=c' };
      const { origin, failures } = await serve((exchange) =>
        begin === 'answer' ? exchange.answer(200, '{}', headers) : exchange.stream(headers),
      );
      const client = await connectRaw(origin);
      client.write(post('/', ''));
      const answer = await client.answer();
      assert.equal(answer.status, 400);
      assert.equal(answer.headers['set-cookie'], undefined);
      assert.equal(answer.headers['content-type'], 'application/json');
      assert.deepEqual(JSON.parse(answer.body), { code: 'ERR_INVALID_CHAR' });
      assert.equal(failures.length, 1);
      client.destroy();
    }
  });
});

describe('an event stream', () => {
  test('shows its head before its first event', async () => {
    const { origin } = await serve((exchange) => exchange.stream({ 'mcp-session-id': 's' }));
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    await client.seen('\r\n\r\n');
    client.destroy();
  });

  test('has the head of one, which tells proxies not to hold it back', async () => {
    const { origin } = await serve((exchange) => {
      exchange.stream({ 'mcp-session-id': 's' });
      exchange.answer(500, null);
    });
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    const { status, headers, body } = await client.answer();
    assert.deepEqual([status, body], [200, '']);
    assert.partialDeepStrictEqual(headers, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'mcp-session-id': 's',
    });
    client.destroy();
  });

  test('frames data so that a reader gets back what was sent', async () => {
    const sent = [
      '{"a":1}',
      'two\nlines',
      'cr\rlf\r\nboth',
      '\nleading',
      'trailing\n',
      ': no comment',
      'id: 7\n\nevent: x',
      'é😀',
    ];
    const { origin } = await serve(async (exchange) => {
      exchange.stream({});
      for (const [index, data] of sent.entries())
        await exchange.send(index % 2 === 0 ? data : Buffer.from(data), { id: `i${index}`, event: 'message' });
      exchange.answer(200, Buffer.from('last'));
    });
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    const events = eventsOf((await client.answer()).body);
    const expected = sent.map((data, index) => ({
      data: data.replace(/\r\n|\r/g, '\n'),
      id: `i${index}`,
      event: 'message',
    }));
    assert.deepEqual(events, [...expected, { data: 'last', id: undefined, event: 'message' }]);
    client.destroy();
  });

  test('says something now and then while its server is quiet', async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    after(() => mock.timers.reset());
    const begun = Promise.withResolvers<HttpExchange>();
    const { origin } = await serve((exchange) => {
      exchange.stream({});
      begun.resolve(exchange);
    });
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    const exchange = await begun.promise;
    mock.timers.tick(15_000);
    await client.seen(':\n\n');
    mock.timers.tick(15_000);
    exchange.answer(200, 'done');
    mock.timers.tick(60_000);
    const { body } = await client.answer();
    assert.equal(body, ':\n\n:\n\nevent: message\ndata: done\n\n');
    client.destroy();
  });
});

describe('a client that goes away', () => {
  test('before the answer is told of once, and nothing more is written', async () => {
    const gone = Promise.withResolvers<HttpExchange>();
    let told = 0;
    const { origin, failures } = await serve((exchange) => {
      exchange.onGone(() => {
        told++;
        gone.resolve(exchange);
      });
    });
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    client.destroy();
    const exchange = await gone.promise;
    assert.equal(exchange.gone, true);
    exchange.answer(200, '{}');
    exchange.stream({});
    await exchange.send('x');
    exchange.onGone(() => told++);
    assert.equal(told, 2);
    assert.deepEqual(failures, []);
  });

  test('during a stream is told of, and ends the wait for it to take more', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const { origin } = await serve(async (exchange) => {
      exchange.stream({});
      let sent = 0;
      while (!exchange.gone) {
        await exchange.send('x'.repeat(65_536));
        sent++;
      }
      resolve(sent);
    });
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    await client.seen('data:');
    client.socket.pause();
    client.destroy();
    assert.ok((await promise) > 0);
  });

  test('after the answer is no client that went away', async () => {
    let exchange: HttpExchange | undefined;
    const { origin, server } = await serve((it) => {
      exchange = it;
      it.onGone(() => assert.fail('it had its answer'));
      it.answer(200, '{}');
    });
    const client = await connectRaw(origin);
    client.write(post('/', ''));
    await client.answer();
    const connection = new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
    assert.equal(await connection, 1);
    client.destroy();
    await client.closed;
    assert.equal(exchange?.gone, false);
  });
});

describe('a client that reads slowly', () => {
  test('holds the sender back, and gets everything in the end', async () => {
    const total = 400;
    let sent = 0;
    const { origin } = await serve(async (exchange) => {
      exchange.stream({});
      while (sent < total) {
        await exchange.send(`${sent}:${'x'.repeat(65_536)}`);
        sent++;
      }
      exchange.answer(200, 'done');
    });
    const client = await connectRaw(origin);
    client.socket.pause();
    client.write(post('/', ''));
    // What the buffers of the system take is gone at once; then nothing moves until the client reads.
    let before = -1;
    while (sent !== before || sent === 0) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(sent < total, 'the whole stream was taken by nobody');
    client.socket.resume();
    const events = eventsOf((await client.answer()).body);
    assert.equal(events.length, total + 1);
    assert.ok(events.every(({ data }, index) => index === total || data.startsWith(`${index}:`)));
    client.destroy();
  });
});
