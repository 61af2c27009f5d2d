import type { Asked, Era } from '../support/surroundings.ts';
import { encodings } from './encodings.ts';
import { harmless } from './marked.ts';

export const eras = ['modern', 'legacy'] as const;
export const text = (words: string) => ({ type: 'text', text: words });
/** In brackets: letters at the border of two texts may be one value's. */
export const fine = text(`(${harmless})`);
export const base64 = (words: string) => Buffer.from(words).toString('base64');

/** A call of the tool, of the session where there are sessions. */
export function calling(session: Record<string, string>, era: Era, more: Asked = {}): Asked {
  return {
    server: 'leaks',
    era,
    ...(era === 'legacy' && { headers: session }),
    params: { name: 'echo', arguments: {}, _meta: { progressToken: 'p-1' } },
    ...more,
  };
}

/** What a server says in a message of its own. */
export const notification = (method: string, params: object) => ({
  jsonrpc: '2.0',
  method: `notifications/${method}`,
  params,
});
export const progress = (message: unknown, more: object = {}) =>
  notification('progress', { progressToken: 'p-1', progress: 1, message, ...more });
export const log = (data: unknown, more: object = {}) => notification('message', { level: 'info', data, ...more });

/** The answer to a request, `<id>` standing for its id. */
export const answer = (more: object = {}) => ({
  jsonrpc: '2.0',
  id: '<id>',
  result: { resultType: 'complete', content: [fine], ...more },
});

/** Some ways to write a value, one of each kind. */
export const ways = Object.entries(encodings).filter(([how]) =>
  /^(?:as it is|fullwidth letters|zero-width spaces|percent-encoding of all|escapes of JSON|base64|hexadecimal|letters with spaces|JSON in JSON in JSON)$/.test(
    how,
  ),
);

/**
 * The program of a server over stdio, which does `called` when its tool is called: `id` and `params` are the request's, `say` writes
 * a message, and `said` are the words to choose from.
 */
export const stdioServer = (said: readonly string[], called: string) => `
  const said = ${JSON.stringify(said)};
  const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    if (id === undefined) return;
    if (method === 'initialize') return say({ id, result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 's', version: '1' } } });
    if (method !== 'tools/call') return say({ id, result: { tools: [] } });
    ${called}
  });
`;
