import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type Http2Session,
  type ServerHttp2Session,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { listen } from '../../../fixtures/listen.ts';
import { AnswerHandler } from '../../../proxy/upstream/answer-handler.ts';
import { type ConnectionPool, openPools, type PoolLimits } from '../../../proxy/upstream/pool.ts';
import { openCertificates } from '../../support/certificates.ts';
import { refused, stream, taken, text } from '../../support/stub-upstream.ts';
import { until } from '../../support/until.ts';

const certificates = openCertificates();
after(() => certificates.close());
const authority = certificates.authority();
const { cert, key } = authority.issue();

interface Received {
  request: Http2ServerRequest;
  response: Http2ServerResponse;
  body: string;
  session: Http2Session | undefined;
}

const limits: PoolLimits = { idleMs: 20_000, streamIdleMs: 20_000, connections: 2 };

/** A server over TLS with HTTP/2, and HTTP/1.1 for who does not speak it. */
async function serve(
  answer: (received: Received) => unknown,
  more: Partial<PoolLimits> = {},
  settings: { maxConcurrentStreams?: number } = {},
) {
  const sessions: ServerHttp2Session[] = [];
  const server = createSecureServer({ cert, key, allowHTTP1: true, settings });
  server.on('session', (session) => {
    sessions.push(session);
    session.on('error', () => {});
  });
  server.on('request', async (request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(request, 'end').catch(() => undefined);
    const body = Buffer.concat(chunks).toString('utf8');
    if (body === 'warm') return void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    await answer({ request, response, body, session: request.stream?.session });
  });
  server.on('sessionError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const pools = openPools(new URL(`https://127.0.0.1:${port}/mcp`), { ...limits, ...more }, authority.cert);
  after(async () => {
    await pools.close();
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { pools, sessions, port };
}

function send(pool: ConnectionPool, body: string | null = '{"id":1}', limit = 1_048_576) {
  const handler = new AnswerHandler(limit);
  const headers = { 'content-type': 'application/json' };
  pool.dispatch({ path: '/mcp', method: body === null ? 'GET' : 'POST', headers, body }, handler);
  return { answer: handler.answer, abort: () => handler.abort(new Error('the caller went away')) };
}

/** Until the first connection stands, each request makes one of its own. */
async function warm(...pools: ConnectionPool[]): Promise<void> {
  for (const pool of pools) assert.equal(text(await send(pool, 'warm').answer), 'warm');
}

function sse(response: Http2ServerResponse): Http2ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(':\n\n');
  return response;
}

/** Resolves when more may be written, or never will. */
function drained(response: Http2ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

const echo = ({ response, body }: Received) => {
  response.setHeader('content-type', 'application/json');
  response.end(body);
};

describe('a server that offers HTTP/2', () => {
  test('is spoken to by it: calls share a connection, and streams have another', async () => {
    const versions: string[] = [];
    const { pools, sessions } = await serve((received) => {
      versions.push(received.request.httpVersion);
      if (received.body === 'stream') sse(received.response).end('data: {"n":1}\n\n');
      else echo(received);
    });
    const bodies = Array.from({ length: 20 }, (_, id) => `{"id":${id}}`);
    await warm(pools.calls);
    const answers = await Promise.all(bodies.map((body) => send(pools.calls, body).answer));
    assert.deepEqual(answers.map(text), bodies);
    assert.equal(sessions.length, 1);
    assert.deepEqual(await taken(await send(pools.streams, 'stream').answer), ['{"n":1}']);
    assert.equal(sessions.length, 2);
    assert.deepEqual(new Set(versions), new Set(['2.0']));
  });

  test('is held back while its events are not taken, and a stream beside it on the connection is not', async () => {
    let written = 0;
    const { pools, sessions } = await serve(async ({ response, body }) => {
      sse(response);
      if (body === 'quick') return void response.end('data: quick\n\n');
      const block = `data: ${'x'.repeat(16_384)}\n\n`;
      for (let count = 0; count < 640 && !response.stream.destroyed; count++) {
        written += block.length;
        if (!response.write(block)) await drained(response);
      }
      response.end();
    });
    const slow = await send(pools.streams, 'slow').answer;
    await until(() => written > 300_000, 'the windows are filled');
    const seen = written;
    assert.deepEqual(await taken(await send(pools.streams, 'quick').answer), ['quick']);
    assert.equal(sessions.length, 1);
    assert.ok(written - seen < 1_000_000 && written < 2_000_000, `${written} bytes of 10 MB are on their way`);
    let events = 0;
    for await (const { kind } of stream(slow)) if (kind === 'event') events++;
    assert.equal(events, 640);
  });

  test('is told of a call that is given up, and goes on with the others on that connection', async () => {
    const closed: (number | undefined)[] = [];
    const open = new Map<string, Http2ServerResponse>();
    const { pools, sessions } = await serve(({ response, body }) => {
      open.set(body, sse(response));
      response.stream.on('close', () => closed.push(response.stream.rstCode));
    });
    await warm(pools.streams);
    const [first, second] = [send(pools.streams, 'a'), send(pools.streams, 'b')];
    const [given, kept] = await Promise.all([first.answer, second.answer]);
    first.abort();
    await until(() => closed.length === 1, 'the stream is reset');
    await refused(taken(given), 'WRIT_UPSTREAM_UNREACHABLE');
    open.get('b')?.end('data: kept\n\n');
    assert.deepEqual(await taken(kept), ['kept']);
    assert.deepEqual([sessions.length, sessions[0]?.destroyed], [1, false]);
  });

  test('is told of a call given up before it answered', async () => {
    let reset = 0;
    const { pools } = await serve(({ response, body }) => {
      if (body === 'b') return void echo({ response, body } as Received);
      response.stream.on('close', () => reset++);
    });
    const first = send(pools.calls, 'a');
    assert.equal(text(await send(pools.calls, 'b').answer), 'b');
    first.abort();
    await refused(first.answer, 'WRIT_UPSTREAM_UNREACHABLE');
    await until(() => reset === 1, 'the stream is reset');
    assert.equal(text(await send(pools.calls, 'b').answer), 'b');
  });

  test('that says farewell ends what it has begun; what comes after goes over a new connection', async () => {
    const held: Received[] = [];
    const { pools, sessions } = await serve((received) => {
      if (received.body === 'held') held.push(received);
      else echo(received);
    });
    const first = send(pools.calls, 'held');
    await until(() => held.length === 1, 'the call is there');
    sessions[0]?.close();
    const second = send(pools.calls, 'next');
    assert.equal(text(await second.answer), 'next');
    assert.equal(sessions.length, 2);
    if (held[0]) echo(held[0]);
    assert.equal(text(await first.answer), 'held');
  });

  test('that breaks off its connection fails each call on it once; none is sent again', async () => {
    let calls = 0;
    const { pools, sessions } = await serve((received) => {
      if (received.body === 'next') return void echo(received);
      if (++calls === 3) received.session?.destroy();
    });
    await warm(pools.calls);
    await Promise.all([1, 2, 3].map(() => refused(send(pools.calls, 'held').answer, 'WRIT_UPSTREAM_UNREACHABLE')));
    assert.equal(text(await send(pools.calls, 'next').answer), 'next');
    assert.deepEqual([calls, sessions.length], [3, 2]);
  });

  test('that breaks off in a stream fails it', async () => {
    const { pools } = await serve(({ response, session }) => {
      sse(response).write('data: one\n\n', () => session?.destroy());
    });
    await refused(send(pools.streams, 'a').answer.then(taken), 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('that takes one at a time is given more connections, and a stream for ever costs no call its own', async () => {
    const { pools } = await serve(
      (received) => {
        if (received.body === 'stream') sse(received.response).write('data: open\n\n');
        else echo(received);
      },
      {},
      { maxConcurrentStreams: 1 },
    );
    const open = Array.from({ length: 5 }, () => send(pools.streams, 'stream'));
    for (const { answer } of open) assert.equal((await answer).kind, 'events');
    const bodies = ['a', 'b', 'c', 'd', 'e'];
    assert.deepEqual((await Promise.all(bodies.map((body) => send(pools.calls, body).answer))).map(text), bodies);
    for (const { abort } of open) abort();
  });

  test('that takes nothing fails the call in the end', async () => {
    const { pools } = await serve(echo, { idleMs: 200 }, { maxConcurrentStreams: 0 });
    await refused(send(pools.calls).answer, 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('is sent more streams than one connection carries', async () => {
    const { pools, sessions } = await serve(({ response }) => void sse(response).write('data: open\n\n'));
    const open = Array.from({ length: 150 }, () => send(pools.streams, 'stream'));
    for (const { answer } of open) assert.equal((await answer).kind, 'events');
    assert.ok(sessions.length >= 2, `${sessions.length} connections`);
    for (const { abort } of open) abort();
  });
});

describe('silence', () => {
  test('before an answer, or within one, ends the call and not the connection', async () => {
    const { pools, sessions } = await serve(
      (received) => {
        if (received.body === 'begun') sse(received.response).write('data: one\n\n');
        else if (received.body === 'next') echo(received);
      },
      { idleMs: 300 },
    );
    await warm(pools.calls);
    const silent = send(pools.calls, 'silent').answer;
    const begun = send(pools.calls, 'begun').answer.then(taken);
    await Promise.all([refused(silent, 'WRIT_UPSTREAM_UNREACHABLE'), refused(begun, 'WRIT_UPSTREAM_UNREACHABLE')]);
    assert.equal(text(await send(pools.calls, 'next').answer), 'next');
    assert.equal(sessions.length, 1);
  });

  test('of a stream may be longer than that of a call', async () => {
    const later: Http2ServerResponse[] = [];
    const { pools } = await serve(
      ({ response, body }) => {
        sse(response).write('data: one\n\n');
        if (body === 'stream') later.push(response);
      },
      { idleMs: 200 },
    );
    const long = send(pools.streams, 'stream').answer.then(taken);
    await refused(send(pools.calls, 'call').answer.then(taken), 'WRIT_UPSTREAM_UNREACHABLE');
    later[0]?.end('data: two\n\n');
    assert.deepEqual(await long, ['one', 'two']);
  });

  test('while events are not taken is the caller`s, and ends nothing', async () => {
    let written = 0;
    const { pools } = await serve(
      async ({ response, body }) => {
        if (body !== 'slow') return;
        sse(response);
        const block = `data: ${'x'.repeat(16_384)}\n\n`;
        for (let count = 0; count < 128 && !response.stream.destroyed; count++) {
          written += block.length;
          if (!response.write(block)) await drained(response);
        }
        response.end();
      },
      { idleMs: 300, streamIdleMs: 300 },
    );
    const slow = await send(pools.streams, 'slow').answer;
    await until(() => written > 300_000, 'the windows are filled');
    await refused(send(pools.calls, 'silent').answer, 'WRIT_UPSTREAM_UNREACHABLE');
    await refused(send(pools.calls, 'silent').answer, 'WRIT_UPSTREAM_UNREACHABLE');
    assert.equal((await taken({ ...slow })).length, 128);
  });
});

describe('TLS to a server', () => {
  test('without HTTP/2 carries HTTP/1.1', async () => {
    const server = createHttpsServer({ cert, key }, (request, response) => {
      response.setHeader('content-type', 'application/json');
      request.resume().on('end', () => response.end(request.httpVersion));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const pools = openPools(new URL(`https://127.0.0.1:${port}`), limits, authority.cert);
    assert.equal(text(await send(pools.calls).answer), '1.1');
    await pools.close();
    server.close();
  });

  test('is made with those alone that its authority vouches for', async () => {
    let asked = 0;
    const { port } = await serve((received) => {
      asked++;
      echo(received);
    });
    const url = new URL(`https://127.0.0.1:${port}`);
    for (const ca of [undefined, certificates.authority('Other CA').cert]) {
      const pools = openPools(url, limits, ca);
      await refused(send(pools.calls).answer, 'WRIT_UPSTREAM_UNREACHABLE');
      await refused(send(pools.streams).answer, 'WRIT_UPSTREAM_UNREACHABLE');
      await pools.close();
    }
    const elsewhere = openPools(new URL(`https://127.0.0.2:${port}`), limits, authority.cert);
    await refused(send(elsewhere.calls).answer, 'WRIT_UPSTREAM_UNREACHABLE');
    await elsewhere.close();
    assert.equal(asked, 0);
  });
});

test('pools that are closed break off what is under way', async () => {
  const { pools } = await serve(({ response, body }) => {
    if (body === 'stream') sse(response).write('data: one\n\n');
  });
  const begun = await send(pools.streams, 'stream').answer;
  const waiting = send(pools.calls, 'call').answer;
  const failed = Promise.all([
    refused(taken(begun), 'WRIT_UPSTREAM_UNREACHABLE'),
    refused(waiting, 'WRIT_UPSTREAM_UNREACHABLE'),
  ]);
  await pools.close();
  await failed;
});

describe('a server without TLS', () => {
  /** Every connection made, and what is held back until it is let go. */
  async function plain(connections: number) {
    const sockets = new Set<object>();
    const held: (() => void)[] = [];
    const server = createServer((request, response) => {
      sockets.add(request.socket);
      const body: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => body.push(chunk))
        .on('end', () => {
          held.push(() => response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.concat(body)));
        });
    });
    const { origin, close } = await listen(server, 0);
    const pools = openPools(new URL(origin), { ...limits, connections });
    after(async () => {
      await pools.close();
      await close();
    });
    return { pools, sockets, held, server };
  }

  test('is given so many calls at once as connections are allowed, and the others in their order', async () => {
    const { pools, sockets, held } = await plain(2);
    const order: string[] = [];
    const calls = ['a', 'b', 'c', 'd', 'e'].map((body) =>
      send(pools.calls, body).answer.then((answer) => order.push(text(answer))),
    );
    for (let count = 0; count < 5; count++) {
      await until(() => held.length > 0, 'a call is there');
      assert.ok(held.length <= 2);
      held.shift()?.();
      await until(() => order.length === count + 1, 'it is answered');
    }
    await Promise.all(calls);
    assert.deepEqual([order.slice(0, 2).sort(), order.slice(2), sockets.size], [['a', 'b'], ['c', 'd', 'e'], 2]);
  });

  test('that closes a connection fails the call on it, and the next has another', async () => {
    const { pools, sockets, held, server } = await plain(1);
    const [first, second] = [send(pools.calls, 'a').answer, send(pools.calls, 'b').answer];
    await until(() => held.length === 1, 'a call is there');
    server.closeAllConnections();
    await refused(first, 'WRIT_UPSTREAM_UNREACHABLE');
    await until(() => held.length === 2, 'the next is there');
    held[1]?.();
    assert.deepEqual([text(await second), sockets.size], ['b', 2]);
  });

  test('that is not there fails every call, and those that wait', async () => {
    const { pools, server } = await plain(1);
    await new Promise((resolve) => server.close(resolve));
    const calls = ['a', 'b', 'c'].map((body) => refused(send(pools.calls, body).answer, 'WRIT_UPSTREAM_UNREACHABLE'));
    await Promise.all(calls);
  });

  test('is asked for nothing once the pools are closed', async () => {
    const { pools, held } = await plain(1);
    const calls = ['a', 'b'].map((body) => refused(send(pools.calls, body).answer, 'WRIT_UPSTREAM_UNREACHABLE'));
    await until(() => held.length === 1, 'a call is there');
    await pools.close();
    await Promise.all(calls);
    await refused(send(pools.calls, 'c').answer, 'WRIT_UPSTREAM_UNREACHABLE');
    assert.equal(held.length, 1);
  });
});
