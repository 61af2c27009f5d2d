import type { Attributes } from '@opentelemetry/api';
import { type ErrorKind, errorKinds } from '../../engine/errors.ts';
import { isObject } from '../../engine/json/types.ts';
import { loggedMethod } from '../call/methods.ts';
import { supportedVersions } from '../mcp/era.ts';
import type { Asking, Message } from '../mcp/message.ts';
import type { Naming } from './types.ts';

/**
 * Everything that reaches a span or metric as a word is from a closed set: of the specification, the configuration or the
 * bundle. What a caller or a server chose is `other`: a name can hold a person as well as any argument, and a word a call
 * makes a time series a call.
 */
export const other = 'other';

/** JSON-RPC code of a refusal by policy. */
export const policyRefusal = -31403;

/** Codes that JSON-RPC 2.0 and MCP give a meaning, and the gateway's own. A server can put any number there. */
const rpcCodes = new Set<unknown>([
  ...[-32700, -32600, -32601, -32602, -32603, -32000, -32001, -32002, -32020, -32021, -32022, -32042],
  ...[policyRefusal, ...Object.values(errorKinds).flatMap(({ rpc }: ErrorKind) => rpc ?? [])],
]);

export function rpcCode(code: unknown): string {
  return rpcCodes.has(code) ? String(code) : other;
}

function toolOf({ method, params }: Asking, server: string, { catalogue }: Naming): string | undefined {
  if (method !== 'tools/call') return undefined;
  const tools = Object.hasOwn(catalogue, server) ? catalogue[server] : undefined;
  return typeof params.name === 'string' && tools !== undefined && Object.hasOwn(tools, params.name)
    ? params.name
    : other;
}

/** What a message is, in the attributes of the conventions for MCP. */
export function operationOf(message: Asking, version: string | null, server: string, policy: Naming): Attributes {
  const tool = toolOf(message, server, policy);
  return {
    'mcp.method.name': loggedMethod(message.method),
    ...(tool !== undefined && { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': tool }),
    ...(version !== null && { 'mcp.protocol.version': supportedVersions.includes(version) ? version : other }),
  };
}

/** How an operation failed: `error.type` and, where a JSON-RPC error came with it, its code. */
export interface Failure {
  type: string;
  rpc?: string;
}

/** What an answer says went wrong; undefined where nothing did. */
export function failureOf(message: Message): Failure | undefined {
  if (message.kind !== 'response') return undefined;
  if (message.error !== undefined) {
    const rpc = rpcCode(message.error.code);
    return { type: rpc === other ? '_OTHER' : rpc, rpc };
  }
  return isObject(message.result) && message.result.isError === true ? { type: 'tool_error' } : undefined;
}
