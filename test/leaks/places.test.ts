import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { failure, raw, result } from '../support/stub-server.ts';
import type { Asked, Era } from '../support/surroundings.ts';
import { customer, harmless, marked } from './marked.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let session: Record<string, string> = {};
before(async () => {
  gateway = await openLeaks();
  session = await beginSession(gateway, 's-places', { server: 'leaks' });
});
after(() => gateway.close());

const { email, name } = marked;
const text = (words: string) => ({ type: 'text', text: words });
/** In brackets: letters at the border of two texts may be one value's. */
const fine = text(`(${harmless})`);
const base64 = (words: string) => Buffer.from(words).toString('base64');
const nested = (depth: number, value: unknown) => {
  let whole = value;
  for (let level = 0; level < depth; level++) whole = level % 2 === 0 ? { a: whole } : [whole];
  return whole;
};
const inText = (depth: number, value: unknown) => {
  let whole = JSON.stringify(value);
  for (let level = 1; level < depth && whole.length < 100_000; level++) whole = JSON.stringify({ a: whole });
  return whole;
};

/** Results of a tool call that hold the address somewhere, and something harmless where it is looked for. */
const ofTool: Record<string, object> = {
  'a text': { content: [text(`By ${email}`), fine] },
  'a text of nothing else': { content: [text(email), fine] },
  'the second of texts': { content: [fine, text(email)] },
  'a name of a member beside a text': { content: [fine], [email]: 1 },
  'a string of structured content': { content: [fine], structuredContent: { note: `By ${email}` } },
  'a name of a member': { content: [fine], structuredContent: { [email]: 1 } },
  'a name of a member, with more': { content: [fine], structuredContent: { [`of ${email}`]: { [email]: [email] } } },
  'an item of an array': { content: [fine], structuredContent: { all: [1, [email]] } },
  'sixty levels down': { content: [fine], structuredContent: nested(60, { note: email }) as object },
  'sixty levels down, in a name': { content: [fine], structuredContent: nested(60, { [email]: 1 }) as object },
  'JSON in a text': { content: [text(JSON.stringify({ note: email })), fine] },
  'JSON in JSON in a text': { content: [text(inText(2, { note: email })), fine] },
  'JSON in JSON six deep': { content: [text(inText(6, { note: email })), fine] },
  'JSON in a string of structured content': { content: [fine], structuredContent: { raw: inText(3, [email]) } },
  'JSON that is not strict': { content: [text(`{note: '${email}',}`), fine] },
  'two JSON texts in one': { content: [text(`{"a":1}\n{"a":"${email}"}`), fine] },
  'JSON behind words': { content: [text(`Result: {"a":"${email}"}`), fine] },
  'JSON in a block of Markdown': { content: [text(`\`\`\`json\n{"a":"${email}"}\n\`\`\``), fine] },
  'a row of CSV': { content: [text(`id,who,mail\n1,${name},${email}\n2,x,y@z.example\n`), fine] },
  'a row of CSV with semicolons': { content: [text(`id;mail\n1;"${email}"\n`), fine] },
  'a row of TSV': { content: [text(`id\tmail\n1\t${email}\n`), fine] },
  'a table of Markdown': { content: [text(`| id | mail |\n| --- | --- |\n| 1 | ${email} |\n`), fine] },
  YAML: { content: [text(`customer:\n  mail: ${email}\n`), fine] },
  XML: { content: [text(`<customer mail="${email}"><mail>${email}</mail></customer>`), fine] },
  'a table of HTML': { content: [text(`<table><tr><td>1</td><td>${email}</td></tr></table>`), fine] },
  'an e-mail message': { content: [text(`From: Desk <${email}>\r\nSubject: x\r\n\r\nHello`), fine] },
  vCard: { content: [text(`BEGIN:VCARD\nEMAIL;TYPE=work:${email}\nEND:VCARD`), fine] },
  'a log line': { content: [text(`2026-01-01 INFO user=${email} action=login`), fine] },
  SQL: { content: [text(`INSERT INTO c (mail) VALUES ('${email}');`), fine] },
  'a URL': { content: [text(`https://a.example/u?mail=${encodeURIComponent(email)}`), fine] },
  'a URL with credentials': { content: [text(`https://${email}:x@a.example/`), fine] },
  'code of a program': { content: [text(`const to = "${email}"; // owner`), fine] },
  'the text of an embedded resource': {
    content: [{ type: 'resource', resource: { uri: 'crm://1', text: email } }, fine],
  },
  'the URI of an embedded resource': {
    content: [{ type: 'resource', resource: { uri: `crm://${email}`, text: 'x' } }, fine],
  },
  'the blob of an embedded resource': {
    content: [{ type: 'resource', resource: { uri: 'crm://1', blob: base64(email), mimeType: 'text/plain' } }, fine],
  },
  'the blob of a resource of octets': {
    content: [
      {
        type: 'resource',
        resource: { uri: 'crm://1', blob: base64(`\u0000${email}`), mimeType: 'application/octet-stream' },
      },
      fine,
    ],
  },
  'the MIME type of an embedded resource': {
    content: [{ type: 'resource', resource: { uri: 'crm://1', text: 'x', mimeType: `text/${email}` } }, fine],
  },
  '_meta of an embedded resource': {
    content: [{ type: 'resource', resource: { uri: 'crm://1', text: 'x', _meta: { by: email } } }, fine],
  },
  'the URI of a link': { content: [{ type: 'resource_link', uri: `mailto:${email}`, name: 'x' }, fine] },
  'the name of a link': { content: [{ type: 'resource_link', uri: 'crm://1', name: email }, fine] },
  'the title of a link': { content: [{ type: 'resource_link', uri: 'crm://1', name: 'x', title: email }, fine] },
  'the description of a link': {
    content: [{ type: 'resource_link', uri: 'crm://1', name: 'x', description: email }, fine],
  },
  'icons of a link': {
    content: [
      { type: 'resource_link', uri: 'crm://1', name: 'x', icons: [{ src: `https://a.example/${email}` }] },
      fine,
    ],
  },
  '_meta of a link': {
    content: [{ type: 'resource_link', uri: 'crm://1', name: 'x', _meta: { [email]: email } }, fine],
  },
  'a picture': { content: [{ type: 'image', data: base64(email), mimeType: 'image/png' }, fine] },
  'the type of a picture': { content: [{ type: 'image', data: 'AAAA', mimeType: `image/${email}` }, fine] },
  'a sound': { content: [{ type: 'audio', data: base64(email), mimeType: 'audio/ogg' }, fine] },
  'an unknown kind of content': { content: [{ type: 'video', words: email }, fine] },
  'the type of content': { content: [{ type: email }, fine] },
  'content that is no object': { content: [email, fine] },
  'annotations of a text': { content: [{ ...fine, annotations: { audience: [email], priority: 1, by: email } }] },
  'the time in annotations': { content: [{ ...fine, annotations: { lastModified: email } }] },
  '_meta of a text': { content: [{ ...fine, _meta: { by: email } }] },
  '_meta of the result': { content: [fine], _meta: { by: email, [email]: 1 } },
  '_meta of a progress token': { content: [fine], _meta: { progressToken: email } },
  'another member of the result': { content: [fine], extra: { by: email } },
  'another member of a text': { content: [{ ...fine, by: email }] },
  'the kind of result': { content: [fine], resultType: email },
  'an error of a tool': { isError: true, content: [text(`No mail to ${email}`), fine] },
  'an error flag': { isError: email, content: [fine] },
  'strings of an array that are one': {
    content: [fine],
    structuredContent: { parts: ['ilka.von', 'dracek@exa', 'mple.org'] },
  },
  'letters of an array': { content: [fine], structuredContent: { parts: [...email] } },
  'texts that are one': { content: [text('ilka.vondracek@exa'), text('mple.org'), fine] },
  'texts of a few letters': { content: [...(email.match(/.{1,3}/g) ?? []).map(text), fine] },
  'members that are one': {
    content: [fine],
    structuredContent: { local: 'ilka.vondracek', at: '@', domain: 'example.org' },
  },
};

