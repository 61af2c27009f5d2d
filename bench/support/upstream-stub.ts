/** An MCP server that knows one answer. It runs as its own process and tells its parent the port it took. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { frames } from './frames.ts';
import { answerTemplate } from './workload.ts';

const { before, after } = answerTemplate;
const fixed = before.length + after.length;
const idKey = Buffer.from('"id":');

const server = createServer({ noDelay: true }, (socket) => {
  const feed = frames((_head, body) => {
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
