import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { result } from '../support/stub-server.ts';
import { encodings } from './encodings.ts';
import { customer, harmless, marked } from './marked.ts';
import { keeps, openLeaks, strategies } from './scene.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

const ways = Object.entries(encodings).filter(([how]) =>
  /^(?:as it is|upper case|fullwidth letters|one Cyrillic letter|zero-width spaces|soft hyphens|percent-encoding of all|character references, decimal|escapes of JSON|base64|hexadecimal|letters with spaces|tags within|from its end|JSON in JSON in JSON)$/.test(
    how,
  ),
);

for (const strategy of strategies)
  describe(`masked by ${strategy}`, () => {
    for (const [how, write] of ways)
      test(how, async () => {
        const words = `It is ${write(marked.email)} (${harmless})`;
        const structuredContent = { customer, note: `By ${write(marked.email)} of ${write(marked.name)}.` };
        gateway.stub.conduct = result({
          resultType: 'complete',
          content: [{ type: 'text', text: words }],
          structuredContent,
        });
        keeps(await gateway.call(strategy), [marked.email, marked.name]);
      });
  });

describe('masked by path', () => {
  for (const [how, write] of ways)
    test(how, async () => {
      const structuredContent = {
        customer: { name: marked.name, email: marked.email },
        note: write(marked.email),
        state: harmless,
      };
      gateway.stub.conduct = result({
        resultType: 'complete',
        content: [{ type: 'text', text: write(marked.name) }],
        structuredContent,
      });
      keeps(
        await gateway.call('paths'),
        how === 'as it is' || how === 'upper case' || /^escapes of JSON$|JSON in/.test(how)
          ? [marked.email, marked.name]
          : [],
      );
    });
});
