import { pino } from 'pino';

/** Operational messages: what the gateway does, by code and id. Never a payload, a claim, a token or an argument. */
export type Log = pino.Logger;

/** JSON lines on standard error, so that standard output stays for what a command is asked for. */
export function createLog(level: 'silent' | 'warn' | 'info'): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false }),
  );
}
