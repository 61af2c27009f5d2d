import type { Json, JsonObject } from '../json/types.ts';

/**
 * What is shown of a JSON-RPC error where a mask is in force. Message and data are free text of the server, into which
 * no path leads: only the code is kept, and -32603 (internal error) stands in for what is no code. `server` is the name
 * the gateway's configuration gives it.
 */
export function maskError(error: JsonObject, server: string): JsonObject {
  return {
    code: codeOf(error.code),
    message: `${server} answered with an error; its text is withheld by policy.`,
  };
}

/** An error whose words are masked, with the code that every error has. */
export function withCode(error: JsonObject): JsonObject {
  const code = codeOf(error.code);
  return code === error.code ? error : { ...error, code };
}

/** A number of more digits may be one of somebody's. */
function codeOf(code: Json | undefined): number {
  return typeof code === 'number' && Number.isInteger(code) && Math.abs(code) < 1_000_000 ? code : -32603;
}