/** What a field tells of, and where it recurs. */
const known: Record<string, object> = {
  'a name in a text': { content: [text(`${name} called`), fine], structuredContent: { customer } },
  'a name with the family first': { content: [text('Vondracek, Ilka called'), fine], structuredContent: { customer } },
  'a name in capitals': { content: [text('ILKA VONDRACEK called'), fine], structuredContent: { customer } },
  'a name as a handle': { content: [text('see @ilka_vondracek'), fine], structuredContent: { customer } },
  'a name in camel case': { content: [text('see IlkaVondracek'), fine], structuredContent: { customer } },
  'a name in a path': { content: [text('/home/ilka-vondracek/x'), fine], structuredContent: { customer } },
  'a name as a member': { content: [fine], structuredContent: { customer, byName: { [name]: 1 } } },
  'a name in an array, parted': { content: [fine], structuredContent: { customer, parts: ['Ilka', 'Vondracek'] } },
  'a name before its field': { content: [text(`${name} called`), fine], structuredContent: { note: name, customer } },
  'a name in JSON text alone': { content: [text(JSON.stringify({ customer })), text(`${name} called`), fine] },
  'a phone with other signs': { content: [text('call +49/170/555.01.43'), fine], structuredContent: { customer } },
  'a phone in one': { content: [text('call +491705550143'), fine], structuredContent: { customer } },
  'an IBAN in one': { content: [text('DE89370400440532013000'), fine], structuredContent: { customer } },
  'an IBAN in small letters': { content: [text('de89 3704 0044 0532 0130 00'), fine], structuredContent: { customer } },
  'an IBAN with dots': { content: [text('DE89.3704.0044.0532.0130.00'), fine], structuredContent: { customer } },
  'a card with hyphens': { content: [text('4111-1111-1111-1111'), fine], structuredContent: { customer } },
  'a card as a number': { content: [fine], structuredContent: { customer, n: 4111111111111111 } },
  'an id as a number': { content: [fine], structuredContent: { customer, n: 44051401359 } },
  'an id in a group of digits': { content: [text('44.051.401.359'), fine], structuredContent: { customer } },
  'an id with an exponent': { content: [text('4.4051401359e10'), fine], structuredContent: { customer } },
  'an id with decimals': { content: [text('44051401359.00'), fine], structuredContent: { customer } },
  'an id with commas': { content: [text('44,051,401,359'), fine], structuredContent: { customer } },
  'an address in lines': { content: [text('Lindenallee 14\n10969 Berlin'), fine], structuredContent: { customer } },
  'an address in capitals': { content: [text('LINDENALLEE 14, 10969 BERLIN'), fine], structuredContent: { customer } },
  'a secret within a URL': {
    content: [text(`https://x.example/?key=${marked.secret}`), fine],
    structuredContent: { customer },
  },
};

