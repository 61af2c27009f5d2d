import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { raw } from '../support/stub-server.ts';
import { harmless, marked } from './marked.ts';
import { fine } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

const { email } = marked;

describe('the wire around an answer', () => {
  const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [fine], resultType: 'complete' } });
  const type = { 'content-type': 'application/json' };
  const wires: Record<string, [number, Record<string, string>, string]> = {
    'a header of its own': [200, { ...type, 'x-customer': email }, answer],
    'a header of MCP': [200, { ...type, 'mcp-name': email, 'mcp-method': email, 'mcp-param-x': email }, answer],
    'a cookie': [200, { ...type, 'set-cookie': `u=${email}` }, answer],
    'a link': [200, { ...type, link: `<mailto:${email}>; rel=author`, location: `https://a.example/${email}` }, answer],
    'an entity tag': [200, { ...type, etag: `"${email}"`, server: email, via: email, warning: email }, answer],
    'a parameter of the media type': [200, { 'content-type': `application/json; by="${email}"` }, answer],
    'a page with an error': [500, { 'content-type': 'text/html' }, `<h1>${email}</h1>`],
    'a status and a body': [403, { ...type, 'www-authenticate': `Bearer realm="${email}"` }, `{"by":"${email}"}`],
    'a redirect': [302, { location: `https://a.example/${email}` }, ''],
    'another id': [200, type, answer.replace('"id":1', `"id":"${email}"`)],
    'another member of the message': [200, type, answer.replace('{"jsonrpc"', `{"by":"${email}","jsonrpc"`)],
    'a result and an error': [200, type, answer.replace('"id":1', `"id":1,"error":{"code":1,"message":"${email}"}`)],
    'a name twice': [200, type, answer.replace('"content"', `"content":[{"type":"text","text":"${email}"}],"content"`)],
    'something behind the answer': [200, type, `${answer} ${email}`],
    'an answer to another in a batch': [200, type, `[${answer},{"jsonrpc":"2.0","id":2,"result":{"by":"${email}"}}]`],
    'octets that are no UTF-8': [200, type, answer.replace(harmless, `${harmless}\udc80${email}`)],
  };
  for (const [where, [status, headers, body]] of Object.entries(wires))
    test(where, async () => {
      gateway.stub.conduct = raw(status, headers, body);
      const arrives = status === 200 && /header|cookie|link|tag|parameter/.test(where);
      keeps(await gateway.call('leaks'), [email], arrives);
    });
});
