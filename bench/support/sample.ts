import type { JsonObject } from '../../engine/json/types.ts';

type Write = (value: JsonObject) => string;

const names = ['anna', 'ben', 'carla', 'dora'];

/**
 * The answer of a demo tool with about 1.1 KB of customers, in structuredContent and as text. Each row has an e-mail
 * address, a telephone number and a street to mask, and a note that repeats the number. With one row, the note is long.
 */
export function sampleResult(rows: 1 | 4, write: Write = (value) => JSON.stringify(value)): JsonObject {
  const structuredContent: JsonObject = {
    customers: names.slice(0, rows).map((name, index) => ({
      id: `C-100${index + 1}`,
      name: 'Anna Example',
      email: `${name}.example@example.com`,
      phone: '+44 20 7946 0958',
      address: { street: '1 Sample Street', postal_code: 'AB1 2CD', city: 'Sampletown' },
      plan: 'gold',
      region: 'EU',
      note: `Prefers to be called on +44 20 7946 0958 in the morning.${rows === 1 ? longer : ''}`,
    })),
  };
  return { content: [{ type: 'text', text: write(structuredContent) }], structuredContent, isError: false };
}

const longer = ' Asked twice about the invoice of last month and was told that it is being looked into.'.repeat(10);

export function sampleResponse(): JsonObject {
  return { jsonrpc: '2.0', id: 7, result: sampleResult(4) };
}

export const sampleRequest: JsonObject = {
  jsonrpc: '2.0',
  id: 7,
  method: 'tools/call',
  params: { name: 'customers.lookup', arguments: { id: 'C-1001' }, _meta: { progressToken: 1 } },
};
