import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileOf, repack } from '../engine/policy/archive.ts';
import { askingBundle, conducts, decided, held, listening, openAsking, openStream } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { ofKind } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { event, failure, raw, result, toolResult } from '../support/stub-server.ts';
import type { Asked, Era } from '../support/surroundings.ts';
import { declaresTasks as declared, workingTask as task } from '../support/tasks.ts';

const anna = { id: 'p-1', name: 'Anna Lindqvist' };
const people = toolResult({ people: [anna] });
const shown = { people: [{ id: 'p-1', name: '[redacted]' }] };
const done = toolResult({ done: true });

describe('what a server answers later', () => {
  let gateway: TestGateway;
  let count = 0;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.stub.seen.length = 0;
  });

  const calling = (era: Era, tool = 'echo', asked: Asked = {}): Asked => ({
    server: 'desk',
    era,
    ...asked,
    params: {
      name: tool,
      arguments: { n: 1 },
      ...(era === 'legacy' ? { task: { ttl: 60_000 } } : { _meta: declared }),
    },
  });
  const about = (era: Era, rpc: string, taskId: unknown, asked: Asked = {}, more: object = {}): Asked => ({
    server: 'desk',
    era,
    rpc,
    ...asked,
    params: { ...(taskId !== undefined && { taskId }), ...more, ...(era === 'modern' && { _meta: declared }) },
    headers: { ...(era === 'modern' && typeof taskId === 'string' && { 'mcp-name': taskId }), ...asked.headers },
  });
  const codeOf = async (asked: Asked) => {
    const { status, last } = await gateway.ask(asked);
    return last.error === undefined ? status : (last.error.data?.code ?? last.error.code);
  };
  const handedOver = (era: Era, taskId: string, more: object = {}) =>
    result(era === 'legacy' ? { task: task(taskId, more) } : { resultType: 'task', ...task(taskId, more) });
  /** A task that a call of this caller began. */
  async function begun(era: Era, tool = 'echo', asked: Asked = {}, more: object = {}): Promise<string> {
    const taskId = `task-${count++}`;
    gateway.stub.conduct = handedOver(era, taskId, more);
    const { last } = await gateway.ask(calling(era, tool, asked));
    assert.equal(last.error, undefined);
    gateway.stub.conduct = result(done);
    gateway.stub.seen.length = 0;
    return taskId;
  }

  for (const era of ['legacy', 'modern'] as const) {
    const methods =
      era === 'legacy' ? ['tasks/get', 'tasks/result', 'tasks/cancel'] : ['tasks/get', 'tasks/update', 'tasks/cancel'];

    test(`${era}: a task is passed as the bytes it came in`, async () => {
      const inner = '{"taskId":"t-bytes","status":"working","createdAt":"2026-01-01T00:00:00Z","ttl":60000.0}';
      const body =
        era === 'legacy'
          ? `{"jsonrpc":"2.0", "id":1,"result":{"task":${inner}}}`
          : `{"jsonrpc":"2.0", "id":1,"result":{"resultType":"task",${inner.slice(1)}}`;
      gateway.stub.conduct = raw(200, { 'content-type': 'application/json' }, body);
      assert.equal((await gateway.ask(calling(era))).body, body);
    });

    test(`${era}: a task is unknown to another caller, in another server, and under an id that is not exactly its own`, async () => {
      const taskId = await begun(era);
      for (const method of methods) {
        assert.equal(
          await codeOf(about(era, method, taskId, { persona: 'medical-officer' })),
          'WRIT_TASK_UNKNOWN',
          method,
        );
        assert.equal(await codeOf(about(era, method, taskId, { server: 'annex' })), 'WRIT_TASK_UNKNOWN', method);
        for (const other of [`${taskId} `, taskId.toUpperCase(), 'never', '', '__proto__'])
          assert.equal(
            await codeOf(about(era, method, other, { headers: { 'mcp-name': other } })),
            other.endsWith(' ') && method !== 'tasks/result' ? 'WRIT_HEADER_MISMATCH' : 'WRIT_TASK_UNKNOWN',
            `${method} ${other}`,
          );
      }
      if (era === 'legacy')
        for (const other of [7, null, [taskId], { taskId }, undefined])
          assert.equal(await codeOf(about(era, 'tasks/get', other)), 'WRIT_TASK_UNKNOWN');
      assert.deepEqual(gateway.stub.seen, []);
      for (const method of methods) {
        gateway.stub.conduct = result({ ...task(taskId), resultType: 'complete', content: [] });
        assert.equal(await codeOf(about(era, method, taskId)), 200, method);
      }
      assert.equal(gateway.stub.seen.length, methods.length);
    });

    test(`${era}: what came of a call is masked as the call would have been`, async () => {
      const taskId = await begun(era, 'people');
      gateway.stub.conduct = result(
        era === 'legacy'
          ? people
          : {
              ...task(taskId, { status: 'completed', statusMessage: anna.name }),
              resultType: 'complete',
              result: people,
            },
      );
      const { last, wire } = await gateway.ask(about(era, era === 'legacy' ? 'tasks/result' : 'tasks/get', taskId));
      assert.ok(!wire.includes(anna.name), wire);
      const given = era === 'legacy' ? last.result : Object(last.result?.result);
      assert.deepEqual(given.structuredContent, shown);
    });

    test(`${era}: the words in which a server speaks of a masked call are left out, wherever they are`, async () => {
      const taskId = await begun(era, 'people', {}, { statusMessage: anna.name });
      const words = task(taskId, {
        status: 'working',
        statusMessage: anna.name,
        note: anna.name,
        _meta: { note: anna.name },
      });
      for (const method of ['tasks/get', 'tasks/cancel']) {
        gateway.stub.conduct = result({ ...words, ...(era === 'modern' && { resultType: 'complete' }) });
        const { last, wire } = await gateway.ask(about(era, method, taskId));
        assert.equal(last.error, undefined, wire);
        assert.deepEqual([last.result?.taskId, last.result?.status], [taskId, 'working']);
        assert.ok(!wire.includes(anna.name), wire);
      }
      gateway.stub.conduct = failure({ code: -32603, message: anna.name });
      assert.ok(!(await gateway.ask(about(era, methods[1] ?? '', taskId))).wire.includes(anna.name));
    });

    test(`${era}: a masked call that is handed over is shown as a task and nothing else`, async () => {
      const more = { ...people, statusMessage: anna.name, note: anna.name, result: people };
      const whole =
        era === 'legacy'
          ? { ...people, note: anna.name, task: task('t-1', more) }
          : { ...task('t-1', more), resultType: 'task' };
      const beside = { ...people, resultType: 'complete', task: task('t-2', more) };
      for (const value of era === 'legacy' ? [whole] : [whole, beside]) {
        gateway.stub.conduct = result({ ...value, _meta: { note: anna.name } });
        const { wire } = await gateway.ask(calling(era, 'people'));
        assert.ok(!wire.includes(anna.name), wire);
      }
    });

    test(`${era}: a policy that would refuse the call by now refuses what came of it`, async () => {
      const taskId = await begun(era);
      const bundle = await askingBundle();
      const data = JSON.parse(fileOf(bundle, 'data.json'));
      delete data.catalogue.desk.echo;
      const put = async (bytes: Uint8Array) => {
        writeFileSync(join(gateway.directory, 'bundle.tar.gz'), bytes);
        await gateway.running.reload();
      };
      await put(repack(bundle, { 'data.json': JSON.stringify(data) }));
      try {
        for (const method of methods) {
          const { last } = await gateway.ask(about(era, method, taskId));
          assert.deepEqual(last.error?.data?.['writ/decision']?.rules, ['writ.uncatalogued'], method);
        }
        assert.deepEqual(gateway.stub.seen, []);
      } finally {
        await put(bundle);
      }
      gateway.stub.conduct = result({ ...task(taskId), resultType: 'complete' });
      assert.equal(await codeOf(about(era, 'tasks/get', taskId)), 200);
    });
  }

  test('legacy: a list of tasks is of those that the caller began, without words', async () => {
    const mine = [await begun('legacy'), await begun('legacy', 'people')];
    const theirs = await begun('legacy', 'echo', { persona: 'medical-officer' });
    const all = [...mine, theirs, 'nobody'].map((id) => task(id, { statusMessage: `canary of ${id}`, note: 'canary' }));
    gateway.stub.conduct = result({ tasks: [...all, 'canary', null, { taskId: 7 }], nextCursor: 'n' });
    const { last, wire } = await gateway.ask(about('legacy', 'tasks/list', undefined));
    assert.deepEqual(last.result, { tasks: mine.map((id) => task(id)), nextCursor: 'n' });
    assert.doesNotMatch(wire, /canary/);
    const other = await gateway.ask(about('legacy', 'tasks/list', undefined, { persona: 'medical-officer' }));
    assert.deepEqual(other.last.result, { tasks: [task(theirs)], nextCursor: 'n' });
    gateway.stub.conduct = result({ tasks: 'canary' });
    assert.equal(await codeOf(about('legacy', 'tasks/list', undefined)), 'WRIT_UPSTREAM_INVALID');
  });

  test('modern: there is no list and no result; and nothing of tasks without the extension', async () => {
    const taskId = await begun('modern');
    for (const method of ['tasks/list', 'tasks/result']) {
      const { status, last } = await gateway.ask(about('modern', method, taskId));
      assert.deepEqual([status, last.error?.code], [404, -32601]);
    }
    const { status, last } = await gateway.ask({ ...about('modern', 'tasks/get', taskId), params: { taskId } });
    assert.deepEqual([status, last.error?.code], [400, -32021]);
    assert.deepEqual(gateway.stub.seen, []);
  });

  test('legacy: a call that did not ask for it is answered now: what looks like a task is a result', async () => {
    gateway.stub.conduct = result({ ...people, task: task('t-9') });
    const { last, wire } = await gateway.ask({
      server: 'desk',
      era: 'legacy',
      params: { name: 'people', arguments: {} },
    });
    assert.deepEqual(last.result?.structuredContent, shown);
    assert.ok(!wire.includes(anna.name));
    assert.equal(await codeOf(about('legacy', 'tasks/get', 't-9')), 'WRIT_TASK_UNKNOWN');
  });

  test('how a task stands is told to who began it, and to nobody else', async () => {
    const session = await beginSession(gateway, 's-1', { server: 'desk' });
    const [open, hidden, theirs] = [
      await begun('legacy'),
      await begun('legacy', 'people'),
      await begun('legacy', 'echo', { persona: 'medical-officer' }),
    ];
    const get = held();
    gateway.stub.conduct = conducts({ GET: get.conduct });
    const stream = await openStream(gateway, listening(session));
    await get.begun();
    const status = (taskId: unknown) => ({
      jsonrpc: '2.0',
      method: 'notifications/tasks/status',
      params: task(String(taskId), { statusMessage: `canary of ${taskId}` }),
    });
    for (const id of [theirs, 'nobody', hidden, open]) get.say(status(id));
    get.say({ jsonrpc: '2.0', method: 'notifications/tasks/status', params: { canary: 1 } });
    get.say({ jsonrpc: '2.0', method: 'notifications/tasks', params: { ...task(hidden), result: { canary: 1 } } });
    get.say({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
    await stream.has(3);
    assert.deepEqual(
      stream.messages.map(({ params }) => params),
      [task(hidden), task(open, { statusMessage: `canary of ${open}` }), undefined],
    );
    assert.ok(!stream.text().replace(`canary of ${open}`, '').includes('canary'));
    await stream.leave();
  });

  test("modern: what a task tells on a subscription is its caller's as well", async () => {
    const [open, hidden, theirs] = [
      await begun('modern'),
      await begun('modern', 'people'),
      await begun('modern', 'echo', { persona: 'medical-officer' }),
    ];
    const tell = (taskId: string) =>
      event({
        jsonrpc: '2.0',
        method: 'notifications/tasks',
        params: { ...task(taskId, { status: 'completed' }), result: people },
      });
    const end = event({ jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
    gateway.stub.conduct = raw(
      200,
      { 'content-type': 'text/event-stream' },
      tell(theirs) + tell(hidden) + tell(open) + end,
    );
    const { messages } = await gateway.ask({
      server: 'desk',
      rpc: 'subscriptions/listen',
      params: { notifications: { taskIds: [open, hidden, theirs] }, _meta: declared },
    });
    const ids = messages.map(({ params }) => params?.taskId);
    assert.ok(!ids.includes(theirs));
    for (const { params } of messages)
      if (params?.taskId === hidden) assert.ok(!JSON.stringify(params).includes(anna.name));
    assert.deepEqual(messages.find(({ params }) => params?.taskId === open)?.params?.result, people);
  });

  test('modern: a task asks, and takes answers to what it asked alone', async () => {
    const taskId = await begun('modern');
    const asked = { q: { method: 'elicitation/create', params: { message: 'Sure?', about: anna.name } } };
    gateway.stub.conduct = result({
      ...task(taskId, { status: 'input_required' }),
      resultType: 'complete',
      inputRequests: asked,
    });
    const { last, wire } = await gateway.ask(about('modern', 'tasks/get', taskId));
    assert.deepEqual(last.result?.inputRequests, {
      q: { method: 'elicitation/create', params: { message: 'Sure?', about: '[redacted]' } },
    });
    assert.ok(!wire.includes(anna.name));
    assert.equal('requestState' in (last.result ?? {}), false);
    gateway.stub.conduct = result({ resultType: 'complete' });
    const inputResponses = { q: { action: 'accept', content: { email: 'anna@example.com' } }, x: { canary: 1 } };
    assert.equal(await codeOf(about('modern', 'tasks/update', taskId, {}, { inputResponses })), 200);
    const { body = '', message } = gateway.stub.seen.at(-1) ?? {};
    assert.deepEqual(Object.keys(Object(message?.params?.inputResponses)), ['q']);
    assert.doesNotMatch(body, /canary|anna@example/);
    const secret = { q: { action: 'accept', content: { secret: 1 } } };
    const refused = await gateway.ask(about('modern', 'tasks/update', taskId, {}, { inputResponses: secret }));
    assert.deepEqual(refused.last.error?.data?.['writ/decision']?.rules, ['desk.deny.secrets']);
    gateway.stub.conduct = result({
      ...task(taskId),
      resultType: 'complete',
      inputRequests: { p: { method: 'elicitation/create', params: { message: 'password, canary' } } },
    });
    const denied = await gateway.ask(about('modern', 'tasks/get', taskId));
    assert.doesNotMatch(denied.wire, /canary/);
    assert.deepEqual(denied.last.error?.data?.['writ/decision']?.rules, ['desk.deny.passwords']);
  });

  test('each is on record as what it was', async () => {
    const entries = await gateway.entries();
    const methods = new Set(decided(entries).map(([method, direction, effect]) => `${method} ${direction} ${effect}`));
    for (const kind of [
      'tasks/get to-server allow',
      'tasks/get to-server deny',
      'tasks/result to-server allow',
      'tasks/list to-server allow',
      'tasks/cancel to-server allow',
      'tasks/update to-server allow',
      'tasks/update to-server deny',
      'elicitation/create to-client allow',
      'elicitation/create to-server allow',
    ])
      assert.ok(methods.has(kind), kind);
    for (const { status } of ofKind(entries, 'outcome')) assert.notEqual(status, 'unknown');
  });
});

test('nobody without a name is shown a list of tasks, which would be those of everybody', async () => {
  const gateway = await openAsking({ anonymous: 'allow' });
  try {
    gateway.stub.conduct = result({ task: task('t-1') });
    const begun = await gateway.ask({
      server: 'desk',
      era: 'legacy',
      nobody: true,
      params: { name: 'echo', arguments: {}, task: {} },
    });
    assert.deepEqual(begun.last.result, { task: task('t-1') });
    gateway.stub.conduct = result({ tasks: [task('t-1')] });
    const { last } = await gateway.ask({ server: 'desk', era: 'legacy', nobody: true, rpc: 'tasks/list' });
    assert.deepEqual(last.result, { tasks: [] });
  } finally {
    await gateway.close();
  }
});
