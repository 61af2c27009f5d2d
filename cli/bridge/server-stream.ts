import { asWritError } from '../../engine/errors.ts';
import { Backoff } from './backoff.ts';
import type { Link } from './link.ts';
import type { Session } from './session.ts';

export interface ServerStreamOptions {
  link: Link;
  session: Session;
  /** Takes the data of one event. */
  deliver(data: string): Promise<void>;
  note(text: string): void;
}

/** The stream on which a server of the era of sessions speaks of its own accord: asked for again whenever it ends. */
export class ServerStream {
  readonly #options: ServerStreamOptions;
  #stop: AbortController | undefined;

  constructor(options: ServerStreamOptions) {
    this.#options = options;
  }

  /** Begins it, or begins it anew for another session. */
  start(): void {
    this.stop();
    const stop = new AbortController();
    this.#stop = stop;
    this.#run(stop.signal).catch((cause: unknown) => {
      if (!stop.signal.aborted)
        this.#options.note(`the server's stream ended: ${asWritError(cause, 'WRIT_INTERNAL').message}`);
    });
  }

  stop(): void {
    this.#stop?.abort();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { link, session, deliver, note } = this.#options;
    const backoff = new Backoff();
    let last: string | undefined;
    for (;;) {
      try {
        const resumed = last === undefined ? {} : { 'last-event-id': last };
        const headers = { accept: 'text/event-stream', ...session.headers(), ...resumed };
        const { id } = session;
        const answer = await link.request({ method: 'GET', headers, long: true }, signal);
        if (answer.kind === 'events') {
          for await (const item of answer.events) {
            backoff.reset();
            if (item.kind === 'retry') backoff.ask(item.milliseconds);
            if (item.kind !== 'event') continue;
            last = item.id ?? last;
            if (item.data !== '' && isMessage(item.event)) await deliver(item.data);
          }
        } else if (session.isOver(answer)) {
          // Whoever renews the session starts another stream.
          await session.renew(id, signal);
          return;
        } else if (answer.status < 500 && answer.status !== 429) {
          // 405: the server has none (2025-11-25, "Listening for Messages from the Server").
          if (answer.status !== 405) note(`the server's own messages cannot be had: HTTP ${answer.status}`);
          return;
        }
      } catch (cause) {
        if (signal.aborted) return;
        if (backoff.failures === 0)
          note(`${asWritError(cause, 'WRIT_INTERNAL').message} Its stream is asked for again.`);
      }
      await backoff.wait(signal).catch(() => {});
      if (signal.aborted) return;
    }
  }
}

/** Events of other types are no messages of MCP. */
export function isMessage(event: string | undefined): boolean {
  return event === undefined || event === 'message';
}
