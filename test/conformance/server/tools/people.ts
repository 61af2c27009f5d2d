import { fail, type Tool } from '../types.ts';

/** Invented people. */
const people = [
  { id: 'P-1', name: 'Ada Ahrens', email: 'ada.ahrens@example.com', address: { street: 'Birkenweg 4', city: 'Kiel' } },
  { id: 'P-2', name: 'Bo Bruns', email: 'bo.bruns@example.org', address: { street: 'Am Markt 9', city: 'Emden' } },
];

const string = { type: 'string' };

/** A tool whose answer holds personal data, in text and structured. */
export const peopleTool: Tool = {
  name: 'test_people_lookup',
  description: 'Looks a person up',
  inputSchema: { type: 'object', properties: { id: string }, required: ['id'] },
  outputSchema: {
    type: 'object',
    properties: {
      people: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            id: string,
            name: string,
            email: string,
            address: { type: 'object', properties: { street: string, city: string }, required: ['street', 'city'] },
          },
          required: ['id', 'name', 'email', 'address'],
        },
      },
    },
    required: ['people'],
  },
  run({ id }) {
    const found = people.filter((person) => person.id === id);
    if (found.length === 0) return fail('Nobody has this id.');
    const structuredContent = { people: found };
    return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
  },
};
