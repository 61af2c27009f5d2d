import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { failure, result } from '../support/stub-server.ts';
import { harmless, marked } from './marked.ts';
import { base64, calling, eras, fine, text } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let session: Record<string, string> = {};
before(async () => {
  gateway = await openLeaks();
  session = await beginSession(gateway, 's-methods', { server: 'leaks' });
});
after(() => gateway.close());

const { email } = marked;

for (const era of eras) {
  describe(`${era}: other methods answer`, () => {
    const methods: Record<string, { rpc: string; params: Record<string, unknown>; results: Record<string, object> }> = {
      'a resource': {
        rpc: 'resources/read',
        params: { uri: 'crm://1' },
        results: {
          'its text': { contents: [{ uri: 'crm://1', text: `${harmless}: ${email}` }] },
          'its blob': {
            contents: [
              { uri: 'crm://1', text: harmless },
              { uri: 'crm://1', blob: base64(email) },
            ],
          },
          'another URI': {
            contents: [
              { uri: 'crm://1', text: harmless },
              { uri: `crm://${email}`, text: 'x' },
            ],
          },
          'its MIME type': { contents: [{ uri: 'crm://1', text: harmless, mimeType: `text/${email}` }] },
          'its _meta': { contents: [{ uri: 'crm://1', text: harmless, _meta: { by: email } }] },
          'JSON in it': { contents: [{ uri: 'crm://1', text: JSON.stringify({ state: harmless, by: email }) }] },
          'texts that are one': {
            contents: [
              { uri: 'crm://1', text: harmless },
              { uri: 'crm://1', text: 'ilka.vondra' },
              { uri: 'crm://1', text: 'cek@example.org' },
            ],
          },
        },
      },
      'a prompt': {
        rpc: 'prompts/get',
        params: { name: 'greet' },
        results: {
          'its text': { messages: [{ role: 'user', content: text(`${harmless}: ${email}`) }] },
          'its description': { description: email, messages: [{ role: 'user', content: fine }] },
          'the role': {
            messages: [
              { role: 'user', content: fine },
              { role: email, content: text('x') },
            ],
          },
          'a resource in it': {
            messages: [
              { role: 'user', content: fine },
              { role: 'user', content: { type: 'resource', resource: { uri: 'crm://1', text: email } } },
            ],
          },
          'its _meta': { _meta: { by: email }, messages: [{ role: 'user', content: fine }] },
          'messages that are one': {
            messages: [
              { role: 'user', content: text('ilka.vondra') },
              { role: 'user', content: text('cek@example.org') },
              { role: 'user', content: fine },
            ],
          },
        },
      },
      'a completion': {
        rpc: 'completion/complete',
        params: { ref: { type: 'ref/prompt', name: 'greet' }, argument: { name: 'who', value: 'i' } },
        results: {
          values: { completion: { values: [harmless, email], total: 2, hasMore: false } },
          'its _meta': { completion: { values: [harmless] }, _meta: { by: email } },
          'other members': { completion: { values: [harmless], by: email }, by: email },
        },
      },
    };
    for (const [what, { rpc, params, results }] of Object.entries(methods))
      for (const [where, value] of Object.entries(results))
        test(`${what}: ${where}`, async () => {
          gateway.stub.conduct = result(era === 'modern' ? { resultType: 'complete', ...value } : value);
          const mirrored = rpc === 'resources/read' && era === 'modern' ? { 'mcp-name': 'crm://1' } : {};
          const base = calling(session, era, { rpc, params });
          keeps(
            await gateway.ask({ ...base, headers: { ...base.headers, ...mirrored } }),
            [email],
            where !== 'the role',
          );
        });
  });

  describe(`${era}: errors`, () => {
    const errors: Record<string, object> = {
      'the message': { code: -32000, message: `No mail to ${email}` },
      'the data': { code: -32000, message: 'x', data: { by: email } },
      'data that is a string': { code: -32000, message: 'x', data: email },
      'a name in the data': { code: -32000, message: 'x', data: { [email]: 1 } },
      'the code': { code: email, message: 'x' },
      'another member': { code: -32000, message: 'x', by: email },
      'JSON in the message': { code: -32000, message: JSON.stringify({ by: email }) },
      'the message in base64': { code: -32000, message: base64(email) },
      'letters with spaces in the message': { code: -32000, message: [...email].join(' ') },
    };
    for (const [where, error] of Object.entries(errors))
      for (const status of [200, 400])
        test(`${where}, ${status}`, async () => {
          gateway.stub.conduct = failure(error, status);
          keeps(await gateway.ask(calling(session, era)), [email], false);
        });
  });
}
