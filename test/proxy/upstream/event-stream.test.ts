import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WritError } from '../../../engine/errors.ts';
import { EventStream } from '../../../proxy/upstream/event-stream.ts';
import type { StreamItem } from '../../../proxy/upstream/types.ts';

/** A stream whose server's side the test plays. */
function stream(limit = 1000) {
  const flow = { paused: false, pauses: 0 };
  const refused: WritError[] = [];
  const events = new EventStream(
    limit,
    {
      pause: () => {
        flow.paused = true;
        flow.pauses++;
      },
      resume: () => {
        flow.paused = false;
      },
    },
    (error) => refused.push(error),
  );
  return { events, flow, refused };
}

const bytes = (text: string) => Buffer.from(text);
async function* eventsOf(stream: AsyncIterable<StreamItem>) {
  for await (const item of stream) if (item.kind === 'event') yield item;
}
const taken = async (stream: AsyncIterable<StreamItem>) => {
  const all: string[] = [];
  for await (const { data } of eventsOf(stream)) all.push(data);
  return all;
};
const invalid = { name: 'WritError', code: 'WRIT_UPSTREAM_INVALID' };

describe('what a server writes', () => {
  test('is the same events however it is cut into chunks and whatever ends its lines', async () => {
    const expected = [
      { kind: 'comment', text: 'comment' },
      { kind: 'retry', milliseconds: 100 },
      { kind: 'event', data: '{"text":"é😀"}', id: '1', event: 'message' },
      { kind: 'comment', text: 'between' },
      { kind: 'event', data: 'two\nlines', id: undefined, event: undefined },
      // A primed stream: an id to resume from, and no message (2025-11-25, "Sending Messages to the Server").
      { kind: 'event', data: '', id: 'primed', event: undefined },
      { kind: 'event', data: ' leading', id: '2', event: 'x' },
    ];
    const lines = [
      ':comment',
      'event: message',
      'id: 1',
      'retry: 100',
      'data: {"text":"é😀"}',
      '',
      'data: two',
      ': between',
      'data:lines',
      '',
      'id: primed',
      'data:',
      '',
      '',
      'event: lost without data',
      '',
      'data:  leading',
      'id: 2',
      'event: x',
      'unknown: field',
      '',
      'data: unfinished',
    ];
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), async (sizes, end, marked) => {
        const { events, refused } = stream();
        const whole = bytes((marked ? '\ufeff' : '') + lines.join(end));
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          events.feed(whole.subarray(at, at + size));
          at += size;
        }
        events.end();
        const got: unknown[] = [];
        for await (const event of events) got.push(event);
        assert.deepEqual(got, expected);
        assert.deepEqual(refused, []);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  test('never puts a line break into an id or a type, which would write lines of its own further on', async () => {
    const { events } = stream();
    events.feed(bytes('id: a\rdata: forged\nevent: b\r\nid: c\u0000d\ndata: real\n\n'));
    events.end();
    for await (const { id, event } of eventsOf(events)) {
      assert.equal(/[\r\n\0]/.test(`${id}${event}`), false);
      assert.deepEqual([id, event], ['a', 'b']);
    }
  });

  test('that is not UTF-8 ends the stream', async () => {
    for (const wrong of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xc3, 0x28]]) {
      const { events, refused } = stream();
      events.feed(bytes('data: one\n\ndata: '));
      events.feed(Uint8Array.from([...wrong, 10, 10]));
      events.feed(bytes('data: three\n\n'));
      assert.equal(refused.length, 1);
      await assert.rejects(taken(events), invalid);
    }
  });
});

