/** What strict JSON costs beside JSON.parse, JSON.stringify and canonicalize. Run: node bench/json.ts */
import canonicalize from 'canonicalize';
import { canonical, canonicalBytes } from '../engine/json/canonical.ts';
import { parse } from '../engine/json/parse.ts';
import { serialize } from '../engine/json/serialize.ts';
import { line, microseconds } from './support/microseconds.ts';
import { sampleRequest, sampleResponse } from './support/sample.ts';

for (const [name, message] of Object.entries({ request: sampleRequest, response: sampleResponse() })) {
  const bytes = Buffer.from(JSON.stringify(message));
  console.log(`\n${name}, ${bytes.length} bytes`);
  const parsing = microseconds(() => JSON.parse(bytes.toString()));
  console.log(line('JSON.parse', parsing));
  for (const direction of ['to-server', 'to-client'] as const) {
    console.log(
      line(
        `parse ${direction}`,
        microseconds(() => parse(bytes, { direction })),
        parsing,
      ),
    );
  }
  const spelled = Buffer.from(bytes.toString().replace('"id":7', '"id":7.0'));
  console.log(
    line(
      'parse, keeping the text of a number',
      microseconds(() => parse(spelled, { direction: 'to-client' })),
      parsing,
    ),
  );

  const writing = microseconds(() => JSON.stringify(message));
  const plain = parse(bytes, { direction: 'to-client' });
  const kept = parse(spelled, { direction: 'to-client' });
  console.log(line('JSON.stringify', writing));
  console.log(
    line(
      'serialize',
      microseconds(() => serialize(plain)),
      writing,
    ),
  );
  console.log(
    line(
      'serialize, with the text of a number',
      microseconds(() => serialize(kept)),
      writing,
    ),
  );

  const oracle = microseconds(() => canonicalize(message));
  console.log(line('canonicalize', oracle));
  console.log(
    line(
      'canonical',
      microseconds(() => canonical(plain.value)),
      oracle,
    ),
  );
  console.log(
    line(
      'canonical, in bytes',
      microseconds(() => canonicalBytes(plain.value)),
      oracle,
    ),
  );
  console.log(
    line(
      'canonical, with number texts',
      microseconds(() => canonical(kept.value, kept.numbers)),
      oracle,
    ),
  );
}
