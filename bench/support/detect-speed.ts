import { createHmac } from 'node:crypto';
import { detectDocument } from '../../engine/detect/json.ts';
import { parse } from '../../engine/json/parse.ts';
import { maskResult } from '../../engine/masking/mask-result.ts';
import type { MaskField } from '../../engine/policy/types.ts';
import type { Example } from './accuracy.ts';
import { fixed, table } from './table.ts';

const KIB = 1024;
const MIB = KIB * KIB;
const sizes = [KIB, 10 * KIB, 64 * KIB, 512 * KIB, 4 * MIB] as const;

/** A message as JSON text is longer than what it holds, and messages are bounded. */
const largestResult = 64 * KIB;
/** A round takes so many seconds of work, or two calls. The first is for V8 to compile what it runs. */
const roundSeconds = 0.7;
/** So many different ones of a size take turns, where there are as many: one alone would be known by heart. */
const different = 8;

const mask: MaskField = {
  rule: 'bench.mask_fields.detected',
  on: 'result',
  detect: 'user',
  category: null,
  strategy: 'redact',
  options: {},
};
const hash = (value: string): string => createHmac('sha256', 'bench').update(value).digest('hex');

/** Prints what looking through texts, and masking tool results, costs by size: CPU time of this process, medians of three rounds. */
export function printSpeed(examples: readonly Example[]): void {
  const texts = examples.filter(({ kind }) => kind === 'text').map(({ text }) => text);
  const documents = examples.filter(({ kind }) => kind === 'json').map(({ text }) => text);
  const rows: string[][] = [];
  for (const size of sizes) {
    const name = size < MIB ? `${size / KIB} KiB` : `${size / MIB} MiB`;
    const prose = cuts(texts, size, '\n');
    const json = cuts(documents, size, ',').map((document) => `[${document}]`);
    rows.push(measured(`  text, ${name}`, prose.map(detecting)));
    rows.push(measured(`  JSON, ${name}`, json.map(detecting)));
    if (size <= largestResult) rows.push(measured(`  tool result, masked, ${name}`, json.map(masking)));
  }
  console.log(`\n${table(['speed', 'p50 ms', 'p99 ms', 'MiB/s'], rows)}`);
}

/** Something to do with so many characters. */
interface Work {
  readonly length: number;
  do(): unknown;
}

function detecting(text: string): Work {
  return { length: text.length, do: () => detectDocument(text) };
}

function masking(document: string): Work {
  const message = { content: [{ type: 'text', text: document }], isError: false };
  const result = parse(Buffer.from(JSON.stringify(message)), { direction: 'to-client' });
  return { length: document.length, do: () => maskResult(result, { masks: [mask], hash }) };
}

/** Whole texts, over and over, up to a size: different ones as long as there are any. */
function cuts(texts: readonly string[], size: number, between: string): string[] {
  const found: string[] = [];
  for (let at = 0; found.length < different && (at < texts.length || found.length === 0); ) {
    const parts: string[] = [];
    for (let length = 0; texts.length > 0; at++) {
      const next = texts[at % texts.length] ?? '';
      if (length + next.length > size && parts.length > 0) break;
      parts.push(next);
      length += next.length + between.length;
    }
    found.push(parts.join(between));
  }
  return found;
}

function measured(name: string, works: readonly Work[]): string[] {
  const times: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < 4; round++) {
    const before = process.cpuUsage();
    const begun = process.hrtime.bigint();
    let [done, characters] = [0, 0];
    while (done < 2 || process.hrtime.bigint() - begun < BigInt(roundSeconds * 1e9)) {
      const work = works[done % works.length];
      if (work === undefined) break;
      const start = process.hrtime.bigint();
      work.do();
      if (round > 0) times.push(Number(process.hrtime.bigint() - start) / 1e6);
      characters += work.length;
      done++;
    }
    const { user, system } = process.cpuUsage(before);
    if (round > 0) rates.push(characters / MIB / ((user + system) / 1e6));
  }
  times.sort((a, b) => a - b);
  rates.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return [name, fixed(at(0.5), 2), fixed(at(0.99), 2), fixed(rates[1] ?? Number.NaN, 2)];
}
