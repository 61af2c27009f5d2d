import { fromJsonSchema, type GetPromptResult, type McpServer } from '@modelcontextprotocol/server';
import { ask, filledIn, form } from './asking.ts';
import { png } from './media.ts';

type Content = GetPromptResult['messages'][number]['content'];

const asked = (...contents: Content[]): GetPromptResult => ({
  messages: contents.map((content) => ({ role: 'user', content })),
});
const text = (text: string): Content => ({ type: 'text', text });

/** Arguments that are all required. */
function args<Name extends string>(described: Record<Name, string>) {
  const entries = Object.entries<string>(described);
  return fromJsonSchema<Record<Name, string>>({
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, description]) => [name, { type: 'string', description }])),
    required: entries.map(([name]) => name),
  });
}

export function addPrompts(server: McpServer): void {
  server.registerPrompt('test_simple_prompt', { description: 'One text' }, () =>
    asked(text('This is a simple prompt for testing.')),
  );
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'Two arguments', argsSchema: args({ arg1: 'First argument', arg2: 'Second argument' }) },
    ({ arg1, arg2 }) => asked(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A resource', argsSchema: args({ resourceUri: 'URI of the resource' }) },
    ({ resourceUri }) =>
      asked(
        {
          type: 'resource',
          resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' },
        },
        text('Please process the embedded resource above.'),
      ),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'A picture' }, () =>
    asked({ type: 'image', data: png, mimeType: 'image/png' }, text('Please analyze the image above.')),
  );
  server.registerPrompt('test_input_required_result_prompt', { description: 'Asks the user first' }, (context) => {
    const given = filledIn(context, 'user_context', 'context');
    return given === undefined
      ? ask({ user_context: form('What context should the prompt use?', { context: { type: 'string' } }) })
      : asked(text(`In this context: ${given}`));
  });
}
