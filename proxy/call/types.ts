import type { WritError } from '../../engine/errors.ts';
import type { JsonObject } from '../../engine/json/types.ts';
import type { AppliedMask } from '../../engine/masking/types.ts';
import type { Policy } from '../../engine/policy/evaluate.ts';
import type { Decision, Evaluation, Identity, PolicyInput, Verdict } from '../../engine/policy/types.ts';
import type { Era } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';
import type { Reply } from '../mcp/replies.ts';
import type { Server } from '../upstream/server.ts';

/** One message on its way, once it is known who sends it and what it says. */
export interface Call {
  id: string;
  server: Server;
  caller: Identity;
  message: Asking;
  era: Era;
  /** The bytes as received; sent on as they are where nothing is masked. */
  bytes: Uint8Array;
  /** tools/call, prompts/get: the arguments as asked. */
  arguments: JsonObject | null;
  /** Headers that travel with the message: session, mirrors, trace context. */
  headers: Record<string, string>;
  /** The policy in force when the call came; a bundle activated meanwhile decides the next one. */
  policy: Policy;
  input: PolicyInput;
}

/** What policy said of a call, or how it failed to say anything. */
export type Ruling =
  | { kind: 'decided'; evaluation: Evaluation; verdict: Verdict; pending: string | null }
  | { kind: 'failed'; error: WritError };

/** What happens next: the message as it will be sent on, the answer of a refusal, or the failure to report. */
export type Next =
  | {
      kind: 'forward';
      decision: Decision;
      body: Uint8Array | string;
      arguments: JsonObject | null;
      applied: AppliedMask[];
    }
  | { kind: 'answer'; reply: Reply }
  | { kind: 'fail'; error: WritError };
export type Outgoing = Next & { kind: 'forward' };
