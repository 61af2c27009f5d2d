import assert from 'node:assert/strict';
import { after } from 'node:test';
import { DuplexUpstream } from '../../proxy/upstream/duplex/duplex-upstream.ts';
import type { Duplex, DuplexLimits } from '../../proxy/upstream/duplex/types.ts';
import type { StreamItem, UpstreamAnswer } from '../../proxy/upstream/types.ts';
import { until } from './until.ts';

export const duplexLimits: DuplexLimits = {
  bytes: 1_048_576,
  idleMs: 60_000,
  streamIdleMs: 60_000,
  sessions: 8,
  callerSessions: 4,
  sessionIdleMs: 60_000,
  backoffMs: 60_000,
};

/** The far end of a duplex, in the hands of a test. */
export class ScriptedPeer implements Duplex {
  /** What it was sent and has taken, in order. */
  readonly heard: string[] = [];
  /** How many of its messages were taken. */
  taken = 0;
  closed = false;
  /** Whether it takes what it is sent. */
  reads = true;
  readonly #waiting: string[] = [];
  #over = false;
  #wake: () => void = () => {};

  readonly messages: AsyncIterable<Uint8Array> = this.#say();

  async send(text: string): Promise<void> {
    await until(() => this.reads || this.closed, 'the peer reads');
    if (!this.closed) this.heard.push(text);
  }

  /** Messages as JSON, or as they are. */
  say(...messages: (object | string)[]): void {
    this.#waiting.push(...messages.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))));
    this.#wake();
  }

  /** Ends by itself. */
  die(): void {
    this.#over = true;
    this.#wake();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.die();
  }

  /** What it heard last, read; waits for as many messages as `count`. */
  async last(count: number) {
    await until(() => this.heard.length >= count, `the peer hears ${count} messages`);
    return JSON.parse(this.heard[count - 1] ?? '');
  }

  async *#say(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        this.taken++;
        yield Buffer.from(next);
      } else if (this.#over) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}

/** An upstream whose peers a test plays: each duplex that is opened is the next of `peers`. */
export function scripted(more: Partial<DuplexLimits> = {}) {
  const peers: ScriptedPeer[] = [];
  const upstream = new DuplexUpstream(
    async () => {
      const peer = new ScriptedPeer();
      peers.push(peer);
      return peer;
    },
    { ...duplexLimits, ...more },
  );
  after(() => upstream.close());
  const peer = async (index: number): Promise<ScriptedPeer> => {
    await until(() => peers.length > index, 'a duplex is opened');
    const found = peers[index];
    assert.ok(found);
    return found;
  };
  /** A session of a caller, set up. */
  const session = async (caller = 'alice') => {
    const index = peers.length;
    const { answer } = upstream.post(initialize, {}, caller);
    const far = await peer(index);
    await far.last(1);
    far.say({ jsonrpc: '2.0', id: 0, result: { protocolVersion: '2025-11-25' } });
    const { status, headers } = await answer;
    const id = headers['mcp-session-id'];
    assert.ok(status === 200 && typeof id === 'string');
    return { peer: far, headers: { 'mcp-session-id': id } };
  };
  return { upstream, peers, peer, session };
}

export const initialize = '{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}';

/** What a body says; undefined for an empty one. */
export function said(answer: UpstreamAnswer) {
  assert.ok(answer.kind === 'body');
  return answer.body.length === 0 ? undefined : JSON.parse(Buffer.from(answer.body).toString('utf8'));
}

/** Takes the messages of an answer one at a time. */
export function reader(answer: UpstreamAnswer) {
  assert.ok(answer.kind === 'events');
  const items = answer.events[Symbol.asyncIterator]();
  return {
    /** The next message as text; undefined at the end. */
    async next(): Promise<string | undefined> {
      const { done, value }: IteratorResult<StreamItem, unknown> = await items.next();
      if (done) return undefined;
      assert.ok(value.kind === 'event');
      return value.data;
    },
    leave: () => items.return?.(),
  };
}
