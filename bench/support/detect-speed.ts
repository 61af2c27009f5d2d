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
/** A round ends after so many seconds of work, however many calls that were. */
const longest = 1;

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
    const text = cut(texts, size, '\n');
    const document = `[${cut(documents, size, ',')}]`;
    rows.push(measured(`  text, ${name}`, text.length, () => detectDocument(text)));
    rows.push(measured(`  JSON, ${name}`, document.length, () => detectDocument(document)));
    if (size > largestResult) continue;
    const result = parse(Buffer.from(JSON.stringify({ content: [{ type: 'text', text: document }], isError: false })), {
      direction: 'to-client',
    });
    rows.push(
      measured(`  tool result, masked, ${name}`, document.length, () => maskResult(result, { masks: [mask], hash })),
    );
  }
  console.log(`\n${table(['speed', 'p50 ms', 'p99 ms', 'MiB/s'], rows)}`);
}

/** Whole texts, over and over, up to a size. */
function cut(texts: readonly string[], size: number, between: string): string {
  const parts: string[] = [];
  for (let length = 0, at = 0; texts.length > 0; at++) {
    const next = texts[at % texts.length] ?? '';
    if (length + next.length > size && parts.length > 0) break;
    parts.push(next);
    length += next.length + between.length;
  }
  return parts.join(between);
}

function measured(name: string, length: number, work: () => unknown): string[] {
  const times: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < 4; round++) {
    const calls = Math.max(2, Math.min(400, Math.ceil((256 * KIB) / length)));
    const before = process.cpuUsage();
    const begun = process.hrtime.bigint();
    let done = 0;
    while (done < calls && process.hrtime.bigint() - begun < BigInt(longest) * 1_000_000_000n) {
      const start = process.hrtime.bigint();
      work();
      done++;
      if (round > 0) times.push(Number(process.hrtime.bigint() - start) / 1e6);
    }
    const { user, system } = process.cpuUsage(before);
    // The first round warms up.
    if (round > 0) rates.push((done * length) / MIB / ((user + system) / 1e6));
  }
  times.sort((a, b) => a - b);
  rates.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return [name, fixed(at(0.5), 2), fixed(at(0.99), 2), fixed(rates[1] ?? Number.NaN, 2)];
}
