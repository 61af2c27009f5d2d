import { WritError } from '../../engine/errors.ts';

/** One line of `writ doctor`. Nothing in it may come from a secret, a token, or an answer of a server. */
export interface Finding {
  /** What was looked at: `upstream crm`. */
  check: string;
  status: 'ok' | 'warn' | 'fail';
  message: string;
  /** The way out; null where all is well. */
  help: string | null;
}

export const ok = (check: string, message: string): Finding => ({ check, status: 'ok', message, help: null });
export const warn = (check: string, message: string, help: string): Finding => ({
  check,
  status: 'warn',
  message,
  help,
});
export const fail = (check: string, message: string, help: string): Finding => ({
  check,
  status: 'fail',
  message,
  help,
});

/** How long one look at something beyond this machine may take, in milliseconds. */
export const patience = 5_000;

/** What `look` finds, or a failure in its place. Foreign errors may quote anything, so only their kind is told. */
export async function attempt(
  check: string,
  help: string,
  look: () => Finding[] | Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await look();
  } catch (cause) {
    return [fail(check, why(cause), help)];
  }
}

/** Rejects after `patience`, whatever the work does. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late()), patience);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

class Late extends Error {}

export function why(cause: unknown): string {
  if (cause instanceof Late) return `gives no answer within ${patience / 1_000} seconds`;
  if (cause instanceof WritError) return `${cause.message} (${cause.code})`;
  const code = codeOf(cause);
  return code === null ? 'fails' : `fails (${code})`;
}

/** ECONNREFUSED and the like, however deep fetch has put it: the innermost is where it began. */
function codeOf(cause: unknown): string | null {
  const codes: string[] = [];
  for (let error = cause; error instanceof Error; error = innerOf(error))
    if ('code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(error.code))
      codes.push(error.code);
  return codes.at(-1) ?? null;
}

function innerOf(error: Error): unknown {
  if (error.cause !== undefined) return error.cause;
  if (error instanceof AggregateError) return error.errors[0];
  return 'data' in error ? Reflect.get(Object(error.data), 'cause') : undefined;
}