const asked = (era: Era, more: Asked = {}): Asked => ({
  server: 'leaks',
  era,
  ...(era === 'legacy' && { headers: session }),
  ...more,
});

for (const era of ['modern', 'legacy'] as const) {
  describe(`${era}: a tool answers`, () => {
    for (const [where, value] of Object.entries(ofTool))
      test(where, async () => {
        gateway.stub.conduct = result(era === 'modern' ? { resultType: 'complete', ...value } : value);
        const refused = where === 'the kind of result' || where === 'an error flag';
        keeps(await gateway.ask(asked(era, { params: { name: 'echo', arguments: {} } })), [email], !refused);
      });
  });

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
          const base = asked(era, { rpc, params });
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
          keeps(await gateway.ask(asked(era, { params: { name: 'echo', arguments: {} } })), [email], false);
        });
  });
}

describe('what a field tells of recurs as', () => {
  for (const [where, value] of Object.entries(known))
    test(where, async () => {
      gateway.stub.conduct = result({ resultType: 'complete', ...value });
      keeps(await gateway.call('leaks'));
    });
});

describe('codes of characters as numbers of an array', () => {
  const codesOf = (value: string) => [...value].map((letter) => letter.charCodeAt(0));
  test('of an address', async () => {
    const structuredContent = { codes: codesOf(email) };
    gateway.stub.conduct = result({ resultType: 'complete', content: [fine], structuredContent });
    keeps(await gateway.call('leaks'), [email]);
  });
  for (const [type, value] of Object.entries(marked))
    test(`of a value that stands elsewhere: ${type}`, async () => {
      const structuredContent = {
        customer: { [type === 'id' ? 'nationalId' : type]: value },
        codes: [7, ...codesOf(value), 4000],
      };
      gateway.stub.conduct = result({ resultType: 'complete', content: [fine], structuredContent });
      keeps(await gateway.call('leaks'), [value]);
    });
});

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
