import { customers } from '../../fixtures/servers/people.ts';

/**
 * The one call the benchmark makes, and its answer. Both are the same bytes every time but for the JSON-RPC id, so that
 * the load generator can look at every answer whole without working for it.
 */
const [person] = customers;
if (person === undefined) throw new TypeError('the demo has customers');

const history = [
  'Desk lamp',
  'Walnut shelf',
  'Reading chair',
  'Wool rug',
  'Oak table',
  'Linen curtain',
  'Coat hook',
  'Vase',
];

/** One customer: three fields that the demo pack masks (email, phone, note), and orders that it shows. 1.1 KB. */
export const result = {
  customers: [
    {
      id: person.id,
      name: person.name,
      email: person.email,
      phone: person.phone,
      plan: person.plan,
      region: person.region,
      note: person.note,
      orders: history.map((item, index) => ({
        id: `O-${1001 + index}`,
        date: `2026-0${1 + index}-1${index}`,
        item,
        amount: `${49 + 17 * index}.00 EUR`,
        state: index < 5 ? 'delivered and paid' : 'on its way',
      })),
    },
  ],
};

/** What nobody may see of it behind the gateway. */
export const secrets = [person.email, person.phone];
/** The three masked fields, as the server knows them. */
export const hidden = { email: person.email, phone: person.phone, note: person.note };

/** Ids are all of one length, so that every message of a kind is, too. */
export const firstId = 100_000_000;
const idMark = '@id@';

const path = '/crm/mcp';
const tool = 'customers.lookup';
const version = '2026-07-28';

const call = JSON.stringify({
  jsonrpc: '2.0',
  id: idMark,
  method: 'tools/call',
  params: {
    name: tool,
    arguments: { id: person.id },
    _meta: {
      'io.modelcontextprotocol/protocolVersion': version,
      'io.modelcontextprotocol/clientInfo': { name: 'writ-bench', version: '1.0.0' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
});

const answer = JSON.stringify({
  jsonrpc: '2.0',
  id: idMark,
  result: {
    resultType: 'complete',
    content: [{ type: 'text', text: JSON.stringify(result) }],
    structuredContent: result,
  },
});

/** A text around the place of its id. */
export interface Template {
  before: string;
  after: string;
}

function template(text: string): Template {
  const [before = '', after = ''] = text.split(`"${idMark}"`);
  return { before, after };
}

/** The whole HTTP request, ready for a socket. Every target gets the same bytes but for Host. */
export function requestTemplate(port: number, token: string): Template {
  const { before, after } = template(call);
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    'Accept: application/json, text/event-stream',
    `Authorization: Bearer ${token}`,
    `MCP-Protocol-Version: ${version}`,
    'Mcp-Method: tools/call',
    `Mcp-Name: ${tool}`,
    `Content-Length: ${before.length + String(firstId).length + after.length}`,
  ];
  return { before: `${head.join('\r\n')}\r\n\r\n${before}`, after };
}

/** The server's JSON-RPC answer, all ASCII. */
export const answerTemplate: Template = template(answer);
