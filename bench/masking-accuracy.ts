import { existsSync, readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { gunzipSync } from 'node:zlib';
import { detectDocument } from '../engine/detect/json.ts';
import { toCodePoints } from '../engine/detect/spans.ts';
import { Accuracy, type Example } from './support/accuracy.ts';
import { printSpeed } from './support/detect-speed.ts';
import { labelledExamples } from './support/labelled.ts';
import { askPresidio } from './support/presidio.ts';

/**
 * Recall, precision and speed of the detectors on labelled examples, beside Presidio where Python has it.
 *
 * Usage: `bench/masking-accuracy.ts [folder] [--errors] [--no-speed]`, the folder with `text.jsonl.gz` and `json.jsonl.gz`;
 * without one, examples are made up, the same in each run.
 */
const folder = argv.slice(2).find((argument) => !argument.startsWith('--'));
const examples = folder === undefined ? labelledExamples() : readExamples(folder);

for (const kind of ['text', 'json'] as const) {
  const accuracy = new Accuracy();
  for (const example of examples) {
    if (example.kind === kind) accuracy.add(example, toCodePoints(example.text, detectDocument(example.text)));
  }
  if (argv.includes('--errors')) for (const error of accuracy.errors) console.log(`  ${error.replaceAll('\n', ' ')}`);
  accuracy.print(kind);
}

const presidio = askPresidio(examples);
if (typeof presidio === 'string') console.log(`\nPresidio: ${presidio}`);
else {
  console.log(`\nPresidio ${presidio.by}`);
  for (const kind of ['text', 'json'] as const) {
    const accuracy = new Accuracy();
    for (const example of examples) {
      if (example.kind === kind) accuracy.add(example, presidio.found.get(example.id) ?? []);
    }
    accuracy.print(`${kind}, Presidio`);
  }
}

if (!argv.includes('--no-speed')) printSpeed(examples);

function readExamples(from: string): Example[] {
  const found: Example[] = [];
  for (const kind of ['text', 'json']) {
    const file = `${from}/${kind}.jsonl.gz`;
    if (!existsSync(file)) continue;
    for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
      if (line !== '') found.push(JSON.parse(line));
    }
  }
  if (found.length === 0) throw new Error(`no text.jsonl.gz or json.jsonl.gz in ${from}`);
  return found;
}
