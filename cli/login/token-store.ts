import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { WritError } from '../../engine/errors.ts';
import { whyUnusable } from '../../engine/file-errors.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import type { Tokens } from './token-answer.ts';

/** Who signed in where, and for what: a token is kept for exactly that. */
export interface LoginKey {
  issuer: string;
  clientId: string;
  resource: string;
}

/** Where the tokens of one login are kept between processes. */
export interface TokenStore {
  /** Undefined where there is none. Throws WRIT_KEY_INVALID where others could read it. */
  read(): Tokens | undefined;
  write(tokens: Tokens): void;
  remove(): void;
  /** Does this while no other process does: a refresh token may be good for one use. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Keeps nothing beyond this process. */
export function memoryStore(): TokenStore {
  let kept: Tokens | undefined;
  return {
    read: () => kept,
    write: (tokens) => {
      kept = tokens;
    },
    remove: () => {
      kept = undefined;
    },
    alone: (work) => work(),
  };
}

/** XDG Base Directory: a path that is not absolute does not count. */
export function stateDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const given = process.platform === 'win32' ? env.LOCALAPPDATA : env.XDG_STATE_HOME;
  const base = given !== undefined && isAbsolute(given) ? given : join(homedir(), '.local', 'state');
  return join(base, 'writ', 'login');
}

const lockMs = 30_000;
const lockStepMs = 50;

/** A file of its own for each login, which only its owner can read, replaced whole. */
export function fileStore({ issuer, clientId, resource }: LoginKey, directory = stateDirectory()): TokenStore {
  const name = createHash('sha256')
    .update(JSON.stringify([issuer, clientId, resource]))
    .digest('hex');
  const path = join(directory, `${name}.json`);
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      throw cause instanceof WritError
        ? cause
        : new WritError('WRIT_FILE_UNWRITABLE', whyUnusable(path, cause), { cause });
    }
  };
  return {
    read: () => attempt(() => readPrivate(path)),
    write: (tokens) =>
      attempt(() => {
        mkdirSync(directory, { recursive: true, mode: 0o700 });
        const next = `${path}.${process.pid}`;
        rmSync(next, { force: true });
        writeFileSync(next, `${JSON.stringify({ issuer, client_id: clientId, resource, ...tokens })}\n`, {
          mode: 0o600,
          flag: 'wx',
        });
        renameSync(next, path);
      }),
    remove: () => attempt(() => rmSync(path, { force: true })),
    async alone(work) {
      const lock = `${path}.lock`;
      attempt(() => mkdirSync(directory, { recursive: true, mode: 0o700 }));
      await takeLock(lock);
      try {
        return await work();
      } finally {
        rmSync(lock, { force: true });
      }
    },
  };
}

function readPrivate(path: string): Tokens | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return undefined;
    throw cause;
  }
  try {
    if (process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0)
      throw new WritError('WRIT_KEY_INVALID', `Others can read ${path}; remove it and sign in again.`);
    return readTokens(readFileSync(file, 'utf8'));
  } finally {
    closeSync(file);
  }
}

/** A file that is not as it was written is as good as none. */
function readTokens(text: string): Tokens | undefined {
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value) || typeof value.access !== 'string' || typeof value.since !== 'number') return undefined;
  const { access, since, until, refresh } = value;
  return {
    access,
    since,
    until: typeof until === 'number' ? until : undefined,
    refresh: typeof refresh === 'string' ? refresh : undefined,
  };
}

/** Whoever holds one for longer has died. */
async function takeLock(path: string): Promise<void> {
  for (let waited = 0; ; waited += lockStepMs) {
    try {
      writeFileSync(path, '', { mode: 0o600, flag: 'wx' });
      return;
    } catch (cause) {
      if (!isCode(cause, 'EEXIST')) throw new WritError('WRIT_FILE_UNWRITABLE', whyUnusable(path, cause), { cause });
    }
    if (waited >= lockMs || isStale(path)) rmSync(path, { force: true });
    await setTimeout(lockStepMs);
  }
}

function isStale(path: string): boolean {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  return age > lockMs;
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
