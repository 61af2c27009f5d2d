import type { AuditReport } from '../engine/audit/report.ts';
import { type Expected, verifyLog } from '../engine/audit/verify.ts';
import { openLog } from '../proxy/recorder/log-reader.ts';
import { readKeys } from './audit/log-keys.ts';

/**
 * Verifies the log in a directory against a key file (a C2SP verifier key, or a public key in PEM), or against a trust file:
 * all keys the log ever had, with the sizes at which they signed.
 */
export function verifyDirectory(
  directory: string,
  by: string | { trust: string },
  masterKeyFile?: string,
  expected?: Expected,
): Promise<AuditReport> {
  const [key, trust] = typeof by === 'string' ? [by, undefined] : [undefined, by.trust];
  const read = readKeys({ key, trust });
  return verifyLog(openLog(directory, masterKeyFile), read.keys, read.trust, expected);
}

/** The report in one line. */
export function summarize(report: AuditReport): string {
  const { entries, verdicts, size, origin } = report;
  const counted = Object.entries(verdicts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`);
  return `${origin ?? 'unknown origin'}, ${size ?? 0} entries, ${entries.decision} calls (${counted.join(', ')})`;
}
