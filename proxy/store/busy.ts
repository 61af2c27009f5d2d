import { setTimeout } from 'node:timers/promises';

const attempts = 30;
const pauseMs = 25;

/**
 * Does work that SQLite refuses while another connection writes (SQLITE_BUSY), some two seconds long. Between attempts
 * the rest of the process goes on, which may be what the other connection waits for.
 */
export async function unlessBusy<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (cause) {
      const isBusy = cause instanceof Error && 'errcode' in cause && (Number(cause.errcode) & 0xff) === 5;
      if (!isBusy || attempt === attempts) throw cause;
    }
    await setTimeout(pauseMs);
  }
}
