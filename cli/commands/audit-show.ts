import { type IndexedEntry, readCall, readCheckpoint, readEntry } from '../../engine/audit/entries.ts';
import type { BuildData } from '../../engine/policy/types.ts';
import { type CallPayload, readValues } from '../audit/call-payload.ts';
import { directoryPosition, openCheckpointed } from '../audit/open.ts';
import { print } from '../audit/print.ts';
import { ruleTitles } from '../audit/rule-titles.ts';
import { coloured, entryLine, howItEnded, what, who } from '../audit/words.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { formatOption } from '../options.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments {
  directory: string;
  call: string;
  payload: boolean;
  'master-key': string | undefined;
  format: FormatName;
}

interface Shown {
  origin: string;
  size: number;
  entries: IndexedEntry[];
  rules: BuildData['rules'];
  payload: CallPayload | null;
}

type Line = (name: string, text: string) => string;

/** One entry in words, a fact a line. */
function entryLines({ index, entry }: IndexedEntry, rules: Shown['rules'], line: Line, paint: Paint): string[] {
  const rule = (id: string) => {
    const { title = null, at = null } = rules[id] ?? {};
    return `${id}${title === null ? '' : `  ${visible(title)}`}${at === null ? '' : `  ${paint('dim', visible(at))}`}`;
  };
  const each = <T>(name: string, list: readonly T[], say: (one: T) => string) =>
    list.map((one, at) => line(at === 0 ? name : '', say(one)));
  const mask = ({ rule, strategy, category }: { rule: string; strategy: string; category: string | null }) =>
    `${category ?? 'a path'} by ${strategy}, for ${rule}`;
  const head = paint('bold', `${entry.kind}, entry ${index}, ${entry.time}`);
  switch (entry.kind) {
    case 'decision':
      return [
        head,
        line('who', who(entry)),
        line('what', what(entry)),
        line(
          'verdict',
          `${coloured(entry.verdict, paint)}${entry.error === null ? '' : `, and refused: ${entry.error}`}`,
        ),
        ...each('rules', entry.rules, rule),
        ...each('masks', entry.masks, mask),
        ...each('duties', entry.obligations, rule),
        ...(entry.pending === null ? [] : [line('waits', `for approval, as ${entry.pending}`)]),
        ...each('unknown', entry.unanswered, (builtin) => `${builtin} could not answer`),
        line('bundle', entry.bundle),
        line('fuel', `${entry.fuel} units`),
      ];
    case 'intent':
      return [head, line('sent on', `arguments ${entry.commitments.arguments ?? 'none'}`)];
    case 'outcome':
      return [
        head,
        line(
          'ended',
          howItEnded(entry).replace(/^\w+/, (status) => coloured(status, paint)),
        ),
        ...each('rules', entry.rules, rule),
        ...each('masked', entry.masked, (one) => `${one.count} of ${mask(one)}`),
        line('received', entry.commitments.received ?? 'nothing'),
        line('shown', entry.commitments.sent ?? 'nothing'),
      ];
    default:
      return [entryLine({ index, entry }, paint)];
  }
}

const states = {
  open: 'the store has it, and it is what the log committed to',
  destroyed: 'its key was destroyed: nobody can read it any more',
  unreadable: 'it does not decrypt: the store was changed, or the master key is another',
  absent: 'the store has nothing of this call, or not yet',
} as const;

function payloadLines({ state, counts, values, problems }: CallPayload, line: Line, paint: Paint): string[] {
  const counted = Object.entries(counts).filter(([, count]) => count > 0);
  return [
    paint('bold', 'payload'),
    line('', problems.length > 0 && state === 'open' ? 'the store has it, and it was changed' : states[state]),
    line('counts', counted.map(([name, count]) => `${count} ${name}`).join(', ') || 'none'),
    ...problems.map((problem) => line('', paint('red', problem))),
    ...Object.entries(values).map(([name, value]) => line(name, value === null ? 'not kept' : visible(value))),
  ];
}

function pretty({ origin, size, entries, rules, payload }: Shown, paint: Paint): string {
  const line: Line = (name, text) => `  ${paint('dim', name.padEnd(10))} ${text}`;
  const [first] = entries;
  const call = first !== undefined && 'call' in first.entry ? `call ${first.entry.call} in ` : '';
  const unended = entries.at(-1)?.entry.kind === 'intent' ? [line('', 'no outcome is on record yet')] : [];
  return [
    `${call}${origin}, ${size} entries`,
    ...entries.flatMap((one) => entryLines(one, rules, line, paint)),
    ...unended,
    ...(payload === null ? [] : payloadLines(payload, line, paint)),
    '',
  ].join('\n');
}

export const auditShow: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('directory', directoryPosition)
      .positional('call', { describe: 'Call id, or index of an entry', type: 'string', demandOption: true })
      .option('payload', { describe: 'Show what was asked and answered, too', type: 'boolean', default: false })
      .option('master-key', { describe: 'Master key file, for --payload', type: 'string', normalize: true })
      .option('format', formatOption)
      .check(({ payload, 'master-key': key }) => {
        if (payload && key === undefined) throw new UsageError('--payload needs --master-key.');
        return true;
      })
      .example('$0 audit show ./data/audit 4711', 'The call that entry 4711 belongs to')
      .epilogue(
        'Shows what a checkpoint covers, and checks no signature: that is `writ audit verify`. Exits 1 where the payload was changed.',
      ),
  handler: async ({ directory, call, payload, format, ...args }) => {
    const reader = openCheckpointed(directory);
    const { origin, size } = await readCheckpoint(reader);
    const asked = /^\d{1,15}$/.test(call) ? await readEntry(reader, size, Number(call)) : undefined;
    const id = asked === undefined ? call : 'call' in asked.entry ? asked.entry.call : null;
    const found = id === null ? [asked] : await readCall(reader, size, id);
    const entries = found.flatMap((one) => (one === undefined ? [] : [{ index: one.index, entry: one.entry }]));
    const decision = entries.map(({ entry }) => entry).find((entry) => entry.kind === 'decision');
    const rules = decision === undefined ? {} : await ruleTitles(reader, decision.bundle);
    const masterKey = args['master-key'];
    const values =
      payload && id !== null && masterKey !== undefined ? await readValues(directory, masterKey, id, entries) : null;
    const shown = { origin, size, entries, rules: named(entries, rules), payload: values };
    await print(format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : pretty(shown, paintFor(process.stdout)));
    if (values !== null && values.problems.length > 0) process.exitCode = exit.found;
  },
};

/** Of all rules of a bundle those that these entries name. */
function named(entries: readonly IndexedEntry[], rules: BuildData['rules']): BuildData['rules'] {
  const ids = entries.flatMap(({ entry }) => ('rules' in entry ? entry.rules : []));
  const duties = entries.flatMap(({ entry }) => (entry.kind === 'decision' ? entry.obligations : []));
  return Object.fromEntries(Object.entries(rules).filter(([id]) => ids.includes(id) || duties.includes(id)));
}
