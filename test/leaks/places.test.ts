import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { result } from '../support/stub-server.ts';
import { marked } from './marked.ts';
import { base64, calling, eras, fine, text } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let session: Record<string, string> = {};
before(async () => {
  gateway = await openLeaks();
  session = await beginSession(gateway, 's-places', { server: 'leaks' });
});
after(() => gateway.close());

const { email, name } = marked;
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

for (const era of eras)
  describe(`${era}: a tool answers`, () => {
    for (const [where, value] of Object.entries(ofTool))
      test(where, async () => {
        gateway.stub.conduct = result(era === 'modern' ? { resultType: 'complete', ...value } : value);
        const refused = where === 'the kind of result' || where === 'an error flag';
        keeps(await gateway.ask(calling(session, era)), [email], !refused);
      });
  });
