/** What masking costs on one answer of a demo tool. Run: node bench/masking.ts */
import { createHmac } from 'node:crypto';
import { query } from 'json-p3';
import { parse } from '../engine/json/parse.ts';
import { compilePath } from '../engine/json/path.ts';
import { serialize } from '../engine/json/serialize.ts';
import type { JsonObject } from '../engine/json/types.ts';
import { maskResult } from '../engine/masking/mask-result.ts';
import type { MaskField, Strategy } from '../engine/policy/types.ts';
import { line, microseconds } from './support/microseconds.ts';
import { sampleResult } from './support/sample.ts';

const hash = (value: string): string => createHmac('sha256', 'bench').update(value).digest('hex');

function masks(strategy: Strategy): MaskField[] {
  const paths = ['$.customers[*].email', '$.customers[*].phone', '$.customers[*].address.street'];
  return paths.map((path) => ({
    rule: 'gdpr.mask_fields.contact',
    on: 'result',
    path,
    category: 'user.contact',
    strategy,
    options: {},
  }));
}

function measure(title: string, result: JsonObject, strategies: Strategy[]): void {
  const text = JSON.stringify(result);
  const document = parse(Buffer.from(text), { direction: 'to-client' });
  const baseline = microseconds(() => JSON.stringify(JSON.parse(text)));
  console.log(`\n${title}`);
  console.log(line(`JSON.parse and JSON.stringify, ${text.length} bytes`, baseline));
  for (const strategy of strategies) {
    const fields = masks(strategy);
    const masking = microseconds(() => maskResult(document, { masks: fields, hash }));
    const all = microseconds(() => serialize(maskResult(document, { masks: fields, hash }).document));
    console.log(line(`maskResult, ${strategy}`, masking, baseline));
    console.log(line(`maskResult and serialize, ${strategy}`, all, baseline));
  }
}

measure('3 fields of 1 row, text as JSON.stringify writes it', sampleResult(1), ['partial', 'redact', 'drop', 'hash']);
measure('3 fields of 4 rows, text as JSON.stringify writes it', sampleResult(4), ['partial', 'hash']);
measure(
  '3 fields of 1 row, text indented',
  sampleResult(1, (value) => JSON.stringify(value, null, 2)),
  ['partial'],
);

console.log('\nQueries over the 4 rows');
const { structuredContent = null } = sampleResult(4);
for (const path of ['$.customers[*].email', '$..email', "$.customers[?@.region == 'EU'].email"]) {
  const compiled = compilePath(path);
  const baseline = microseconds(() => query(path, structuredContent).values());
  const each = microseconds(() => compiled.select([structuredContent], () => undefined));
  console.log(line(`json-p3  ${path}`, baseline));
  console.log(line(`compiled ${path}`, each, baseline));
}