describe('the limit', () => {
  test('is of bytes of one event, not of the stream', async () => {
    const { events, refused } = stream(10);
    for (let count = 0; count < 50; count++) events.feed(bytes('data: 1\n\n'));
    events.end();
    assert.equal((await taken(events)).length, 50);
    assert.deepEqual(refused, []);
  });

  test('is met by an event that comes in one chunk with others', async () => {
    const { events, refused } = stream(10);
    events.feed(bytes(`data: 1\n\ndata: ${'x'.repeat(11)}\n\ndata: 3\n\n`));
    assert.equal(refused.length, 1);
    assert.equal(refused[0]?.code, 'WRIT_UPSTREAM_INVALID');
    const got: string[] = [];
    await assert.rejects(async () => {
      for await (const { data } of eventsOf(events)) got.push(data);
    }, invalid);
    assert.deepEqual(got, ['1']);
  });

  test('counts bytes, not characters', () => {
    const { events, refused } = stream(10);
    events.feed(bytes(`data: ${'é'.repeat(6)}\n\n`));
    assert.equal(refused.length, 1);
  });

  test('is met by an event that never ends, in one line or in many', () => {
    for (const part of ['x', '\ndata: x', ':c\ndata:\n']) {
      const { events, refused } = stream(1000);
      events.feed(bytes('data: '));
      for (let count = 0; count < 2000 && refused.length === 0; count++) events.feed(bytes(part));
      assert.equal(refused.length, 1, part);
    }
  });

  test('is met before an event is whole, though others came with it', () => {
    const { events, refused } = stream(10);
    events.feed(bytes(`data: 1\n\ndata: ${'x'.repeat(11)}`));
    assert.equal(refused.length, 1);
  });

  test('is not met by one that just fits, however it is cut', async () => {
    const { events, refused } = stream(10);
    for (const byte of bytes('data: 0123456789\n\ndata: 01234\ndata: 6789\n\n')) events.feed(Buffer.of(byte));
    events.end();
    assert.deepEqual(await taken(events), ['0123456789', '01234\n6789']);
    assert.deepEqual(refused, []);
  });

  test('once met, nothing more is taken in', () => {
    const { events, refused } = stream(10);
    for (let count = 0; count < 100; count++) events.feed(bytes(`data: ${'x'.repeat(100)}\n\n`));
    assert.equal(refused.length, 1);
  });
});

describe('holding the server back', () => {
  test('begins when sixteen events wait, and ends when they are taken', async () => {
    const { events, flow } = stream();
    for (let count = 0; count < 15; count++) events.feed(bytes('data: 1\n\n'));
    assert.equal(flow.paused, false);
    events.feed(bytes('data: 1\n\n'));
    assert.equal(flow.paused, true);
    const taking = events[Symbol.asyncIterator]();
    await taking.next();
    assert.equal(flow.paused, false);
  });

  test('begins sooner when they are large', () => {
    const { events, flow } = stream(10_000_000);
    events.feed(bytes(`data: ${'x'.repeat(300_000)}\n\n`));
    assert.equal(flow.paused, true);
  });

  test('never loses or reorders an event', async () => {
    const { events, flow } = stream();
    const server = (async () => {
      for (let count = 0; count < 500; count++) {
        while (flow.paused) await new Promise(setImmediate);
        events.feed(bytes(`data: ${count}\n\n`));
      }
      events.end();
    })();
    const got: string[] = [];
    for await (const { data } of eventsOf(events)) {
      if (got.length % 7 === 0) await new Promise(setImmediate);
      got.push(data);
    }
    await server;
    assert.deepEqual(
      got,
      Array.from({ length: 500 }, (_, count) => String(count)),
    );
    assert.ok(flow.pauses > 0);
  });
});

describe('the end', () => {
  test('comes after everything that waits', async () => {
    const { events } = stream();
    events.feed(bytes('data: 1\n\ndata: 2\n\n'));
    events.end();
    assert.deepEqual(await taken(events), ['1', '2']);
  });

  test('wakes whoever waits', async () => {
    const { events } = stream();
    const waiting = taken(events);
    await new Promise(setImmediate);
    events.end();
    assert.deepEqual(await waiting, []);
  });

  test('by a broken connection still gives what came before it', async () => {
    const { events } = stream();
    events.feed(bytes('data: answer\n\n'));
    events.fail(new WritError('WRIT_UPSTREAM_UNREACHABLE'));
    const taking = events[Symbol.asyncIterator]();
    assert.equal((await taking.next()).value?.data, 'answer');
    await assert.rejects(taking.next(), { code: 'WRIT_UPSTREAM_UNREACHABLE' });
  });

  test('of the taker lets the server end its answer', async () => {
    const { events, flow, refused } = stream();
    for (let count = 0; count < 20; count++) events.feed(bytes('data: 1\n\n'));
    assert.equal(flow.paused, true);
    for await (const _ of events) break;
    assert.equal(flow.paused, false);
    events.end();
    assert.deepEqual(refused, []);
  });

  test('of the taker refuses a server that goes on', async () => {
    for (const more of ['data: 2\n\n', ':\n\n', 'x']) {
      const { events, refused } = stream();
      events.feed(bytes('data: 1\n\n'));
      for await (const _ of events) break;
      events.feed(bytes(more));
      events.feed(bytes(more));
      assert.deepEqual(
        refused.map(({ code }) => code),
        ['WRIT_UPSTREAM_INVALID'],
      );
    }
  });

  test('of the taker by a failure of its own does the same', async () => {
    const { events, refused } = stream();
    events.feed(bytes('data: 1\n\n'));
    await assert.rejects(async () => {
      for await (const _ of events) throw new Error('cannot be masked');
    }, /cannot be masked/);
    events.feed(bytes('data: 2\n\n'));
    assert.equal(refused.length, 1);
  });
});
