import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { result } from '../support/stub-server.ts';
import { declaresTasks as declared, workingTask as task } from '../support/tasks.ts';
import { harmless, marked } from './marked.ts';
import { base64, calling, eras } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let session: Record<string, string> = {};
before(async () => {
  gateway = await openLeaks();
  session = await beginSession(gateway, 's-tasks', { server: 'leaks' });
});
after(() => gateway.close());

const { email } = marked;

describe('a task', () => {
  let count = 0;
  for (const era of eras) {
    /** Calls the tool, which answers with a task. */
    const begin = (begun: object) => {
      gateway.stub.conduct = result(era === 'legacy' ? { task: begun } : { resultType: 'task', ...begun });
      const asTask = era === 'legacy' ? { task: { ttl: 60_000 } } : { _meta: declared };
      return gateway.ask(calling(session, era, { params: { name: 'echo', arguments: {}, ...asTask } }));
    };
    const places: Record<string, object> = {
      'its message': { statusMessage: email },
      'its _meta': { _meta: { by: email } },
      'another member': { by: email },
      'its status': { status: email },
      'its time': { createdAt: email },
    };
    for (const [what, more] of Object.entries(places))
      test(`${era}: as it begins: ${what}`, async () => {
        const taskId = `t-${count++}`;
        keeps(await begin(task(taskId, more)), [email], false);
      });
    const results: Record<string, object> = {
      'a text': { content: [{ type: 'text', text: `(${harmless}) ${email}` }] },
      base64: { content: [{ type: 'text', text: `(${harmless}) ${base64(email)}` }] },
      'structured content': { content: [], structuredContent: { by: email, state: harmless } },
      _meta: { content: [{ type: 'text', text: harmless }], _meta: { by: email } },
    };
    for (const [what, value] of Object.entries(results))
      test(`${era}: what came of it: ${what}`, async () => {
        const taskId = `t-${count++}`;
        await begin(task(taskId));
        gateway.stub.conduct = result(
          era === 'legacy' ? value : { resultType: 'complete', ...task(taskId), status: 'completed', result: value },
        );
        const rpc = era === 'legacy' ? 'tasks/result' : 'tasks/get';
        const asked = {
          server: 'leaks',
          era,
          rpc,
          params: { taskId, ...(era === 'modern' && { _meta: declared }) },
          headers: era === 'legacy' ? session : { 'mcp-name': taskId },
        };
        keeps(await gateway.ask(asked), [email]);
      });
  }
});
