import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { result } from '../support/stub-server.ts';
import { customer, marked } from './marked.ts';
import { fine, text } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

const { email, name } = marked;

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
