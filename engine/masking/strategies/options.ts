import { WritError } from '../../errors.ts';
import type { Json, JsonObject } from '../../json/types.ts';
import type { MaskField, Strategy } from '../../policy/types.ts';
import type { Scope } from '../types.ts';

/**
 * What a mask may say of its strategy, looked at before anything is masked.
 * @throws WritError WRIT_MASK_FAILED for a strategy or an option nobody knows, or one whose value is of no use. It names
 *   the rule and the option, never the value: that may have been made of arguments.
 */
export function checkOptions({ rule, strategy, options, detect }: MaskField): void {
  const known = Object.hasOwn(takes, strategy) ? takes[strategy] : undefined;
  if (known === undefined) throw new WritError('WRIT_MASK_FAILED', `Unknown strategy in ${rule}.`);
  for (const option of Object.keys(options)) {
    const valid = option === 'except' && detect !== undefined ? isCategories : known[option];
    if (valid === undefined)
      throw new WritError('WRIT_MASK_FAILED', `Unknown option ${JSON.stringify(option)} in ${rule}.`);
    if (!valid(options[option]))
      throw new WritError('WRIT_MASK_FAILED', `Option ${JSON.stringify(option)} of ${rule}.`);
  }
  if (strategy === 'tokenise' && !Object.hasOwn(options, 'purpose')) {
    throw new WritError('WRIT_MASK_FAILED', `Option "purpose" of ${rule} is missing.`);
  }
}

type Check = (value: Json | undefined) => boolean;

const isScope: Check = (value) => value === 'call' || value === 'session' || value === 'tenant';
const isCategories: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
const isPurpose: Check = (value) => typeof value === 'string' && value !== '';
const isWithin =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const isTo: Check = (value) => typeof value === 'string' && generalisation(value) !== undefined;
const isLifetime: Check = (value) => typeof value === 'string' && seconds(value) !== undefined;

const takes: Record<Strategy, Record<string, Check | undefined>> = {
  drop: table({}),
  null: table({}),
  redact: table({}),
  hash: table({}),
  partial: table({ keep: isWithin(1, 16) }),
  pseudonym: table({ scope: isScope }),
  generalise: table({ to: isTo }),
  shift: table({ days: isWithin(1, 3650), scope: isScope }),
  tokenise: table({ purpose: isPurpose, expires: isLifetime }),
};

/** Without a prototype: an option may be named `constructor`. */
function table(checks: Record<string, Check>): Record<string, Check | undefined> {
  return Object.assign(Object.create(null), checks);
}

/** Each reader gives what `checkOptions` let pass, or what holds where nothing is said. */
export function keepOf({ keep }: JsonObject): number {
  return typeof keep === 'number' ? keep : 4;
}

export function scopeOf({ scope }: JsonObject): Scope {
  return scope === 'call' || scope === 'session' ? scope : 'tenant';
}

export function daysOf({ days }: JsonObject): number {
  return typeof days === 'number' ? days : 30;
}

/** @throws WritError WRIT_MASK_FAILED */
export function tokenOptions({ purpose, expires }: JsonObject): { purpose: string; expiresIn: number } {
  const expiresIn = expires === undefined ? 3600 : typeof expires === 'string' ? seconds(expires) : undefined;
  if (typeof purpose !== 'string' || expiresIn === undefined) throw new WritError('WRIT_MASK_FAILED');
  return { purpose, expiresIn };
}

/** Seconds of a duration of at most 30 days. */
function seconds(duration: string): number | undefined {
  const [, count, unit] = /^([1-9][0-9]{0,5})([smhd])$/.exec(duration) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  const total = Number(count) * (unit === 's' ? 1 : unit === 'm' ? 60 : unit === 'h' ? 3600 : 86_400);
  return total <= 30 * 86_400 ? total : undefined;
}

export interface Generalisation {
  readonly to: 'year' | 'month' | 'decade' | 'domain' | 'age-band' | 'prefix' | 'network' | 'bucket';
  /** Years of a band, characters of a prefix, bits of a network, width of a bucket; 0 where there is none. */
  readonly size: number;
}

/** What `to` asks for; undefined for what nobody knows. */
export function generalisation(to: string): Generalisation | undefined {
  if (to === 'year' || to === 'month' || to === 'decade' || to === 'domain') return { to, size: 0 };
  const [, network] = /^\/([1-9][0-9]?)$/.exec(to) ?? [];
  if (network !== undefined) return Number(network) <= 64 ? { to: 'network', size: Number(network) } : undefined;
  const [, name, digits] = /^(age-band|prefix|bucket):([1-9][0-9]{0,11})$/.exec(to) ?? [];
  const size = Number(digits);
  if (name === 'age-band' && size >= 5 && size <= 50) return { to: name, size };
  if (name === 'prefix' && size <= 8) return { to: name, size };
  if (name === 'bucket' && size >= 2) return { to: name, size };
  return undefined;
}
