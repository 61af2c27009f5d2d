import type { WritError } from '../engine/errors.ts';
import type { Policy } from '../engine/policy/evaluate.ts';
import type { Config } from './config/types.ts';
import type { Presidio } from './detectors/presidio.ts';
import type { Authenticate } from './identity/authenticate.ts';
import type { Recorder } from './recorder/types.ts';
import type { Sealer } from './session/sealer.ts';
import type { Telemetry } from './telemetry/types.ts';
import type { Tokens } from './tokens/tokens.ts';
import type { Server } from './upstream/server.ts';

/** What the steps of the pipeline share. */
export interface Gateway {
  readonly config: Config;
  readonly about: { name: string; environment: string };
  readonly servers: ReadonlyMap<string, Server>;
  readonly authenticate: Authenticate;
  readonly recorder: Recorder;
  /** For what clients keep and give back. */
  readonly sealer: Sealer;
  readonly telemetry: Telemetry;
  /** Reversible tokens that stand for masked values. */
  readonly tokens: Tokens;
  /** Looks into texts besides the gateway's own detectors, where it is configured. */
  readonly presidio?: Presidio | undefined;
  /** The policy in force now. */
  policy(): Policy;
  /** A request was answered by a failure; `call` is its id where its decision is on record. */
  failed(error: WritError, call: string | null): void;
}
