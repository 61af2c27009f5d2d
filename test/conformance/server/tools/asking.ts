import type { ServerContext } from '@modelcontextprotocol/server';
import { ask, form, prompt, said, written } from '../asking.ts';
import { type Answer, say, type Tool } from '../types.ts';

type Form = Parameters<typeof form>;

/** Asks once, and answers what the user did with the form. */
function asked(context: ServerContext, lead: string, ...[message, properties, required]: Form): Answer {
  const answer = said(context, 'form');
  if (answer === undefined) return ask({ form: form(message, properties, required) });
  return say(`${lead}: action=${answer.action}, content=${JSON.stringify(answer.content ?? {})}`);
}

const titled = (titles: Record<string, string>) =>
  Object.entries(titles).map(([value, title]) => ({ const: value, title }));

/** Tools that ask the client for something: of 2025-11-25, but written so that they work in both eras. */
export const askingTools: Tool[] = [
  {
    name: 'test_sampling',
    description: "Asks the client's model",
    inputSchema: { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] },
    run(args, context) {
      const text = written(context, 'answer');
      return text === undefined ? ask({ answer: prompt(String(args.prompt), 100) }) : say(`LLM response: ${text}`);
    },
  },
  {
    name: 'test_elicitation',
    description: 'Asks the user for a name and an address',
    inputSchema: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
    run: ({ message }, context) =>
      asked(context, 'User response', String(message), {
        username: { type: 'string', description: "User's response" },
        email: { type: 'string', description: "User's email address" },
      }),
  },
  {
    name: 'test_elicitation_sep1034_defaults',
    description: 'Asks the user with a default for every kind of field (SEP-1034)',
    run: (_, context) =>
      asked(
        context,
        'Elicitation completed',
        'Please look at the defaults',
        {
          name: { type: 'string', description: 'A text', default: 'John Doe' },
          age: { type: 'integer', description: 'A whole number', default: 30 },
          score: { type: 'number', description: 'A number', default: 95.5 },
          status: {
            type: 'string',
            description: 'One of three',
            enum: ['active', 'inactive', 'pending'],
            default: 'active',
          },
          verified: { type: 'boolean', description: 'Yes or no', default: true },
        },
        [],
      ),
  },
  {
    name: 'test_elicitation_sep1330_enums',
    description: 'Asks the user with every kind of choice (SEP-1330)',
    run: (_, context) =>
      asked(
        context,
        'Elicitation completed',
        'Please choose',
        {
          untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
          titledSingle: {
            type: 'string',
            oneOf: titled({ value1: 'First Option', value2: 'Second Option', value3: 'Third Option' }),
          },
          legacyEnum: {
            type: 'string',
            enum: ['opt1', 'opt2', 'opt3'],
            enumNames: ['Option One', 'Option Two', 'Option Three'],
          },
          untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
          titledMulti: {
            type: 'array',
            items: { anyOf: titled({ value1: 'First Choice', value2: 'Second Choice', value3: 'Third Choice' }) },
          },
        },
        [],
      ),
  },
  {
    name: 'test_streaming_elicitation',
    description: 'Asks the user, and nothing else is on the stream',
    run: (_, context) => asked(context, 'Asked', 'Shall it go on?', { ok: { type: 'boolean' } }),
  },
  {
    name: 'test_missing_capability',
    description: 'Needs a client with a model',
    run(_, context) {
      const text = written(context, 'answer');
      return text === undefined ? ask({ answer: prompt('Anything', 10) }) : say(text);
    },
  },
];
