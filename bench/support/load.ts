/** The load generator. It runs as its own process, makes the runs its parent asks for, and looks at every answer. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { type Expected, inspect } from './check-answer.ts';
import { frames } from './frames.ts';
import { firstId, requestTemplate, type Template } from './workload.ts';

/** What the parent asks for: so many calls, or as many as fit into so many seconds. */
export interface LoadOrder {
  port: number;
  token: string;
  connections: number;
  limit: { calls: number } | { seconds: number };
  expected: Expected;
}

/** What it gets. Every call that was sent was answered, unless `problem` says what went wrong. */
export interface LoadReport {
  calls: number;
  seconds: number;
  /** Milliseconds from the write of a request to the whole of its answer. */
  p50: number;
  p99: number;
  problem: string | null;
}

/** Ids go on from run to run, as those of a client would. */
let nextId = firstId;

class Run {
  readonly #order: LoadOrder;
  readonly #request: Template;
  readonly #latencies: number[] = [];
  readonly #deadline: number;
  #sent = 0;
  #pattern: { before: Buffer; after: Buffer } | undefined;
  #problem: string | null = null;

  constructor(order: LoadOrder) {
    this.#order = order;
    this.#request = requestTemplate(order.port, order.token);
    this.#deadline =
      'seconds' in order.limit ? performance.now() + order.limit.seconds * 1000 : Number.POSITIVE_INFINITY;
  }

  async make(): Promise<LoadReport> {
    const start = performance.now();
    await Promise.all(Array.from({ length: this.#order.connections }, () => this.#connection()));
    const seconds = (performance.now() - start) / 1000;
    const sorted = Float64Array.from(this.#latencies).sort();
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
    return { calls: this.#sent, seconds, p50: at(0.5), p99: at(0.99), problem: this.#problem };
  }

  get #over(): boolean {
    const { limit } = this.#order;
    return (
      this.#problem !== null || ('calls' in limit ? this.#sent >= limit.calls : performance.now() >= this.#deadline)
    );
  }

  /** One connection, one call at a time, until the run is over. */
  async #connection(): Promise<void> {
    const socket = connect({ port: this.#order.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const { before, after } = this.#request;
    let id = 0;
    let sentAt = 0;
    const send = () => {
      if (this.#over) {
        socket.destroy();
        return;
      }
      this.#sent++;
      id = nextId++;
      sentAt = performance.now();
      socket.write(before + id + after, 'latin1');
    };
    const feed = frames((head, body) => {
      this.#latencies.push(performance.now() - sentAt);
      id = this.#check(head, body, id);
      send();
    });
    socket.on('data', feed);
    socket.on('error', (error) => this.#fail(`the connection failed: ${error.message}`));
    const closed = once(socket, 'close');
    send();
    await closed;
    if (id !== 0) this.#fail('a connection was closed before its answer came');
  }

  /** Answers are equal but for their ids and receipts. The first is looked at closely, the others are compared with it. Returns 0. */
  #check(head: string, answered: Buffer, id: number): 0 {
    const text = String(id);
    const body = withoutReceipt(answered);
    if (!head.startsWith('HTTP/1.1 200 '))
      this.#fail(`an answer was ${head.slice(0, 30)}: ${body.toString('latin1', 0, 300)}`);
    else if (this.#pattern === undefined) {
      const wrong = inspect(body, id, this.#order.expected);
      if (wrong !== null) this.#fail(wrong);
      const at = body.indexOf(text);
      this.#pattern = {
        before: Buffer.from(body.subarray(0, at)),
        after: Buffer.from(body.subarray(at + text.length)),
      };
    } else {
      const { before, after } = this.#pattern;
      const end = before.length + text.length;
      const same =
        body.length === end + after.length &&
        body.compare(before, 0, before.length, 0, before.length) === 0 &&
        body.toString('latin1', before.length, end) === text &&
        body.compare(after, 0, after.length, end) === 0;
      if (!same) this.#fail(`an answer differs from the first of its run: ${body.toString('latin1', 0, 300)}`);
    }
    return 0;
  }

  #fail(problem: string): void {
    this.#problem ??= problem;
  }
}

const receipt = '"writ/receipt":{';

/** An answer but for what its receipt says, which is another for each call. A pass-through's has none. */
function withoutReceipt(body: Buffer): Buffer {
  const at = body.indexOf(receipt);
  const end = at < 0 ? -1 : body.indexOf('}', at);
  return end < 0 ? body : Buffer.concat([body.subarray(0, at + receipt.length), body.subarray(end)]);
}

process.on('message', (order: LoadOrder) => {
  new Run(order).make().then(
    (report) => process.send?.(report),
    (error: Error) =>
      process.send?.({ calls: 0, seconds: 0, p50: 0, p99: 0, problem: error.message } satisfies LoadReport),
  );
});
process.once('disconnect', () => process.exit(0));
process.send?.({ port: 0 });
