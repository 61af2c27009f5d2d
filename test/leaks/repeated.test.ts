import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { result } from '../support/stub-server.ts';
import { customer, harmless, marked } from './marked.ts';
import { fine, text } from './say.ts';
import { keeps, openLeaks, strategies } from './scene.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

const { email, name } = marked;
const structured = { customer, note: `By ${email}`, state: harmless, n: 7, big: 12345678901234567890n.toString() };
const plain = JSON.stringify(structured);
const escaped = (value: string) =>
  [...value].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

/** The document of structuredContent once more, set out otherwise, or nearly that document. */
const texts: Record<string, string> = {
  'as it is': plain,
  indented: JSON.stringify(structured, null, 2),
  'indented by tabs': JSON.stringify(structured, null, '\t'),
  'with blanks around': `\n  ${plain}\r\n\t `,
  'blanks of many kinds within': plain.replace(/,"/g, ' ,\r\n\t "'),
  'values escaped': plain.replaceAll(email, escaped(email)).replaceAll(name, escaped(name)),
  'names escaped': plain.replaceAll('"email"', `"${escaped('email')}"`),
  'every string escaped, indented': JSON.stringify(structured, null, 1).replace(
    /"((?:[^"\\]|\\.)*)"/g,
    (_, value: string) => `"${escaped(JSON.parse(`"${value}"`))}"`,
  ),
  'slashes escaped': plain.replaceAll('.', '\\u002e').replaceAll('@', '\\u0040'),
  'members in another order': JSON.stringify(Object.fromEntries(Object.entries(structured).reverse())),
  'members within in another order': JSON.stringify({
    ...structured,
    customer: Object.fromEntries(Object.entries(customer).reverse()),
  }),
  'one member more': JSON.stringify({ ...structured, by: email }),
  'one member more within': JSON.stringify({ ...structured, customer: { ...customer, other: email } }),
  'one member more, a value as its name': JSON.stringify({ ...structured, [email]: 1 }),
  'one member less': JSON.stringify({ ...structured, n: undefined }),
  'a member twice': plain.replace('"state"', `"note":"By ${email}","state"`),
  'a member twice, the first of the marked': plain.replace('"note"', `"state":"${email}","note"`),
  'a member twice, escaped once': plain.replace('"state"', `"n\\u006fte":"${email}","state"`),
  'a member twice, indented': JSON.stringify(structured, null, 2).replace('"state"', `"note": "${email}", "state"`),
  'words behind it': `${plain} by ${email}`,
  'words before it': `${email} ${plain}`,
  'words behind it, indented': `${JSON.stringify(structured, null, 2)}\nby ${email}`,
  'the document twice': plain + plain,
  'the document twice, in lines': `${plain}\n${JSON.stringify(structured, null, 2)}`,
  'a comma behind it': `${plain},`,
  'a comma behind its last member': plain.replace(/\}$/, ',}'),
  'a comment in it': plain.replace('"note"', `/* ${email} */"note"`),
  'a comment behind it': `${plain} // ${email}`,
  'in a block of Markdown': `\`\`\`json\n${JSON.stringify(structured, null, 2)}\n\`\`\``,
  'behind a byte order mark': `\ufeff${plain}`,
  'behind a prefix against scripts': `)]}',\n${plain}`,
  'in an array': `[${plain}]`,
  'in a member': `{"result":${plain}}`,
  'as a string': JSON.stringify(plain),
  'as a string, indented': JSON.stringify(JSON.stringify(structured, null, 2)),
  'numbers written otherwise': plain.replace('"n":7', '"n":7.0').replace(/$/, '  '),
  'with __proto__': plain.replace('"note"', `"__proto__":{"by":"${email}"},"note"`),
  'in quotes of the other kind': plain.replaceAll('"', "'"),
  'as a function call': `callback(${plain});`,
  'broken off': plain.slice(0, -12),
  'with letters of no width in names': plain.replaceAll('"note"', '"no\u200bte"'),
  'as Base64 of the indented': Buffer.from(JSON.stringify(structured, null, 2)).toString('base64'),
};

describe('structuredContent once more as text', () => {
  for (const [how, words] of Object.entries(texts)) {
    test(how, async () => {
      gateway.stub.conduct = result({
        resultType: 'complete',
        content: [text(words), fine],
        structuredContent: structured,
      });
      keeps(await gateway.call('leaks'));
    });
    test(`${how}, more than once`, async () => {
      gateway.stub.conduct = result({
        resultType: 'complete',
        content: [text(plain), text(words), text(words), fine],
        structuredContent: structured,
      });
      keeps(await gateway.call('leaks'));
    });
  }
});

describe('structuredContent of nobody, and a text that says more', () => {
  const nobody = { state: harmless, note: 'open' };
  for (const [how, words] of Object.entries({
    'another value': JSON.stringify({ state: harmless, note: email }, null, 2),
    'another name': JSON.stringify({ state: harmless, note: 'open', [email]: 1 }),
    'a member twice': `{"state":"${email}","state":"${harmless}","note":"open"}`,
    'a member twice, the last read': `{"state":"${harmless}","note":"open","note":"${email}"}`,
    'words behind': `${JSON.stringify(nobody)}\n\n\n${email}`,
    'letters in the blanks': JSON.stringify(nobody, null, 2)
      .replace(/\n/g, () => `\n${'\u200b'}`)
      .replace('}', `} ${email}`),
  }))
    test(how, async () => {
      gateway.stub.conduct = result({
        resultType: 'complete',
        content: [text(words), fine],
        structuredContent: nobody,
      });
      keeps(await gateway.call('leaks'), [email]);
    });
});

describe('in other ways of masking', () => {
  for (const pack of [...strategies, 'paths'])
    for (const how of ['indented', 'values escaped', 'one member more', 'a member twice', 'words behind it'])
      test(`${pack}: ${how}`, async () => {
        const said = { customer: { name, email }, state: harmless, note: 'open' };
        const whole = JSON.stringify(said, null, 2);
        const words = {
          indented: whole,
          'values escaped': whole.replace(email, escaped(email)).replace(name, escaped(name)),
          'one member more': JSON.stringify({ ...said, customer: { ...said.customer, other: name } }),
          'a member twice': whole.replace('"state"', `"customer": {"name":"${name}"}, "state"`),
          'words behind it': `${whole} by ${name}`,
        }[how];
        gateway.stub.conduct = result({
          resultType: 'complete',
          content: [text(words ?? ''), fine],
          structuredContent: said,
        });
        keeps(await gateway.call(pack), [name, email]);
      });
});
