import type { Readable, Writable } from 'node:stream';
import { asWritError, WritError } from '../../engine/errors.ts';
import type { Identity } from '../login/identity.ts';
import { asked } from './answers.ts';
import { type Envelope, idText, modernVersionOf, readEnvelope } from './envelope.ts';
import { Exchange } from './exchange.ts';
import { failureLine } from './failure.ts';
import type { Endpoint } from './http.ts';
import { type Line, linesOf } from './lines.ts';
import { Link } from './link.ts';
import { Notices } from './notices.ts';
import { Output } from './output.ts';
import { ParamHeaders } from './param-headers.ts';
import type { Party } from './party.ts';
import { ServerStream } from './server-stream.ts';
import { Session } from './session.ts';

export interface BridgeOptions {
  endpoint: Endpoint;
  identity: Identity;
  input: Readable;
  output: Writable;
  note(text: string): void;
  /** Ends it before its input does. */
  stop: Promise<unknown>;
  /** Largest message of the client, in bytes. */
  largest: number;
}

/** Requests in hand, and their bytes, beyond which further ones are refused; and messages that wait for those before them. */
const most = { requests: 256, bytes: 64 * 1024 * 1024, waiting: 256 };
/** How long answers may still come once the client has closed its end. */
const lingerMs = 30_000;

/**
 * Speaks MCP on stdio to a client and Streamable HTTP to a gateway, until the input ends and what was asked is answered, or
 * `stop` settles. Messages pass byte for byte in both directions; those of the bridge's own are errors with a code.
 */
export async function bridge({ endpoint, identity, input, output, note, stop, largest }: BridgeOptions): Promise<void> {
  const link = new Link(endpoint, identity);
  const session: Session = new Session(link, () => stream.start());
  const party: Party = { link, session, params: new ParamHeaders(), output: new Output(output), note };
  const notices = new Notices(party);
  const stream = new ServerStream({ link, session, note, deliver: (data) => notices.deliver(data) });
  const running = new Set<Exchange>();
  /** Settles when what must come before any further message has arrived. */
  let gate: Promise<void> = Promise.resolve();
  let waiting = 0;

  const behind = (work: () => Promise<void>): Promise<void> => {
    waiting++;
    return gate.then(() => {
      waiting--;
      return work();
    });
  };

  const ask = async (envelope: Envelope, version: string | undefined): Promise<void> => {
    const bytes = [...running].reduce((sum, { size }) => sum + size, envelope.bytes.length);
    if (running.size >= most.requests || bytes > most.bytes) {
      for (const { id } of asked(envelope)) await party.output.write(failureLine(new WritError('WRIT_OVERLOADED'), id));
      return;
    }
    const exchange = new Exchange(party, envelope, version);
    running.add(exchange);
    void behind(() => exchange.run()).finally(() => running.delete(exchange));
    if (asked(envelope).some(({ method }) => method === 'initialize')) gate = exchange.settled;
  };

  const take = async (envelope: Envelope): Promise<void> => {
    const [first] = envelope.members;
    if (first === undefined) return;
    if (asked(envelope).length > 0) return ask(envelope, modernVersionOf(first));
    // A server's request may be what the gate waits for.
    if (first.kind === 'response') return notices.answer(envelope);
    const cancelled = first.method === 'notifications/cancelled' ? idText(first.params.requestId) : null;
    const exchange = [...running].find((each) => cancelled !== null && each.has(cancelled));
    if (exchange?.version !== undefined) return exchange.leave();
    // 2026-07-28, "Cancellation": over HTTP there is no such message, and what it names is answered already.
    if (cancelled !== null && !session.isBegun) return;
    gate = behind(async () => {
      const accepted = await notices.tell(envelope);
      exchange?.leave();
      if (accepted && first.method === 'notifications/initialized') stream.start();
    });
  };

  const takeLine = async (line: Line): Promise<void> => {
    try {
      if (line.kind === 'line') return await take(readEnvelope(line.bytes));
      throw new WritError('WRIT_JSON_TOO_LARGE', `The limit is ${largest} bytes.`);
    } catch (cause) {
      const error = asWritError(cause, 'WRIT_INTERNAL');
      note(error.message);
      await party.output.write(failureLine(error, (line.kind === 'too-large' && line.id) || null));
    }
  };

  const read = async (): Promise<void> => {
    for await (const line of linesOf(input, largest)) {
      await takeLine(line);
      if (waiting >= most.waiting) await gate;
    }
    await gate;
    for (const each of running) if (!each.ends) each.leave();
    await Promise.race([Promise.all([...running].map(({ settled }) => settled)), elapsed(lingerMs)]);
  };

  await Promise.race([read(), stop]);
  input.destroy();
  for (const each of running) each.leave();
  stream.stop();
  await session.end(AbortSignal.timeout(1500)).catch((cause: unknown) => asWritError(cause, 'WRIT_INTERNAL'));
  await endpoint.close();
}

function elapsed(milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, milliseconds).unref();
  return promise;
}
