import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import { parse } from '../../../engine/json/parse.ts';
import { maskArguments } from '../../../engine/masking/mask-arguments.ts';
import type { MaskField } from '../../../engine/policy/types.ts';
import { argumentsOf, hash, mask } from './support.ts';

test('without a mask on arguments they are passed as they are', () => {
  const document = parse(Buffer.from('{"id":1.0}'), { direction: 'to-server' });
  const masked = maskArguments(document, { masks: [mask('$.id', 'redact', { on: 'result' })], hash });
  assert.equal(masked.document, document);
  assert.deepEqual(masked.applied, []);
});

test('items are dropped by the indexes they had', () => {
  const masked = argumentsOf('{"a":[1.0,2.0,3.0,{"b":[4.0,5.0]},6.0]}', [
    mask('$.a[0]', 'drop'),
    mask('$.a[2]', 'drop'),
    mask('$.a[3].b[0]', 'drop'),
    mask('$.a[4]', 'null'),
  ]);
  assert.equal(masked.text, '{"a":[2.0,{"b":[5.0]},null]}');
});

test('numbers that stay keep their text beside ones that go', () => {
  const masked = argumentsOf('{"a":1.0,"b":2.50,"c":[19.90,20.00,"x"],"d":{"e":1e2}}', [
    mask('$.a', 'drop'),
    mask('$.c[0]'),
    mask('$.d.e', 'null'),
  ]);
  assert.equal(masked.text, '{"b":2.50,"c":["[redacted]",20.00,"x"],"d":{"e":null}}');
});

test('a mask on a container covers what lies below; all masks of a node are counted', () => {
  const masked = argumentsOf('{"a":{"b":"Anna Example","c":"Ben Example"},"d":"Carla Example"}', [
    mask('$.a', 'partial', { rule: 'one' }),
    mask('$.a.b', 'hash', { rule: 'two' }),
    mask('$..b', 'partial', { rule: 'three' }),
    mask('$.d', 'redact', { rule: 'four', category: 'user.name' }),
    mask('$.none', 'redact', { rule: 'five' }),
  ]);
  assert.equal(masked.text, '{"a":{"b":"[redacted]","c":"*******mple"},"d":"[redacted]"}');
  assert.deepEqual(masked.applied, [
    { rule: 'one', strategy: 'partial', category: null, count: 2 },
    { rule: 'two', strategy: 'hash', category: null, count: 1 },
    { rule: 'three', strategy: 'partial', category: null, count: 1 },
    { rule: 'four', strategy: 'redact', category: 'user.name', count: 1 },
  ]);
});

test('a path that selects a node twice masks it once', () => {
  const masked = argumentsOf('{"a":["Anna Example"]}', [mask('$.a[0, 0, *]'), mask('$..[0]')]);
  assert.equal(masked.text, '{"a":["[redacted]"]}');
  assert.deepEqual(
    masked.applied.map(({ count }) => count),
    [2],
  );
});

test('a masked value is taken out of every other text it stands in', () => {
  const masked = argumentsOf(
    JSON.stringify({
      email: 'anna.example@example.com',
      note: 'Write to Anna.Example@EXAMPLE.com, not to ben@example.com',
      deep: [{ log: '{"to":"anna.example@example.com"}' }],
    }),
    [mask('$.email', 'partial')],
  );
  assert.deepEqual(masked.value, {
    email: 'a***@masked.invalid',
    note: 'Write to a***@masked.invalid, not to ben@example.com',
    deep: [{ log: '{"to":"a***@masked.invalid"}' }],
  });
});

test('what cannot be masked is not sent', () => {
  const refused: [string, MaskField[], string][] = [
    ['{"a":1}', [mask('$', 'drop')], 'WRIT_MASK_FAILED'],
    ['{"a":1}', [mask('$', 'redact')], 'WRIT_MASK_FAILED'],
    ['[1]', [mask('$.a')], 'WRIT_MASK_FAILED'],
    ['{"a":1}', [mask('$.a[')], 'WRIT_MASK_PATH'],
    ['{"a":1}', [mask('$.a', 'redact', { options: { keep: 2 } })], 'WRIT_MASK_FAILED'],
    ['{"a":1}', [Object.assign(mask('$.a'), { strategy: 'rot13' })], 'WRIT_MASK_FAILED'],
  ];
  for (const [text, masks, code] of refused) {
    assert.throws(
      () => argumentsOf(text, masks),
      (error) => error instanceof WritError && error.code === code,
      code,
    );
  }
});

