/** What a proxy costs that looks at nothing: the least that Writ could cost. Takes the server's port as its argument. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

// The options of proxy/upstream/upstream.ts, with the defaults of writ.yaml.
const timeouts = { headersTimeout: 300_000, bodyTimeout: 300_000 };
const pool = new Pool(`http://127.0.0.1:${process.argv[2]}`, { connections: 128, ...timeouts });

// Whole bodies, as they are small: this is faster by a tenth than piping streams into each other.
const server = createServer((request, response) => {
  const { host: _, connection: __, authorization: ___, ...headers } = request.headers;
  const asked: Buffer[] = [];
  request.on('data', (chunk: Buffer) => asked.push(chunk));
  request.on('end', () => {
    const answer: { status: number; headers: IncomingHttpHeaders; body: Buffer[] } = {
      status: 0,
      headers: {},
      body: [],
    };
    pool.dispatch(
      { method: 'POST', path: request.url ?? '/', headers, body: Buffer.concat(asked) },
      {
        onRequestStart() {},
        onResponseStart: (_controller, status, headers) => Object.assign(answer, { status, headers }),
        onResponseData: (_controller, chunk) => answer.body.push(chunk),
        onResponseEnd: () => response.writeHead(answer.status, answer.headers).end(Buffer.concat(answer.body)),
        onResponseError: () => response.destroy(),
      },
    );
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ port: (server.address() as AddressInfo).port });
process.once('disconnect', () => process.exit(0));
