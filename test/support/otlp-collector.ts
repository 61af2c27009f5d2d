import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../../fixtures/listen.ts';

interface Attribute {
  key: string;
  value: { stringValue?: string; intValue?: number; arrayValue?: { values: { stringValue: string }[] } };
}

export interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  traceState?: string;
  status: { code?: number; message?: string };
  attributes: Attribute[];
  links?: { traceId: string; spanId: string }[];
}

/** One request to the collector. */
export interface Export {
  path: string;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Collector {
  endpoint: string;
  exports: Export[];
  /** Every span so far. */
  spans(): OtlpSpan[];
  /** Names of every metric so far. */
  metrics(): string[];
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;
const accept: Answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}');

/** An OTLP collector on loopback that keeps what it is sent, and answers as it is told. */
export async function startCollector(answer: Answer = accept): Promise<Collector> {
  const exports: Export[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(request, 'end');
    exports.push({ path: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString('utf8') });
    answer(request, response);
  });
  const { origin, close } = await listen(server, 0);
  const of = (path: string) => exports.filter((found) => found.path === path).map(({ text }) => JSON.parse(text));
  return {
    endpoint: origin,
    exports,
    spans: () =>
      of('/v1/traces').flatMap(({ resourceSpans }: { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    metrics: () =>
      of('/v1/metrics').flatMap(
        ({ resourceMetrics }: { resourceMetrics: { scopeMetrics: { metrics: { name: string }[] }[] }[] }) =>
          resourceMetrics.flatMap(({ scopeMetrics }) =>
            scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
          ),
      ),
    close,
  };
}
