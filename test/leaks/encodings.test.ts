import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { result } from '../support/stub-server.ts';
import { encodings, spoken } from './encodings.ts';
import { customer, harmless, type Kind, marked } from './marked.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

/** What the server says in text alone. */
async function said(text: string): Promise<void> {
  gateway.stub.conduct = result({
    content: [
      { type: 'text', text },
      { type: 'text', text: harmless },
    ],
  });
  keeps(await gateway.call('leaks'));
}

/** What it says beside the record that tells whose value it is. */
async function saidBeside(kind: Kind, text: string): Promise<void> {
  const structuredContent = { customer, note: text, state: harmless };
  gateway.stub.conduct = result({ content: [{ type: 'text', text: `Note: ${text}` }], structuredContent });
  keeps(await gateway.call('leaks'), [marked[kind]]);
}

describe('an address nobody told of', () => {
  for (const [how, write] of Object.entries({ ...encodings, ...spoken }))
    test(how, () => said(`Write to ${write(marked.email)} today`));
});

describe('a name that a field tells of', () => {
  for (const [how, write] of Object.entries(encodings))
    test(how, () => saidBeside('name', `It is ${write(marked.name)} who called`));
});

const digits = Object.entries(encodings).filter(([how]) =>
  /digits|base64$|hexadecimal$|percent-encoding of all|zero-width spaces$|fullwidth|references, decimal|escapes of JSON$|soft|tags within|no-break|letters with spaces|codes of|quoted-printable$/.test(
    how,
  ),
);

for (const kind of ['iban', 'card', 'secret'] as const)
  describe(`a value of its own form: ${kind}`, () => {
    for (const [how, write] of digits) test(how, () => said(`It is ${write(marked[kind])} as of now`));
  });

for (const kind of ['phone', 'id', 'address'] as const)
  describe(`a value that a field tells of: ${kind}`, () => {
    for (const [how, write] of digits) test(how, () => saidBeside(kind, `It is ${write(marked[kind])} as of now`));
  });
