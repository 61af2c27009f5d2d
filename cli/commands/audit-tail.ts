import { setTimeout } from 'node:timers/promises';
import { type IndexedEntry, readCheckpoint, readEntries } from '../../engine/audit/entries.ts';
import type { LogReader } from '../../engine/audit/walk.ts';
import { WritError } from '../../engine/errors.ts';
import { directoryPosition, openCheckpointed } from '../audit/open.ts';
import { print } from '../audit/print.ts';
import { entryLine } from '../audit/words.ts';
import type { Command } from '../command.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { formatOption } from '../options.ts';
import { stopSignal } from '../stop-signal.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments {
  directory: string;
  lines: number;
  follow: boolean;
  format: FormatName;
}

/** Milliseconds between looks at the checkpoint, which a gateway signs at most once a second. */
const LOOK = 500;

/** Entries from index `from` on as new checkpoints cover them, until `stopped`. */
async function* followed(reader: LogReader, from: number, stopped: AbortSignal): AsyncGenerator<IndexedEntry> {
  for (let seen = from; ; ) {
    await setTimeout(LOOK, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    const { size } = await readCheckpoint(reader);
    if (size < seen) throw new WritError('WRIT_AUDIT_CORRUPT', `It had ${seen} entries just now and has ${size}.`);
    yield* readEntries(reader, size, seen);
    seen = size;
  }
}

export const auditTail: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('directory', directoryPosition)
      .option('lines', { alias: 'n', describe: 'How many entries', type: 'number', default: 10 })
      .option('follow', {
        alias: 'f',
        describe: 'Go on with new entries until stopped',
        type: 'boolean',
        default: false,
      })
      .option('format', formatOption)
      .check(({ lines }) => {
        if (Number.isSafeInteger(lines) && lines >= 0) return true;
        throw new UsageError('--lines takes a whole number.');
      })
      .example('$0 audit tail ./data/audit -f', 'What the gateway decides, as it happens')
      .epilogue(
        'Shows what a checkpoint covers, which new entries are about a second later. It checks no signature: that is `writ audit verify`. --format json writes one entry a line. Exits 0 when stopped, 65 where the log cannot be read.',
      ),
  handler: async ({ directory, lines, follow, format }) => {
    const reader = openCheckpointed(directory);
    const paint = paintFor(process.stdout);
    const show = ({ index, entry }: IndexedEntry) =>
      print(`${format === 'json' ? JSON.stringify({ index, entry }) : entryLine({ index, entry }, paint)}\n`);
    const { size } = await readCheckpoint(reader);
    for await (const found of readEntries(reader, size, Math.max(0, size - lines))) await show(found);
    if (!follow) return;
    const stop = new AbortController();
    void stopSignal().then(() => stop.abort());
    for await (const found of followed(reader, size, stop.signal)) await show(found);
  },
};
