import type { WritError } from '../../engine/errors.ts';
import type { Json, JsonDocument, JsonObject } from '../../engine/json/types.ts';
import type { AppliedMask } from '../../engine/masking/types.ts';
import type { Policy } from '../../engine/policy/evaluate.ts';
import type { Decision, Evaluation, Identity, PolicyInput, Verdict } from '../../engine/policy/types.ts';
import type { Era } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';
import type { Reply } from '../mcp/replies.ts';
import type { Session } from '../session/session.ts';
import type { Server } from '../upstream/server.ts';
import type { CallMemory } from './mask-context.ts';
import type { CallRecord } from './record.ts';
import type { Place } from './target.ts';

/** One message on its way, once it is known who sends it and what it says. */
export interface Call {
  id: string;
  server: Server;
  caller: Identity;
  session: Session;
  /** An answer to a request of the server is held as what it is to policy: a message of that method that awaits nothing. */
  message: Asking;
  era: Era;
  /** The bytes as received; sent on as they are where nothing is masked. */
  bytes: Uint8Array;
  /** What policy sees as the message's arguments, and where in the message it stands. */
  arguments: JsonObject | null;
  place: Place;
  /** Headers that travel with the message: session, mirrors, trace context. */
  headers: Record<string, string>;
  /** The policy in force when the call came; a bundle activated meanwhile decides the next one. */
  policy: Policy;
  input: PolicyInput;
  /** GET that goes on from an event, and whether that came on a stream of which something was hidden. */
  resumes?: { hidden: boolean };
  /** The call whose task this message is about: what is said of a task is decided by it. */
  original?: Call;
  /** A further round of a call (2026-07-28, "Multi Round-Trip Requests"): the state that the server gave with the last one. */
  round?: { state: Json | undefined; methods: JsonObject };
  /** What was masked of it so far. */
  memory: CallMemory;
  /** Of a message to a client: whether masks of the call to which it belongs change it once it is decided. */
  hidden?: boolean;
  /** There where tokens of its arguments were turned back. */
  turnedBack?: TurnedBack;
}

/** What tokens of a call were turned back into. The server knows it, and the caller is to be shown its tokens alone. */
export interface TurnedBack {
  values: { value: string; token: string }[];
  /** How often each rule was used, for the log. */
  applied: { rule: string; strategy: 'detokenise'; category: string | null; count: number }[];
}

/** A call as it is remembered: what decides and shows of it later needs neither its bytes nor the document they say. */
export function withoutBytes(call: Call): Call {
  const document = { value: null, numbers: new WeakMap() };
  const { _meta } = call.message.params;
  const params: JsonObject = _meta === undefined ? {} : { _meta };
  return { ...call, bytes: new Uint8Array(), message: { ...call.message, params, document } };
}

/** A call that was allowed, with what decides what may be shown of its answer. */
export interface OpenCall {
  call: Call;
  decision: Decision;
  record: CallRecord;
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
      /** Headers that go with it, as it now is. */
      headers: Record<string, string>;
      /** What `body` says. */
      document: JsonDocument;
      arguments: JsonObject | null;
      applied: AppliedMask[];
    }
  /** `decision` is what refuses; null where that is the tool's own schema, or `error` of what policy allowed. */
  | { kind: 'answer'; reply: Reply; decision: Decision | null; error?: WritError }
  | { kind: 'fail'; error: WritError };
export type Outgoing = Next & { kind: 'forward' };
