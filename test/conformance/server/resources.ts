import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { png } from './media.ts';

const template = 'test://template/{id}/data';

export function addResources(server: McpServer): void {
  const text = (uri: string, text: string, mimeType = 'text/plain') => ({ contents: [{ uri, mimeType, text }] });
  server.registerResource(
    'static-text',
    'test://static-text',
    { description: 'A text', mimeType: 'text/plain' },
    ({ href }) => text(href, 'This is the content of the static text resource.'),
  );
  server.registerResource(
    'static-binary',
    'test://static-binary',
    { description: 'A picture', mimeType: 'image/png' },
    ({ href }) => ({ contents: [{ uri: href, mimeType: 'image/png', blob: png }] }),
  );
  server.registerResource(
    'watched-resource',
    'test://watched-resource',
    { description: 'A text to subscribe to', mimeType: 'text/plain' },
    ({ href }) => text(href, 'Nothing has changed.'),
  );
  server.registerResource(
    'template',
    new ResourceTemplate(template, { list: undefined }),
    { description: 'A document for each id', mimeType: 'application/json' },
    ({ href }, { id }) =>
      text(href, JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }), 'application/json'),
  );
}
