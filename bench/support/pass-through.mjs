/**
 * What a proxy costs that looks at nothing: the least that Writ could cost. Takes the server's port as its argument. Plain
 * JavaScript, so that it carries no compiler in its memory, as the built gateway carries none.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Pool } from 'undici';

// The options of proxy/upstream/upstream.ts, with the defaults of writ.yaml.
const timeouts = { headersTimeout: 300_000, bodyTimeout: 300_000 };
const pool = new Pool(`http://127.0.0.1:${process.argv[2]}`, { connections: 128, ...timeouts });

// Whole bodies, as they are small: this is faster by a tenth than piping streams into each other.
const server = createServer((request, response) => {
  const { host: _, connection: __, authorization: ___, ...headers } = request.headers;
  const asked = [];
  request.on('data', (chunk) => asked.push(chunk));
  request.on('end', () => {
    const answer = { status: 0, headers: {}, body: [] };
    const options = { method: 'POST', path: request.url, headers, body: Buffer.concat(asked) };
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart: (_controller, status, headers) => Object.assign(answer, { status, headers }),
      onResponseData: (_controller, chunk) => answer.body.push(chunk),
      onResponseEnd: () => response.writeHead(answer.status, answer.headers).end(Buffer.concat(answer.body)),
      onResponseError: () => response.destroy(),
    });
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send({ port: server.address().port });
process.once('disconnect', () => process.exit(0));
