import type { AuditReport } from '../engine/audit/report.ts';
import { parseVerifierKey } from '../engine/audit/verifier-key.ts';
import { verifyLog } from '../engine/audit/verify.ts';
import { openLog } from '../proxy/recorder/log-reader.ts';
import { readFile } from './read-file.ts';

/** Verifies the log in a directory against a key file: a C2SP verifier key, or a public key in PEM. */
export function verifyDirectory(directory: string, keyFile: string, masterKeyFile?: string): Promise<AuditReport> {
  const key = parseVerifierKey(readFile(keyFile).toString('utf8').trim());
  return verifyLog(openLog(directory, masterKeyFile), [key]);
}

/** The report in one line. */
export function summarize(report: AuditReport): string {
  const { entries, verdicts, size, origin } = report;
  const counted = Object.entries(verdicts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`);
  return `${origin ?? 'unknown origin'}, ${size ?? 0} entries, ${entries.decision} calls (${counted.join(', ')})`;
}
