import { count, lost } from './checks.ts';
import { type Exception, keyOf, type Place } from './exceptions.ts';
import type { Row } from './run.ts';

export interface Loss extends Place {
  suite: string;
  /** The suite's words. */
  message: string;
  /** Why it is accepted, where it is. */
  reason: string | null;
}

export interface Report {
  rows: Row[];
  losses: Loss[];
  /** Exceptions for what is not lost. */
  stale: string[];
  /** Direct rows that passed more when the table was kept, or are not in it. */
  fallen: string[];
}

const ways = { direct: 'direct', writ: 'Writ, allow-all', masked: 'Writ, GDPR masks' };
const label = ({ suite, set, leg, route }: Row) => `${suite} | ${set} | ${leg} | ${ways[route]}`;

/** Compares each way with the direct one, and the direct one with the kept table, unless that is to be written anew. */
export function reportOf(rows: Row[], exceptions: readonly Exception[], kept: string | null): Report {
  const reasons = new Map(exceptions.map(({ key, reason }) => [key, reason]));
  const losses = rows.flatMap((row) => {
    const { suite, set, leg, route } = row;
    const direct = rows.find((other) => other.route === 'direct' && sameLeg(other, row));
    return lost(direct?.checks ?? [], row.checks).map(({ check, message }) => {
      const place = { set, leg, route, check };
      return { suite, ...place, message, reason: reasons.get(keyOf(place)) ?? null };
    });
  });
  const lostKeys = new Set(losses.map(keyOf));
  const looked = new Set(rows.map(({ set, leg, route }) => `${set}, ${leg}, ${route}: `));
  // Of what did not run nobody knows whether it is stale.
  const ran = exceptions.filter(({ key }) => [...looked].some((prefix) => key.startsWith(prefix)));
  return {
    rows,
    losses,
    stale: ran.filter(({ key }) => !lostKeys.has(key)).map(({ key }) => key),
    fallen: rows.filter((row) => kept !== null && row.route === 'direct' && hasFallen(row, kept)).map(label),
  };
}

const sameLeg = (one: Row, other: Row) => one.suite === other.suite && one.set === other.set && one.leg === other.leg;

/** Fewer checks pass, or more fail, than the kept table says; or it says nothing, and so would let anything pass. */
function hasFallen(row: Row, kept: string): boolean {
  const line = kept.split('\n').find((line) => line.startsWith(`| ${label(row)} |`)) ?? '';
  const [, passed, failed] = /(\d+) \/ (\d+) \|$/.exec(line) ?? [];
  const { checks } = count(row.checks);
  return !(checks.passed >= Number(passed) && failedOf(checks) <= Number(failed));
}

const failedOf = ({ failed, warned }: { failed: number; warned: number }) => failed + warned;

export const ok = ({ losses, stale, fallen }: Report): boolean =>
  losses.every(({ reason }) => reason !== null) && stale.length + fallen.length === 0;

/** The table in Markdown: scenarios and checks as passed / failed, a warning counting as failed. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const { scenarios, checks } = count(row.checks);
    return `| ${label(row)} | ${scenarios.passed} / ${scenarios.failed} | ${checks.passed} / ${failedOf(checks)} |`;
  });
  return ['| suite | set | leg | route | scenarios | checks |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

/** For people. */
export function show({ rows, losses, stale, fallen }: Report): string {
  const told = losses.map((loss) => `${keyOf(loss)}: ${loss.reason === null ? loss.message : `known, ${loss.reason}`}`);
  const parts: [string, string[]][] = [
    ['Lost through Writ', [...new Set(told)]],
    ['Exceptions for what is not lost', stale],
    ['Below what the page keeps', fallen],
  ];
  const lists = parts.map(
    ([title, lines]) => `${title}: ${lines.length}${lines.map((line) => `\n  ${line}`).join('')}`,
  );
  return [table(rows), ...lists].join('\n\n');
}
