import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { json, refused, sse, stream, stubUpstream, taken, text } from '../../support/stub-upstream.ts';

describe('giving up', () => {
  test('before the head of the answer reaches the server', async () => {
    const begun = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    const { upstream } = await stubUpstream(async ({ broken }) => {
      begun.resolve();
      await broken;
      stopped.resolve();
    });
    const sent = upstream.post('{}', {});
    const failed = refused(sent.answer, 'WRIT_UPSTREAM_UNREACHABLE');
    await begun.promise;
    sent.abort();
    await failed;
    await stopped.promise;
  });

  test('during the body reaches the server', async () => {
    const begun = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<void>();
    const { upstream } = await stubUpstream(async ({ response, broken }) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      begun.resolve();
      await broken;
      stopped.resolve();
    });
    const sent = upstream.post('{}', {});
    const failed = refused(sent.answer, 'WRIT_UPSTREAM_UNREACHABLE');
    await begun.promise;
    sent.abort();
    await failed;
    await stopped.promise;
  });

  test('during a stream reaches the server and ends the stream, taken or held back', async () => {
    for (const events of [1, 100]) {
      const stopped = Promise.withResolvers<void>();
      const { upstream } = await stubUpstream(async ({ response, broken }) => {
        sse(response).write('data: 1\n\n'.repeat(events));
        await broken;
        stopped.resolve();
      });
      const sent = upstream.post('{}', {});
      const answer = await sent.answer;
      const failed = refused(taken(answer), 'WRIT_UPSTREAM_UNREACHABLE');
      sent.abort();
      await failed;
      await stopped.promise;
    }
  });

  test('before the request was sent keeps it from being sent', async () => {
    const bodies: string[] = [];
    const first = Promise.withResolvers<void>();
    const { upstream } = await stubUpstream(
      async ({ response, body }) => {
        bodies.push(body);
        if (body === 'first') await first.promise;
        json(response);
      },
      { connections: 1 },
    );
    const busy = upstream.post('first', {});
    const waiting = upstream.post('second', {});
    const third = upstream.post('third', {});
    const failed = refused(waiting.answer, 'WRIT_UPSTREAM_UNREACHABLE');
    waiting.abort();
    await failed;
    first.resolve();
    await Promise.all([busy.answer, third.answer]);
    assert.deepEqual(bodies, ['first', 'third']);
  });

  test('after the answer harms nobody', async () => {
    const ports = new Set<number | undefined>();
    const { upstream } = await stubUpstream(
      async ({ request, response }) => {
        ports.add(request.socket.remotePort);
        json(response);
      },
      { connections: 1 },
    );
    const done = upstream.post('{}', {});
    await done.answer;
    const next = upstream.post('{}', {});
    done.abort();
    done.abort();
    assert.equal(text(await next.answer), '{}');
    assert.equal(ports.size, 1);
  });
});

describe('silence', { concurrency: true }, () => {
  test('of a server that never answers ends after the limit', async () => {
    const { upstream } = await stubUpstream(() => {}, { idleMs: 1000 });
    await refused(upstream.post('{}', {}).answer, 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('in the middle of a body or stream does too', async () => {
    const { upstream } = await stubUpstream(
      ({ response, body }) => {
        if (body === 'body') response.writeHead(200, { 'content-type': 'application/json' }).write('{');
        else sse(response).write('data: one\n\n');
      },
      { idleMs: 1000 },
    );
    const cut = refused(upstream.post('body', {}).answer, 'WRIT_UPSTREAM_UNREACHABLE');
    const events = stream(await upstream.post('stream', {}).answer)[Symbol.asyncIterator]();
    assert.equal((await events.next()).value?.data, 'one');
    await refused(events.next(), 'WRIT_UPSTREAM_UNREACHABLE');
    await cut;
  });
});

test('a gateway that closes ends what is under way', async () => {
  const begun = Promise.withResolvers<void>();
  const { upstream } = await stubUpstream(({ response }) => {
    sse(response);
    begun.resolve();
  });
  const answer = await upstream.post('{}', {}).answer;
  await begun.promise;
  const failed = refused(taken(answer), 'WRIT_UPSTREAM_UNREACHABLE');
  await upstream.close();
  await failed;
  await refused(upstream.post('{}', {}).answer, 'WRIT_UPSTREAM_UNREACHABLE');
});
