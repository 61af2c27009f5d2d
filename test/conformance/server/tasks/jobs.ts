import { setTimeout } from 'node:timers/promises';
import type { CallToolResult, InputRequiredResult, ServerContext } from '@modelcontextprotocol/server';
import type { JsonObject } from '../../../../engine/json/types.ts';
import { ask, filledIn, form } from '../asking.ts';
import { fail, say, type Tool } from '../types.ts';
import type { Desk } from './task.ts';

/** A tool that runs as a task (SEP-2663) where the client knows tasks. */
export interface Job {
  name: string;
  description: string;
  inputSchema?: JsonObject;
  /** It cannot be called by a client that knows no tasks. */
  required: boolean;
  /** What it asks in rounds before there is a task; undefined where nothing is left to ask. */
  before?(context: ServerContext): InputRequiredResult | undefined;
  run(args: JsonObject, desk: Desk, context: ServerContext): Promise<CallToolResult>;
}

const text = { type: 'string' } as const;
const confirm = (message: string) => form(message, { confirm: { type: 'boolean' } });

export const jobs: readonly Job[] = [
  {
    name: 'slow_compute',
    description: 'Takes so many seconds',
    inputSchema: { type: 'object', properties: { seconds: { type: 'number' }, label: text } },
    required: false,
    async run({ seconds, label }, { signal }) {
      await setTimeout(Number(seconds ?? 0) * 1000, undefined, { signal, ref: false });
      return say(`Computed ${label ?? 'something'}`);
    },
  },
  {
    name: 'failing_job',
    description: 'Fails after a second',
    required: true,
    async run(_, { signal }) {
      await setTimeout(1000, undefined, { signal, ref: false });
      return fail('The job failed');
    },
  },
  {
    name: 'protocol_error_job',
    description: 'Breaks off',
    required: true,
    run: () => Promise.reject(new Error('It breaks off')),
  },
  {
    name: 'confirm_delete',
    description: 'Asks the user whether to delete a file',
    inputSchema: { type: 'object', properties: { filename: text }, required: ['filename'] },
    required: true,
    async run({ filename }, desk) {
      await desk.ask({ confirm: confirm(`Delete ${filename}?`) });
      return say(`Answered: ${filename}`);
    },
  },
  {
    name: 'multi_input',
    description: 'Asks the user two things at once',
    required: true,
    async run(_, desk) {
      const answers = await desk.ask({ first: confirm('First?'), second: confirm('Second?') });
      return say(`${Object.keys(answers).length} answers`);
    },
  },
  {
    name: 'test_tool_with_task',
    description: 'Asks the user for a name, then works on',
    required: true,
    before: (context) =>
      filledIn(context, 'user_name', 'name') === undefined
        ? ask({ user_name: form('What is your name?', { name: text }) })
        : undefined,
    run: async (_, __, context) => say(`Worked for ${filledIn(context, 'user_name', 'name')}`),
  },
];

/** The jobs as tools of clients that know no tasks: 2025-11-25, where these tasks do not exist. */
export const jobTools: readonly Tool[] = jobs.map(({ name, description, inputSchema, required, run }) => ({
  name,
  description,
  ...(inputSchema && { inputSchema }),
  run: (args, context) =>
    required
      ? fail('This tool needs a client that knows tasks.')
      : run(args, { signal: context.mcpReq.signal, ask: () => Promise.reject(new Error('Nobody to ask')) }, context),
}));