test('a failure of the keyed hash has a code and says nothing of the value', () => {
  const document = parse(Buffer.from('{"a":"Anna Example"}'), { direction: 'to-server' });
  const failing = (value: string): string => {
    throw new Error(`no key for ${value.length}`);
  };
  assert.throws(
    () => maskArguments(document, { masks: [mask('$.a', 'hash')], hash: failing }),
    (error) => error instanceof WritError && error.code === 'WRIT_MASK_FAILED' && !error.message.includes('Anna'),
  );
});

test('a name that is one of a mask but for letter case is refused, wherever the mask comes to it', () => {
  const refused: [string, string][] = [
    ['{"Email":"a@example.com"}', '$.email'],
    ['{"email":"a@example.com","rows":[{"EMAIL":"b@example.com"}]}', '$..email'],
    ['{"Rows":[{"email":"a@example.com"}]}', '$.rows[*].email'],
    ['{"rows":[{"email":"a@example.com"},{"eMail":"b@example.com"}]}', '$.rows[*].email'],
    ['{"rows":[{"Kind":"card","number":"4111"}]}', "$.rows[?@.kind == 'card'].number"],
    ['{"rows":[{"of":{"Kind":"card"},"number":"4111"}]}', "$.rows[?@.of.kind == 'card'].number"],
    ['{"\u212aey":"x"}', '$.key'],
  ];
  for (const [text, path] of refused)
    assert.throws(
      () => argumentsOf(text, [mask(path)]),
      (error) => error instanceof WritError && error.code === 'WRIT_ARGUMENT_NAME' && error.detail === undefined,
      text,
    );
  const fine: [string, string][] = [
    ['{"email":"a@example.com","other":{"Email":1}}', '$.email'],
    ['{"rows":[{"kind":"card"}],"Kind":1}', "$.rows[?@.kind == 'card'].number"],
    ['{"Rows":1}', '$[0].rows'],
  ];
  for (const [text, path] of fine) assert.doesNotThrow(() => argumentsOf(text, [mask(path)]), text);
});

test('what a server asks of a client is masked, in lists too, and where it says it again', () => {
  const sampling = {
    systemPrompt: 'You write to anna.example@example.com.',
    messages: [
      { role: 'user', content: { type: 'text', text: 'Anna Example' } },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Ben Example' },
          { type: 'image', data: 'QW5uYQ==' },
        ],
      },
      { role: 'assistant', content: { type: 'tool_use', input: { to: 'anna.example@example.com', n: [1234567] } } },
    ],
    maxTokens: 100,
  };
  const masked = argumentsOf(JSON.stringify(sampling), [
    mask('$.messages[*].content.text'),
    mask('$.messages[*].content[*].text', 'drop'),
    mask('$.messages[*].content[*].data', 'null'),
    mask('$.messages[*].content.input.to', 'partial'),
    mask('$.messages[*].content.input.n[*]'),
  ]);
  assert.deepEqual(masked.value, {
    systemPrompt: 'You write to a***@masked.invalid.',
    messages: [
      { role: 'user', content: { type: 'text', text: '[redacted]' } },
      { role: 'user', content: [{ type: 'text' }, { type: 'image', data: null }] },
      { role: 'assistant', content: { type: 'tool_use', input: { to: 'a***@masked.invalid', n: ['[redacted]'] } } },
    ],
    maxTokens: 100,
  });
});

test('so is what a client answers', () => {
  const masks = [mask('$.content.email', 'hash'), mask('$.roots[*].uri')];
  const answer = {
    action: 'accept',
    content: { email: 'anna.example@example.com', tags: ['ANNA.EXAMPLE@example.com'] },
  };
  const masked = argumentsOf(JSON.stringify(answer), masks);
  assert.ok(!/anna/i.test(masked.text));
  const roots = { roots: [{ uri: 'file:///home/anna', name: 'in file:///home/anna' }, { uri: 'file:///srv' }] };
  assert.deepEqual(argumentsOf(JSON.stringify(roots), masks).value, {
    roots: [{ uri: '[redacted]', name: 'in [redacted]' }, { uri: '[redacted]' }],
  });
});

test('a name that is one of a mask but for letter case is refused of servers and clients too', () => {
  for (const text of ['{"requestedSchema":{"Properties":{}}}', '{"REQUESTEDSCHEMA":{"properties":{}}}']) {
    assert.throws(
      () => argumentsOf(text, [mask('$.requestedSchema.properties.email.default')]),
      (error) => error instanceof WritError && error.code === 'WRIT_ARGUMENT_NAME',
    );
  }
});
