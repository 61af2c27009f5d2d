import { hash } from 'node:crypto';
import { canonicalBytes } from '../json/canonical.ts';
import type { JsonObject } from '../json/types.ts';

/** What makes two calls the same call: who asks which server for what. `name` is the tool, the prompt or the uri. */
export interface CallIdentity {
  tenant: string;
  subject: string;
  server: string;
  method: string;
  name: string | null;
  arguments: JsonObject | null;
}

/**
 * `input.call.hash`: SHA-256 of the RFC 8785 form, in hex. `_meta`, request state and tasks are not part of it, or no
 * retry would match an approval. It never leaves the process: an unsalted hash of arguments could be guessed at.
 */
export function callHash(call: CallIdentity): string {
  const { tenant, subject, server, method, name } = call;
  const form = canonicalBytes({ tenant, subject, server, method, name, arguments: call.arguments });
  return hash('sha256', form, 'hex');
}
