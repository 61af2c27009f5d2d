/** An MCP server that knows one answer. It runs as its own process and tells its parent the port it took. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { frames } from './frames.ts';
import { answerTemplate } from './workload.ts';

const { before, after } = answerTemplate;
const fixed = before.length + after.length;
const idKey = Buffer.from('"id":');

/** The gateway asks once what the tool declares, by a request whose id is a text. */
const listing = Buffer.from('"method":"tools/list"');
const inputSchema = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
const tools = {
  resultType: 'complete',
  tools: [{ name: 'customers.lookup', inputSchema }],
  ttlMs: 0,
  cacheScope: 'private',
};

function list(body: Buffer): string {
  const text = JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(body.toString('utf8')).id, result: tools });
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

const server = createServer({ noDelay: true }, (socket) => {
  const feed = frames((_head, body) => {
    if (body.includes(listing)) return void socket.write(list(body));
    const from = body.indexOf(idKey) + idKey.length;
    const id = body.toString('latin1', from, body.indexOf(',', from));
    const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${fixed + id.length}\r\n\r\n`;
    socket.write(head + before + id + after, 'latin1');
  });
  socket.on('data', feed);
  // Whoever measures hears of a lost connection at the other end of it.
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ port: (server.address() as AddressInfo).port });
process.once('disconnect', () => process.exit(0));
