import type { IndexedEntry } from '../../engine/audit/entries.ts';
import { OpeningLedger } from '../../engine/audit/opening-ledger.ts';
import type { OpeningCounts } from '../../engine/audit/report.ts';
import { readCallPayload } from '../../proxy/recorder/log-reader.ts';

/** What the payload store has of one call, held against the commitments in its entries. */
export interface CallPayload {
  /** `absent`: the store knows nothing of the call, or not yet. */
  state: 'open' | 'destroyed' | 'unreadable' | 'absent';
  counts: OpeningCounts;
  /** By name of opening: the value's RFC 8785 text, or null where policy said not to keep it. Empty where anything is wrong. */
  values: Record<string, string | null>;
  problems: string[];
}

export async function readValues(
  directory: string,
  masterKeyFile: string,
  call: string,
  entries: readonly IndexedEntry[],
): Promise<CallPayload> {
  const openings = await readCallPayload(directory, masterKeyFile, call);
  const problems: string[] = [];
  const ledger = new OpeningLedger((_code, message) => problems.push(message));
  if (openings !== undefined) ledger.load({ from: 0, records: [{ call, openings }] });
  for (const { entry } of entries) ledger.add(entry);
  const values: CallPayload['values'] = {};
  if (typeof openings === 'object' && problems.length === 0) {
    for (const [name, { value }] of openings)
      values[name] = value === undefined ? null : Buffer.from(value).toString('utf8');
  }
  const state = typeof openings === 'string' ? openings : openings === undefined ? 'absent' : 'open';
  return { state, counts: ledger.counts, values, problems };
}
