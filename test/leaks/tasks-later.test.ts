import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { conducts, held, listening, openStream } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { event, failure, raw, result } from '../support/stub-server.ts';
import type { Asked, Era } from '../support/surroundings.ts';
import { declaresTasks as declared, workingTask as task } from '../support/tasks.ts';
import { customer, harmless, marked } from './marked.ts';
import { eras, fine, notification, text, ways } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let count = 0;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

const { email, name } = marked;
const begin = (): Promise<Record<string, string>> => beginSession(gateway, `s-later-${count++}`, { server: 'leaks' });

/** A task that a call of this caller began, in a session where there are sessions. */
async function begun(era: Era, session: Record<string, string>): Promise<string> {
  const taskId = `later-${count++}`;
  gateway.stub.conduct = result(era === 'legacy' ? { task: task(taskId) } : { resultType: 'task', ...task(taskId) });
  const more = era === 'legacy' ? { task: { ttl: 60_000 } } : { _meta: declared };
  const { last } = await gateway.ask({
    server: 'leaks',
    era,
    headers: session,
    params: { name: 'echo', arguments: {}, ...more },
  });
  assert.equal(last.error, undefined);
  return taskId;
}

const about = (era: Era, rpc: string, taskId: string, session: Record<string, string>, more: object = {}): Asked => ({
  server: 'leaks',
  era,
  rpc,
  params: { taskId, ...more, ...(era === 'modern' && { _meta: declared }) },
  headers: era === 'legacy' ? session : { 'mcp-name': taskId },
});

/** What came of it, as servers of each era tell it. */
const outcome = (era: Era, taskId: string, value: object, more: object = {}) =>
  result(
    era === 'legacy' ? value : { resultType: 'complete', ...task(taskId), status: 'completed', ...more, result: value },
  );
const fetched = (era: Era) => (era === 'legacy' ? 'tasks/result' : 'tasks/get');

for (const era of eras) {
  const sessions = async (): Promise<[Record<string, string>, Record<string, string>]> =>
    era === 'legacy' ? [await begin(), await begin()] : [{}, {}];

  describe(`${era}: what came of a task`, () => {
    for (const [how, write] of ways) {
      const words = `Write to ${write(email)} today`;
      const value = { content: [fine, text(words)], structuredContent: { note: words, [words]: 1 } };

      test(`fetched in another session: ${how}`, async () => {
        const [first, second] = await sessions();
        const taskId = await begun(era, first);
        gateway.stub.conduct = outcome(era, taskId, value);
        keeps(await gateway.ask(about(era, fetched(era), taskId, second)), [email]);
      });
      test(`fetched twice, and once more when its session has ended: ${how}`, async () => {
        const [first, second] = await sessions();
        const taskId = await begun(era, first);
        gateway.stub.conduct = outcome(era, taskId, value);
        for (let time = 0; time < 2; time++) keeps(await gateway.ask(about(era, fetched(era), taskId, first)), [email]);
        if (era === 'legacy') await gateway.ask({ server: 'leaks', era, method: 'DELETE', body: '', headers: first });
        gateway.stub.conduct = outcome(era, taskId, value);
        keeps(await gateway.ask(about(era, fetched(era), taskId, second)), [email]);
      });
      test(`in words of how it stands: ${how}`, async () => {
        const [first, second] = await sessions();
        const taskId = await begun(era, first);
        for (const rpc of ['tasks/get', 'tasks/cancel']) {
          const said = task(taskId, { statusMessage: words, note: words, _meta: { by: words } });
          gateway.stub.conduct = result({ resultType: 'complete', ...said });
          const answer = await gateway.ask(about(era, rpc, taskId, second));
          keeps(answer, [email], false);
          assert.ok(answer.wire.includes('"working"'), 'how it stands arrived');
        }
      });
      test(`in an error: ${how}`, async () => {
        const [first, second] = await sessions();
        const taskId = await begun(era, first);
        gateway.stub.conduct = failure({ code: -32603, message: words, data: { by: words } });
        keeps(await gateway.ask(about(era, fetched(era), taskId, second)), [email], false);
      });
    }

    test('a record in it, and its name in the words beside it', async () => {
      const [first, second] = await sessions();
      const taskId = await begun(era, first);
      const value = { content: [fine, text(`${name.toUpperCase()} called`)], structuredContent: { customer } };
      gateway.stub.conduct = outcome(era, taskId, value, { statusMessage: `${name} called` });
      keeps(await gateway.ask(about(era, fetched(era), taskId, second)));
    });
    test('asked for by another caller', async () => {
      const [first] = await sessions();
      const taskId = await begun(era, first);
      gateway.stub.conduct = outcome(era, taskId, { content: [text(email)] });
      const asked = { ...about(era, fetched(era), taskId, {}), persona: 'medical-officer' as const };
      keeps(await gateway.ask(asked), [email], false);
    });
  });
}

