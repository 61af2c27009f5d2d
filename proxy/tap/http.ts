import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createParser } from 'eventsource-parser';
import { asWritError, WritError } from '../../engine/errors.ts';
import { KnownHosts } from '../http/hosts.ts';
import { splitListen } from '../http/listener.ts';
import { failureReply } from '../mcp/replies.ts';
import { type Conversation, largest } from './conversation.ts';

/** A running tap. */
export interface HttpTap {
  /** Where clients reach the server now. */
  url: string;
  close(): Promise<void>;
}

export interface HttpTapOptions {
  server: URL;
  /** `host:port`; port 0 takes a free one. */
  listen: string;
  conversation: Conversation;
  /** Hears the name and value of every header that passes, for what must not be recorded. */
  header(name: string, value: string): void;
}

/** RFC 9110, 7.6.1: of one connection alone. */
const ofConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Listens in front of an MCP server over HTTP. Every method and path is passed on, bodies and streams byte for byte as
 * they come, while `conversation` hears what is said in them. Host is the server's, and encodings are not asked for.
 *
 * Rejects with WRIT_LISTEN_FAILED.
 */
export async function tapHttp(options: HttpTapOptions): Promise<HttpTap> {
  const { server, listen } = options;
  const { host, port } = splitListen(listen);
  let hosts: KnownHosts | undefined;
  const http = createServer({ requestTimeout: 0, keepAliveTimeout: 65_000 }, (request, response) => {
    try {
      hosts?.check(request.headers);
      pass(options, request, response);
    } catch (cause) {
      fail(response, asWritError(cause, 'WRIT_INTERNAL'));
    }
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new WritError('WRIT_LISTEN_FAILED', `${listen} (${cause.code}).`, { cause })),
    );
    http.listen(port, host.replace(/^\[|\]$/g, ''), resolve);
  });
  const taken = (http.address() as AddressInfo).port;
  const origin = `http://${host}:${taken}`;
  hosts = new KnownHosts({ host, port: taken }, origin, []);
  return {
    url: origin + server.pathname,
    async close() {
      const closed = once(http, 'close');
      http.close();
      http.closeAllConnections();
      await closed;
    },
  };
}

function fail(response: ServerResponse, error: WritError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, body } = failureReply(error, null, null);
  response.writeHead(error.code === 'WRIT_UPSTREAM_UNREACHABLE' ? 502 : status, { 'content-type': 'application/json' });
  response.end(body);
}

let exchanges = 0;

function pass(options: HttpTapOptions, request: IncomingMessage, response: ServerResponse): void {
  const { server, conversation } = options;
  // Without a session only the exchange says whose an id is: every client counts from the same number.
  const channel = oneOf(request.headers['mcp-session-id']) || `exchange ${++exchanges}`;
  let asked: string[] = [];
  const send = server.protocol === 'https:' ? httpsRequest : httpRequest;
  const upstream = send({
    protocol: server.protocol,
    hostname: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port,
    method: request.method,
    path: pathOf(request.url ?? '/', server),
    headers: travelling(options, request.rawHeaders, { Host: server.host, 'Accept-Encoding': 'identity' }),
  });
  upstream.on('response', (answer) => {
    response.sendDate = false;
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, travelling(options, answer.rawHeaders, {}));
    // A stream may say nothing for long: its client must know at once that it is one.
    response.flushHeaders();
    listen(answer, (message) => conversation.fromServer(message, channel));
    answer.pipe(response);
    answer.on('end', () => conversation.leave(asked));
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', (cause) => {
    conversation.leave(asked);
    fail(response, new WritError('WRIT_UPSTREAM_UNREACHABLE', undefined, { cause }));
  });
  response.on('close', () => {
    if (!response.writableFinished) upstream.destroy();
    conversation.leave(asked);
  });
  gather(request, (body) => {
    asked = conversation.fromClient(body, channel);
  });
  request.pipe(upstream);
}

/** The server's own query, which may hold a key, is added for clients that do not have it. */
function pathOf(url: string, server: URL): string {
  return url === server.pathname ? url + server.search : url;
}

/** Headers as they came, repeated ones and their case too, but for those of a connection and those given. */
function travelling(options: HttpTapOptions, raw: readonly string[], own: Record<string, string>): string[] {
  const replaced = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(own).flat();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    options.header(name.toLowerCase(), value);
    if (!ofConnection.has(name.toLowerCase()) && !replaced.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}

/** Hears the messages of an answer: one in a JSON body, one an event in a stream. */
function listen(answer: IncomingMessage, take: (message: Uint8Array) => void): void {
  if (!/^text\/event-stream\s*(;|$)/i.test(answer.headers['content-type'] ?? '')) {
    gather(answer, take);
    return;
  }
  const decoder = new TextDecoder();
  const parser = createParser({ maxBufferSize: largest, onEvent: ({ data }) => take(Buffer.from(data)) });
  let read = true;
  answer.on('data', (chunk: Buffer) => {
    try {
      if (read) parser.feed(decoder.decode(chunk, { stream: true }));
    } catch {
      // What is no stream of events, or has one too large, passes all the same.
      read = false;
    }
  });
}

function gather(message: IncomingMessage, take: (body: Uint8Array) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  message.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= largest) chunks.push(chunk);
    else chunks.length = 0;
  });
  message.on('end', () => take(Buffer.concat(chunks)));
}

function oneOf(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(',') : (header ?? '');
}
