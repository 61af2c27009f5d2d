import { once } from 'node:events';
import { detectDocument } from '../../engine/detect/json.ts';
import { toCodePoints } from '../../engine/detect/spans.ts';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import type { Command } from '../command.ts';
import { type FileLine, named, readLines } from '../read-lines.ts';
import { regionOption, regionsOf } from '../regions.ts';

interface Arguments {
  jsonl: string;
  region: string[];
}

/** A line of the file: a document and how to name it. */
interface Record {
  id: string | number;
  text: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws WRIT_RECORD_INVALID, which names the line and repeats nothing of it. */
function recordOf({ number, bytes }: FileLine, file: string): Record {
  const wrong = (what: string) => new WritError('WRIT_RECORD_INVALID', `Line ${number} of ${file} ${what}.`);
  let value: Json;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    // The parser's message would quote what the line holds.
    throw wrong('is not JSON in UTF-8');
  }
  if (!isObject(value)) throw wrong('is not an object');
  const { id, kind, text } = value;
  if (typeof id !== 'string' && typeof id !== 'number') throw wrong('has no `id` that is a string or a number');
  if (kind !== 'text' && kind !== 'json') throw wrong('has no `kind` that is "text" or "json"');
  if (typeof text !== 'string') throw wrong('has no `text` that is a string');
  return { id, text };
}

/** Of what is piped on, no more is kept than whoever reads it can take. */
async function write(line: string): Promise<void> {
  if (!process.stdout.write(line)) await once(process.stdout, 'drain');
}

export const detect: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .option('jsonl', {
        describe: 'Records, one a line: {"id", "kind": "text" or "json", "text"}; - is standard input',
        type: 'string',
        demandOption: 'Name the records: --jsonl <file>, or --jsonl - for standard input.',
        nargs: 1,
      })
      .option('region', regionOption)
      .example('$0 detect --jsonl records.jsonl', 'A line for each: {"id", "spans": [{"start", "end", "type"}]}')
      .example('$0 detect --jsonl records.jsonl --region SE,FI', 'National phone numbers are Swedish or Finnish')
      .example('gunzip -c records.jsonl.gz | $0 detect --jsonl -', 'From another program')
      .epilogue(
        'Offsets count Unicode code points of `text`, in JSON too: escapes as they are written. Exits 0 whatever is found, 65 where the ' +
          'file cannot be read or a line is wrong; lines before that one are answered. docs/masking.md lists the types.',
      ),
  handler: async ({ jsonl, region }) => {
    const regions = regionsOf(region);
    for await (const line of readLines(jsonl)) {
      if (line.bytes.every((byte) => byte === 32 || byte === 13 || byte === 9)) continue;
      const { id, text } = recordOf(line, named(jsonl));
      const spans = toCodePoints(text, detectDocument(text, { regions }));
      await write(`${JSON.stringify({ id, spans })}\n`);
    }
  },
};
