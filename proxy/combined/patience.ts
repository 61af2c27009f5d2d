/** One of several that are waited for. */
export interface Waited<T> {
  done: Promise<T>;
  /** Lets go of it: it is done soon after, as a failure. */
  giveUp(): void;
}

/**
 * Waits for all; but a server that hangs must not take from its caller what the others have to say. Once `ms` have passed and one
 * of them has come to something that is `good`, the others are given up.
 */
export async function waitFor<T>(all: readonly Waited<T>[], good: (value: T) => boolean, ms: number): Promise<T[]> {
  let late = false;
  let any = false;
  const pending = new Set(all);
  const consider = () => {
    if (late && any) for (const one of pending) one.giveUp();
  };
  const timer = setTimeout(() => {
    late = true;
    consider();
  }, ms);
  const each = all.map(async (one) => {
    const value = await one.done;
    pending.delete(one);
    any ||= good(value);
    consider();
    return value;
  });
  return Promise.all(each).finally(() => clearTimeout(timer));
}
