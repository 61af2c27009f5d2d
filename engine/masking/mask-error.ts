import type { JsonObject } from '../json/types.ts';

/**
 * What is shown of a JSON-RPC error where a mask is in force. Message and data are free text of the server, into which
 * no path leads: only the code is kept, and -32603 (internal error) stands in for what is no code. `server` is the name
 * the gateway's configuration gives it.
 */
export function maskError(error: JsonObject, server: string): JsonObject {
  const { code } = error;
  return {
    code: typeof code === 'number' && Number.isSafeInteger(code) ? code : -32603,
    message: `${server} answered with an error; its text is withheld by policy.`,
  };
}
