import fc from 'fast-check';

/** Texts that trip readers: names every object has, other spellings, controls, what looks like another format. */
const texts = fc.constantFrom(
  '',
  '__proto__',
  'constructor',
  'toString',
  'Name',
  'ſ',
  'K',
  '\0',
  '\u2028',
  '\ufeff',
  '💥',
  'x'.repeat(3_000),
  '{"a":1}',
  '=?base64?YQ==?=',
  '$..*',
  '../../etc/passwd',
  '$'.concat('{env:HOME}'),
  '%s%n',
  '-1',
  'null',
);

/** JSON texts that trip parsers, some of which are no JSON. */
const fragments = fc.constantFrom(
  'null',
  'true',
  '0',
  '-0',
  '1e999',
  '-1e-999',
  '9007199254740993',
  '1.0',
  '01',
  'NaN',
  '[]',
  '{}',
  '[[[[[[[[]]]]]]]]',
  `${'['.repeat(70)}${']'.repeat(70)}`,
  '"\\ud800"',
  '"\\u0000"',
  '{"a":1,"a":2}',
  '{"a":1,"A":2}',
  '{"__proto__":{"a":1}}',
);

const names = fc.constantFrom(
  'jsonrpc',
  'id',
  'method',
  'params',
  'name',
  'arguments',
  '_meta',
  'result',
  'error',
  'code',
);

/** A JSON text that is nearly a message of MCP, or nearly JSON. */
export const hostileJson: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fragments,
    texts.map((text) => JSON.stringify(text)),
    fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(fc.oneof(names, texts), tie('value')), { maxLength: 5 })
      .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`),
  ),
})).value;

/** One change to bytes: some go, some come, one is another, or a part stands there twice. */
type Change = (bytes: Buffer) => Buffer;

const change: fc.Arbitrary<Change> = fc
  .tuple(
    fc.constantFrom('drop', 'insert', 'flip', 'repeat'),
    fc.nat(),
    fc.nat({ max: 40 }),
    fc.uint8Array({ maxLength: 8 }),
  )
  .map(([kind, place, length, more]) => (bytes) => {
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    const [before, part, rest] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
    if (kind === 'drop') return Buffer.concat([before, rest]);
    if (kind === 'insert') return Buffer.concat([before, more, part, rest]);
    if (kind === 'repeat') return Buffer.concat([before, part, part, rest]);
    return Buffer.concat([before, Buffer.from(part.map((byte) => byte ^ (1 << (length % 8)))), rest]);
  });

/** Bytes that were one of these texts before a few changes. */
export function mutated(...originals: readonly string[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) => changes.reduce<Buffer>((bytes, apply) => apply(bytes), Buffer.from(text)));
}

/** Values that a header may have on the wire. */
export const headerValue: fc.Arbitrary<string> = fc
  .oneof(texts, fc.string(), fc.constantFrom('2025-11-25', '2026-07-28', 'tools/call', 'echo', 'gzip', 'identity', '*'))
  .map((text) => text.replace(/[^ -~\u0080-\u00ff]/g, '').trim());
