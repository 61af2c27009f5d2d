import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import { bridge } from '../../../cli/bridge/bridge.ts';
import { Endpoint } from '../../../cli/bridge/http.ts';
import { type Identity, nobody } from '../../../cli/login/identity.ts';
import type { Rpc } from '../../support/http.ts';
import { until } from '../../support/until.ts';

export interface TestBridge {
  /** Writes a line: text as it is, anything else as JSON. */
  say(message: unknown): void;
  /** Every line that came back, as it came. */
  lines: string[];
  notes: string[];
  /** The first message that fits, once it is there. */
  heard(fits: (message: Rpc) => boolean, what?: string): Promise<Rpc>;
  /** Says a request and waits for its answer. */
  ask(message: { id: unknown; method: string; params?: unknown }): Promise<Rpc>;
  /** The client closes its end. */
  end(): Promise<void>;
  stop(): Promise<void>;
  input: PassThrough;
  output: PassThrough;
}

/** The bridge in this process, between a test and a server. */
export function openBridge(
  t: TestContext,
  url: string,
  { identity = nobody, largest = 65_536 }: { identity?: Identity; largest?: number } = {},
): TestBridge {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const stop = Promise.withResolvers<void>();
  const notes: string[] = [];
  let text = '';
  output.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
    const whole = text.split('\n');
    text = whole.pop() ?? '';
    opened.lines.push(...whole);
  });
  const over = bridge({
    endpoint: new Endpoint(new URL(url)),
    identity,
    input,
    output,
    largest,
    note: (note) => void notes.push(note),
    stop: stop.promise,
  });
  const find = (fits: (message: Rpc) => boolean) => opened.lines.map((line): Rpc => JSON.parse(line)).find(fits);
  const opened: TestBridge = {
    lines: [],
    notes,
    input,
    output,
    say: (message) => void input.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
    async heard(fits, what = 'a message') {
      await until(() => find(fits) !== undefined, `${what}; heard ${opened.lines.join(' ')}; ${notes.join(' ')}`);
      return find(fits) ?? {};
    },
    ask(message) {
      opened.say({ jsonrpc: '2.0', ...message });
      return opened.heard(({ id, method }) => id === message.id && method === undefined, message.method);
    },
    async end() {
      input.end();
      await over;
    },
    async stop() {
      stop.resolve();
      await over;
    },
  };
  t.after(() => opened.stop());
  return opened;
}

/** `_meta` of a request of 2026-07-28. */
export const modernMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** Begins a session as a client of 2025-11-25 does. */
export async function initialize(opened: TestBridge): Promise<Rpc> {
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const answer = await opened.ask({ id: 0, method: 'initialize', params });
  opened.say({ jsonrpc: '2.0', method: 'notifications/initialized' });
  return answer;
}
