import type { JsonObject } from '../../../../engine/json/types.ts';
import { say, type Tool } from '../types.ts';

/** Keywords of JSON Schema 2020-12 which intermediaries like to lose (SEP-1613, SEP-2106). */
const everyKeyword: JsonObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

/** Tools that are there for their input schema. */
export const schemaTools: Tool[] = [
  {
    name: 'json_schema_2020_12_tool',
    description: 'Has keywords of JSON Schema 2020-12 in its schema',
    inputSchema: everyKeyword,
    run: (args) => say(`Called with ${Object.keys(args).join(', ')}`),
  },
  {
    name: 'test_mirrored_argument',
    description: 'Has an argument that clients repeat in a header (SEP-2243)',
    inputSchema: { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } },
    run: ({ region }) => say(`Region: ${region}`),
  },
  {
    name: 'greet',
    description: 'Greets',
    inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    run: ({ name }) => say(`Hello, ${name}!`),
  },
];
