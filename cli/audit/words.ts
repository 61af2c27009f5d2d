import type { IndexedEntry } from '../../engine/audit/entries.ts';
import type { DecisionEntry, Entry, OutcomeEntry } from '../../engine/audit/entry.ts';
import type { Paint, Style } from '../formats/paint.ts';

const colours: Partial<Record<string, Style>> = {
  allow: 'green',
  'mask-fields': 'yellow',
  'require-approval': 'yellow',
  deny: 'red',
  refused: 'red',
  unreachable: 'red',
  unknown: 'red',
  failed: 'yellow',
  aborted: 'yellow',
};

/** A verdict or status in its colour. */
export function coloured(word: string, paint: Paint): string {
  const colour = colours[word];
  return colour === undefined ? word : paint(colour, word);
}

/** Who called, as the log knows it: never a name. */
export function who({ identity, subject, tenant }: DecisionEntry): string {
  return `${identity} ${subject?.slice(0, 12) ?? 'without a name'} of ${tenant}`;
}

export function what({ method, tool, server }: DecisionEntry): string {
  return `${method}${tool === null ? '' : ` ${tool}`} on ${server}`;
}

export function howItEnded({ status, error, frames, withheld }: OutcomeEntry): string {
  const parts = [`${frames} ${frames === 1 ? 'message' : 'messages'} back`];
  if (withheld > 0) parts.push(`${withheld} withheld`);
  if (error !== null) parts.push(error);
  return `${status}, ${parts.join(', ')}`;
}

/** An entry in one line. */
export function entryLine({ index, entry }: IndexedEntry, paint: Paint): string {
  return [paint('dim', String(index).padStart(7)), entry.time, entry.kind.padEnd(8), about(entry, paint)].join('  ');
}

function about(entry: Entry, paint: Paint): string {
  switch (entry.kind) {
    case 'decision': {
      const failed = entry.error === null ? '' : ` ${paint('red', entry.error)}`;
      return `${coloured(entry.verdict, paint)}${failed}  ${what(entry)}  by ${who(entry)}  ${paint('dim', entry.call)}`;
    }
    case 'intent':
      return paint('dim', entry.call);
    case 'outcome':
      return `${howItEnded(entry).replace(/^\w+/, (status) => coloured(status, paint))}  ${paint('dim', entry.call)}`;
    case 'open': {
      const { gateway, build, recovered } = entry;
      return `${gateway}, ${build}${recovered === 0 ? '' : `, after a crash that cut off ${recovered} calls`}`;
    }
    case 'key':
      return `${entry.kid ?? 'a key in a file'}${entry.endorsed ? '' : paint('yellow', ', not endorsed by the key before')}`;
    case 'bundle':
      return `${entry.revision ?? 'no revision'}  ${paint('dim', entry.digest)}`;
    case 'refusals':
      return Object.entries(entry.counts)
        .map(([code, count]) => `${count} ${code}`)
        .join(', ');
    case 'close':
      return entry.reason;
  }
}
