import type { Argv } from 'yargs';
import type { TokenChoice } from '../../proxy/store/value-token-rows.ts';
import { parseDuration } from '../audit/duration.ts';
import { configOption } from '../tools/options.ts';
import { UsageError } from '../usage-error.ts';

/** By which tokens are chosen; all that is given applies. */
export interface Choosing {
  id: string | undefined;
  caller: string | undefined;
  purpose: string | undefined;
  before: string | undefined;
  config: string;
  tenant: string;
}

/** Signs of an id or a caller that are told one from another; fewer would mean too many. */
const prefix = /^[0-9a-f]{8,64}$/;

export function choosing(yargs: Argv<object>): Argv<Choosing> {
  return yargs
    .option('id', { describe: 'How the id begins, as `writ tokens list` shows it', type: 'string' })
    .option('caller', {
      describe: 'How the HMAC of the caller begins, as the audit log has it in subject',
      type: 'string',
    })
    .option('purpose', { describe: 'What they were given out for', type: 'string' })
    .option('before', {
      describe: 'Those given out before a time (RFC 3339), or longer ago than 90s, 10m, 36h, 7d',
      type: 'string',
    })
    .option('config', configOption)
    .option('tenant', { describe: 'Tenant whose tokens they are', type: 'string', default: 'default' })
    .check(({ id, caller, before }) => {
      for (const [name, said] of Object.entries({ id, caller }))
        if (said !== undefined && !prefix.test(said)) throw new UsageError(`--${name} takes 8 to 64 hex digits.`);
      if (before !== undefined) timeOf(before, Date.now());
      return true;
    });
}

/** The tokens meant, at a time in milliseconds. Throws UsageError. */
export function choiceOf({ tenant, id, caller, purpose, before }: Choosing, now: number): TokenChoice {
  return {
    tenant,
    ...(id !== undefined && { id }),
    ...(caller !== undefined && { caller }),
    ...(purpose !== undefined && { purpose }),
    ...(before !== undefined && { before: timeOf(before, now) }),
  };
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

function timeOf(said: string, now: number): string {
  if (!rfc3339.test(said)) return new Date(now - parseDuration(said)).toISOString();
  const at = Date.parse(said);
  if (Number.isNaN(at)) throw new UsageError('--before names no time.');
  return new Date(at).toISOString();
}
