import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createParser } from 'eventsource-parser';
import type { Entry } from '../../engine/audit/entry.ts';
import { compiled } from './compiled.ts';
import { openGateway, type TestGateway } from './gateway.ts';
import { begin, type Rpc } from './http.ts';
import { ofKind } from './log.ts';
import { type Conduct, event, type Received } from './stub-server.ts';
import type { Asked, Options } from './surroundings.ts';
import { until } from './until.ts';

const folder = fileURLToPath(new URL('asking-packs', import.meta.url));

export const askingBundle = () => compiled(folder);

/** A gateway before a server that speaks of its own accord: as `desk`, as `annex` just the same, as `counter` with little granted. */
export async function openAsking(options: Options = {}): Promise<TestGateway> {
  return openGateway({ bundle: await askingBundle(), packs: ['desk', 'annex', 'counter'], ...options });
}

/** A stream under way: what came of it so far. */
export interface Streamed {
  status: number;
  headers: IncomingHttpHeaders;
  events: { id: string | undefined; event: string | undefined; data: string }[];
  /** The messages in the events. */
  messages: Rpc[];
  /** Every byte so far. */
  text(): string;
  /** Resolves once there are that many messages. */
  has(count: number): Promise<void>;
  /** Resolves when the stream has ended, whoever ended it. */
  ended: Promise<unknown>;
  /** Goes away. */
  leave(): Promise<void>;
}

/** Sends a message, or with a method GET or DELETE what needs none, and reads what comes as it comes, on a connection of its own. */
export async function openStream(gateway: TestGateway, asked: Asked): Promise<Streamed> {
  const { url, headers, body } = await gateway.compose(asked);
  const { method } = asked;
  const sent = begin(url, { headers, body, ...(method !== undefined && { method }), agent: new Agent() });
  sent.on('error', () => undefined);
  const [response] = (await once(sent, 'response', { signal: AbortSignal.timeout(15_000) })) as [IncomingMessage];
  const events: Streamed['events'] = [];
  const messages: Rpc[] = [];
  let whole = '';
  const parser = createParser({
    onEvent({ id, event: name, data }) {
      events.push({ id, event: name, data });
      if (data !== '') messages.push(JSON.parse(data));
    },
  });
  response.setEncoding('utf8').on('error', () => undefined);
  response.on('data', (chunk: string) => {
    whole += chunk;
    parser.feed(chunk);
  });
  const ended = new Promise((resolve) => response.once('close', resolve));
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    messages,
    text: () => whole,
    has: (count) => until(() => messages.length >= count, `${count} messages`),
    ended,
    async leave() {
      sent.destroy();
      await ended;
    },
  };
}

/** What a GET is asked with. */
export const listening = (headers: Record<string, string>, server = 'desk'): Asked => ({
  server,
  era: 'legacy',
  method: 'GET',
  body: '',
  headers,
});

/** Begins a stream of the stub's, on which a test writes when it likes. */
export function held(): {
  conduct: Conduct;
  write(text: string): void;
  say(message: unknown, id?: string): void;
  end(): void;
  begun(): Promise<void>;
  closed(): boolean;
} {
  let open: Parameters<Conduct>[1] | undefined;
  return {
    conduct(_, response) {
      open = response;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    },
    write: (text) => void open?.write(text),
    say: (message, id) => void open?.write(event(message, id)),
    end: () => void open?.end(),
    begun: () => until(() => open !== undefined, 'the stream reaches the server'),
    closed: () => open?.closed ?? false,
  };
}

/** Conduct by HTTP method and, of messages, by the method of MCP; what is not named is taken. */
export function conducts(by: Record<string, Conduct>): Conduct {
  return (received: Received, response) => {
    const conduct = by[received.verb === 'POST' ? (received.message.method ?? 'answer') : received.verb];
    if (conduct !== undefined) conduct(received, response);
    else response.writeHead(202).end();
  };
}

/** Method, direction and effect of each decision, in order. */
export function decided(entries: readonly Entry[]): [string, string, string][] {
  return ofKind(entries, 'decision').map(({ method, direction, effect }) => [method, direction, effect]);
}

/** How many decisions there are of each method, direction and effect, the three with a blank between. */
export function decidedCounts(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const of of decided(entries)) counts.set(of.join(' '), (counts.get(of.join(' ')) ?? 0) + 1);
  return counts;
}
