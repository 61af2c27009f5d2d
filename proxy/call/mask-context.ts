import type { JsonObject } from '../../engine/json/types.ts';
import type { FoundElsewhere } from '../../engine/masking/find/elsewhere.ts';
import { MaskMemory } from '../../engine/masking/memory.ts';
import type { MaskContext, Scope } from '../../engine/masking/types.ts';
import type { MaskField, Withhold } from '../../engine/policy/types.ts';
import type { Gateway } from '../types.ts';
import type { Call } from './types.ts';

/** What was masked in the messages of one call, towards its client and towards the server; `id` is that of its first message. */
export interface CallMemory {
  readonly id: string;
  readonly toClient: MaskMemory;
  readonly toServer: MaskMemory;
}

export function callMemory(id: string): CallMemory {
  return { id, toClient: new MaskMemory(), toServer: new MaskMemory() };
}

/** What was masked so far of what its client is told; with it, what tokens of the call stand for. */
export function memoryOf({ memory, turnedBack, original }: Call): MaskMemory {
  for (const { value, token } of turnedBack?.values ?? []) memory.toClient.hide(value, token);
  for (const { value, token } of original?.turnedBack?.values ?? []) memory.toClient.hide(value, token);
  return memory.toClient;
}

/** Whether a token came in the arguments of the call, or of the one that it is about. */
function isTurnedBack({ turnedBack, original }: Call, token: string): boolean {
  return [turnedBack, original?.turnedBack].some((each) => each?.values.some((one) => one.token === token));
}

/** Until Presidio has looked into the texts of a message, those are not shown. */
const nothingSeen: FoundElsewhere = { in: () => undefined };

/** With what masks are applied to a message of a call. `memory` is that of who it is for. */
export function maskContext(
  gateway: Gateway,
  call: Call,
  masks: readonly MaskField[],
  memory: MaskMemory,
  withhold: readonly Withhold[] = [],
): MaskContext {
  const { caller, session } = call;
  const within: Record<Scope, string> = {
    tenant: '',
    session: `session\0${session.key}\0`,
    call: `call\0${call.memory.id}\0`,
  };
  return {
    masks,
    withhold,
    memory,
    ...(gateway.presidio !== undefined && { found: nothingSeen }),
    regions: gateway.config.masking?.regions ?? [],
    token: gateway.tokens.issuerFor(call),
    isToken: (token) => isTurnedBack(call, token) || gateway.tokens.gave(call, token),
    hash: (value, scope = 'tenant') => gateway.recorder.hmac(caller.tenant, 'mask', within[scope] + value),
  };
}

/** The schema of structuredContent that a tool declares. */
export function outputSchemaOf({ server, caller, input }: Call): JsonObject | undefined {
  const { tool } = input.call;
  return tool === undefined ? undefined : server.tools.outputOf(tool, caller.tenant);
}
