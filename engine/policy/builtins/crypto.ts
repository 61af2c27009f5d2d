import { Buffer } from 'node:buffer';
import { createHash, createHmac } from 'node:crypto';
import { text } from './operands.ts';
import type { Builtin, Builtins } from './term.ts';

const hash =
  (algorithm: string): Builtin =>
  ([message]) =>
    createHash(algorithm).update(text(message), 'utf8').digest('hex');

const hmac =
  (algorithm: string): Builtin =>
  ([message, key]) =>
    createHmac(algorithm, Buffer.from(text(key), 'utf8'))
      .update(text(message), 'utf8')
      .digest('hex');

/** https://www.openpolicyagent.org/docs/policy-reference/builtins/crypto, digests only. */
export const crypto: Builtins = {
  'crypto.md5': hash('md5'),
  'crypto.sha1': hash('sha1'),
  'crypto.sha256': hash('sha256'),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.hmac.equal': ([left, right]) => text(left) === text(right),
};
