import { randomUUID } from 'node:crypto';
import type { CallToolResult, InputRequests, InputResponses } from '@modelcontextprotocol/server';

/** What a job does with the task it runs as. */
export interface Desk {
  signal: AbortSignal;
  /** Asks the client by way of the task; resolves once every key is answered. */
  ask(requests: InputRequests): Promise<InputResponses>;
}

type Status = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

type Ended = { result: CallToolResult } | { error: { code: number; message: string } };

/** How long a task is kept, in milliseconds. */
const ttlMs = 60_000;
const pollIntervalMs = 100;

/** A call that goes on after its answer (SEP-2663). It runs from the moment it is made. */
export class Task {
  readonly id: string = randomUUID();
  #status: Status = 'working';
  readonly #createdAt = new Date().toISOString();
  #lastUpdatedAt = this.#createdAt;
  #ended: Ended | undefined;
  readonly #abort = new AbortController();
  readonly #pending = new Map<string, InputRequests[string]>();
  readonly #answers: InputResponses = {};
  #answered: (() => void) | undefined;

  constructor(run: (desk: Desk) => Promise<CallToolResult>) {
    run({ signal: this.#abort.signal, ask: (requests) => this.#ask(requests) }).then(
      (result) => this.#end('completed', { result }),
      // A job that throws is a failure of the protocol; what a tool has to report is a result with isError.
      () => this.#end('failed', { error: { code: -32603, message: 'The job broke off' } }),
    );
  }

  /** What the creating call and tasks/get both say. */
  summary() {
    const times = { createdAt: this.#createdAt, lastUpdatedAt: this.#lastUpdatedAt };
    return { taskId: this.id, status: this.#status, ...times, ttlMs, pollIntervalMs };
  }

  /** What tasks/get says. */
  details() {
    const asking = this.#status === 'input_required' && { inputRequests: Object.fromEntries(this.#pending) };
    return { ...this.summary(), ...asking, ...this.#ended };
  }

  /** Takes answers to what is pending; others are passed over. */
  update(responses: InputResponses): void {
    for (const [key, response] of Object.entries(responses))
      if (this.#pending.delete(key)) this.#answers[key] = response;
    if (this.#status !== 'input_required' || this.#pending.size > 0) return;
    this.#become('working');
    this.#answered?.();
  }

  /** Does nothing to a task that has ended. */
  cancel(): void {
    this.#end('cancelled');
    this.#abort.abort();
  }

  #ask(requests: InputRequests): Promise<InputResponses> {
    for (const [key, request] of Object.entries(requests)) this.#pending.set(key, request);
    this.#become('input_required');
    return new Promise((resolve) => {
      this.#answered = () => resolve(this.#answers);
    });
  }

  #become(status: Status): void {
    this.#status = status;
    this.#lastUpdatedAt = new Date().toISOString();
  }

  #end(status: Status, ended?: Ended): void {
    if (!['working', 'input_required'].includes(this.#status)) return;
    this.#become(status);
    this.#ended = ended;
  }
}
