import type { ErrorCode, WritError } from '../engine/errors.ts';
import { DiagnosticsError } from '../engine/opa/diagnostics-error.ts';

/** Exit codes of every command; docs/cli.md lists them. Those from 64 up are of sysexits(3). */
export const exit = {
  ok: 0,
  /** The command ran and found something wrong: a failing test, a diagnostic, a log that does not verify. */
  found: 1,
  /** The command line is not understood. */
  usage: 64,
  /** A file given as input is not as it must be. */
  data: 65,
  /** Something needed is not there: a newer Node, the OPA toolchain. */
  unavailable: 69,
  /** A fault of Writ itself. */
  software: 70,
  /** A file could not be written or a lock not taken. */
  io: 74,
  /** writ.yaml is wrong. */
  config: 78,
} as const;

const byCode: Partial<Record<ErrorCode, number>> = {
  WRIT_CONFIG_INVALID: exit.config,
  WRIT_OPA_MISSING: exit.unavailable,
  WRIT_OPA_NO_SOCKETS: exit.unavailable,
  WRIT_FILE_UNWRITABLE: exit.io,
  WRIT_UPDATE_REFUSED: exit.usage,
  WRIT_LISTEN_FAILED: exit.unavailable,
  WRIT_COMMAND_FAILED: exit.unavailable,
  WRIT_UPSTREAM_UNREACHABLE: exit.unavailable,
  WRIT_GATEWAY_UNREACHABLE: exit.unavailable,
  WRIT_LOGIN_FAILED: exit.found,
  WRIT_AUDIT_LOCKED: exit.io,
  WRIT_AUDIT_UNAVAILABLE: exit.io,
  WRIT_STORE_UNAVAILABLE: exit.io,
  WRIT_STORE_INVALID: exit.io,
  WRIT_STORE_NEWER: exit.io,
  WRIT_PIN_REFUSED: exit.usage,
  WRIT_INTERNAL: exit.software,
};

export function exitCodeOf(error: WritError): number {
  // Diagnostics of OPA and `writ check` are what the command looks for.
  if (error instanceof DiagnosticsError && error.code === 'WRIT_OPA_FAILED') return exit.found;
  return byCode[error.code] ?? exit.data;
}