describe('how a task stands, told of its own accord', () => {
  for (const [how, write] of ways) {
    const words = `Write to ${write(email)} today`;
    const said = (taskId: string) => task(taskId, { statusMessage: words, note: words, _meta: { by: words } });

    test(`legacy, on the stream of another session: ${how}`, async () => {
      const taskId = await begun('legacy', await begin());
      const session = await begin();
      const get = held();
      gateway.stub.conduct = conducts({ GET: get.conduct });
      const stream = await openStream(gateway, listening(session, 'leaks'));
      await get.begun();
      get.say(notification('tasks/status', said(taskId)), 'e-1');
      get.say(notification('message', { level: 'info', data: harmless }), 'e-2');
      await stream.has(2);
      await stream.leave();
      keeps({ wire: stream.text() }, [email]);
      assert.ok(stream.text().includes(taskId));
    });
    test(`modern, on a subscription, with what came of it: ${how}`, async () => {
      const taskId = await begun('modern', {});
      const value = { content: [fine, text(words)], structuredContent: { note: words } };
      const told = [said(taskId), { ...said(taskId), status: 'completed', result: value }];
      gateway.stub.conduct = raw(
        200,
        { 'content-type': 'text/event-stream' },
        told.map((params) => event(notification('tasks', params))).join(''),
      );
      const answer = await gateway.ask({
        server: 'leaks',
        rpc: 'subscriptions/listen',
        params: { notifications: { taskIds: [taskId] }, _meta: declared },
      });
      keeps(answer, [email]);
    });
    test(`modern, what it asks: ${how}`, async () => {
      const taskId = await begun('modern', {});
      const requestedSchema = { type: 'object', properties: { a: { type: 'string', title: words, default: words } } };
      const question = { method: 'elicitation/create', params: { message: `(${harmless}) ${words}`, requestedSchema } };
      gateway.stub.conduct = result({
        resultType: 'complete',
        ...task(taskId, { status: 'input_required' }),
        inputRequests: { q: question },
      });
      keeps(await gateway.ask(about('modern', 'tasks/get', taskId, {})), [email]);
    });
    test(`legacy, what it asks while its result is awaited in another session: ${how}`, async () => {
      const taskId = await begun('legacy', await begin());
      const session = await begin();
      const post = held();
      gateway.stub.conduct = conducts({ 'tasks/result': post.conduct });
      const opening = openStream(gateway, { ...about('legacy', 'tasks/result', taskId, session), id: 'r' });
      await post.begun();
      const _meta = { 'io.modelcontextprotocol/related-task': { taskId } };
      const requestedSchema = { type: 'object', properties: {} };
      post.say({
        jsonrpc: '2.0',
        id: 'q',
        method: 'elicitation/create',
        params: { message: words, requestedSchema, _meta },
      });
      post.say({ jsonrpc: '2.0', id: 'r', result: { content: [fine, text(words)], _meta } });
      post.end();
      const stream = await opening;
      await stream.ended;
      keeps({ wire: stream.text() }, [email]);
    });
  }

  test('modern, a question that is named by a value', async () => {
    const taskId = await begun('modern', {});
    const question = { method: 'elicitation/create', params: { message: 'Sure?' } };
    const inputRequests = { [email]: question, q: question };
    gateway.stub.conduct = result({ resultType: 'complete', ...task(taskId), inputRequests });
    keeps(await gateway.ask(about('modern', 'tasks/get', taskId, {})), [email], false);
  });
  test('legacy, a list of tasks in another session', async () => {
    const taskId = await begun('legacy', await begin());
    const tasks = [
      task(taskId, { statusMessage: email, by: email }),
      task(email),
      task('other', { statusMessage: email }),
    ];
    gateway.stub.conduct = result({ tasks, nextCursor: 'n', _meta: { by: email } });
    const { params: _, ...asked } = about('legacy', 'tasks/list', taskId, await begin());
    const answer = await gateway.ask(asked);
    keeps(answer, [email], false);
    assert.ok(answer.wire.includes(taskId));
  });
});
