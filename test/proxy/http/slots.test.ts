import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Slots } from '../../../proxy/http/slots.ts';
import { Conversations } from '../../../proxy/session/conversations.ts';
import { Memories } from '../../../proxy/session/memories.ts';
import { Tasks } from '../../../proxy/session/tasks.ts';
import { Listings } from '../../../proxy/tools/listings.ts';
import type { Server } from '../../../proxy/upstream/server.ts';
import { KnownTools } from '../../../proxy/upstream/tools.ts';
import type { Sent, Upstream } from '../../../proxy/upstream/types.ts';

const unused = (): Sent => {
  throw new Error('nothing is sent');
};
const upstream: Upstream = { post: unused, listen: unused, end: unused, close: async () => undefined };
const server = (name: string): Server => ({
  name,
  labels: {},
  upstream,
  peer: { transport: 'tcp' },
  tools: new KnownTools(),
  conversations: new Conversations(),
  tasks: new Tasks(),
  memories: new Memories(),
  listings: new Listings(),
});
const overloaded = { name: 'WritError', code: 'WRIT_OVERLOADED' };

test('calls are counted in all and for each server, until they are over, however often that is said', () => {
  const slots = new Slots({ concurrent_calls: 3, server_calls: 2, streams: 0 });
  const [a, b] = [server('a'), server('b')];
  const [first] = [slots.take(a), slots.take(a)];
  assert.throws(() => slots.take(a), overloaded);
  slots.take(b);
  assert.throws(() => slots.take(b), overloaded);
  for (let time = 0; time < 3; time++) first?.free();
  slots.take(b);
  assert.throws(() => slots.take(a), overloaded);
});

test('what its server is done with still counts in all until its client has it', () => {
  const slots = new Slots({ concurrent_calls: 2, server_calls: 1, streams: 0 });
  const a = server('a');
  const first = slots.take(a);
  for (let time = 0; time < 3; time++) first.served();
  slots.take(a);
  assert.throws(() => slots.take(server('b')), overloaded);
  first.free();
  slots.take(server('b'));
});

test('a stream that lasts leaves its place to a call, and takes one of the streams till its end', () => {
  const slots = new Slots({ concurrent_calls: 1, server_calls: 1, streams: 2 });
  const a = server('a');
  const streams = [slots.take(a)];
  streams[0]?.lasts();
  streams[0]?.lasts();
  streams.push(slots.take(a));
  streams[1]?.lasts();
  const third = slots.take(a);
  assert.throws(() => third.lasts(), overloaded);
  assert.throws(() => slots.take(a), overloaded, 'it is a call still');
  third.free();
  streams[0]?.free();
  streams[0]?.free();
  streams[0]?.lasts();
  slots.take(a).lasts();
  const call = slots.take(a);
  assert.throws(() => call.lasts(), overloaded);
});
