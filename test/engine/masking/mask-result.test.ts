import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import { parse } from '../../../engine/json/parse.ts';
import type { Json } from '../../../engine/json/types.ts';
import { maskError } from '../../../engine/masking/mask-error.ts';
import { maskResult } from '../../../engine/masking/mask-result.ts';
import { both, hash, mask, resultOf } from './support.ts';

const anna = { id: 'C-1001', email: 'anna.example@example.com', phone: '+44 20 7946 0958', plan: 'gold' };
const contact = [mask('$.customers[*].email', 'partial'), mask('$.customers[*].phone', 'partial')];
const withheldText = { type: 'text', text: '[withheld by policy: text that cannot be masked]' };

test('without a mask on the result it is shown as it is, whatever its shape', () => {
  const document = parse(Buffer.from('{"messages":[{"x":1.0}]}'), { direction: 'to-client' });
  assert.equal(maskResult(document, { masks: [mask('$.x', 'drop', { on: 'arguments' })], hash }).document, document);
});

test('structuredContent and text are masked alike, however the text is written', () => {
  const shown = { customers: [{ ...anna, email: 'a***@masked.invalid', phone: '************0958' }] };
  for (const write of [
    JSON.stringify,
    (value: Json) => JSON.stringify(value, null, 2),
    (value: Json) => ` ${JSON.stringify(value)}\n`,
  ]) {
    const masked = resultOf(both({ customers: [anna] }, write), contact);
    assert.deepEqual(masked.value, both(shown));
    assert.deepEqual(masked.applied, [
      { rule: 'test.mask_fields.partial', strategy: 'partial', category: null, count: 4 },
    ]);
    assert.equal(masked.withheld, 0);
  }
});

test('text that says what structuredContent does stays as it is set out where nothing is masked', () => {
  const set = (value: Json) => JSON.stringify(value, null, 2).replace('gold', 'g\\u006fld');
  const value = both({ customers: [anna] }, set);
  assert.deepEqual(resultOf(value, [mask('$.absent', 'redact')]).value, value);
});

test('text that says more than structuredContent does is masked by itself', () => {
  const more = (value: Json) => JSON.stringify({ ...Object(value), customers: [anna, { email: 'ben@example.com' }] });
  const masked = resultOf(both({ customers: [anna] }, more), contact);
  assert.ok(!/anna|ben@|7946/.test(masked.text));
});

test('text alone is masked when it is JSON', () => {
  const masked = resultOf({ content: [{ type: 'text', text: JSON.stringify({ customers: [anna] }) }] }, contact);
  assert.ok(!/anna|7946/.test(masked.text));
});

test('a value masked in one document is found in the others and in prose', () => {
  const masked = resultOf(
    {
      content: [
        { type: 'text', text: JSON.stringify([{ contact: anna.email.toUpperCase() }]) },
        { type: 'text', text: `Call +44 20 7946 0958 or write to ${anna.email}.` },
        { type: 'text', text: 'Log: {\\"note\\":\\"Z\\u00FCRICH, LINE 1\\nLine 2\\"}' },
      ],
      structuredContent: {
        customers: [{ ...anna, email: anna.email, phone: 'Zürich, line 1\nline 2' }],
        dial: '+44 20 7946 0958',
      },
    },
    [...contact, mask('$.dial', 'redact')],
  );
  assert.deepEqual(masked.value, {
    content: [
      { type: 'text', text: '[{"contact":"a***@masked.invalid"}]' },
      { type: 'text', text: 'Call [redacted] or write to a***@masked.invalid.' },
      { type: 'text', text: 'Log: {\\"note\\":\\"*****************ne 2\\"}' },
    ],
    structuredContent: {
      customers: [{ ...anna, email: 'a***@masked.invalid', phone: '*****************ne 2' }],
      dial: '[redacted]',
    },
  });
});

test('prose is withheld unless masks found values in structuredContent that can be searched for', () => {
  const prose = { type: 'text', text: 'Anna Example, 42, lives in Sampletown.' };
  const structured: (Json | undefined)[] = [
    undefined,
    {},
    { customers: [] },
    { customers: [{ email: null }] },
    { other: anna },
  ];
  for (const structuredContent of structured) {
    const result = structuredContent === undefined ? { content: [prose] } : { content: [prose], structuredContent };
    const masked = resultOf(result, contact);
    assert.deepEqual((masked.value as { content: Json }).content, [withheldText]);
    assert.equal(masked.withheld, 1);
  }
  for (const age of [42, true, 'yes']) {
    const masked = resultOf({ content: [prose], structuredContent: { name: 'Anna Example', age } }, [mask('$.*')]);
    assert.deepEqual((masked.value as { content: Json }).content, [withheldText]);
  }
});

test('text that two readers may read in two ways is withheld', () => {
  for (const text of [
    '{"customers":[{"email":"x","email":"anna@example.com"}]}',
    '[unfinished',
    '{"a":1} {"a":2}',
    `${'['.repeat(70)}`,
    '\ufeff{}',
  ]) {
    const masked = resultOf({ content: [{ type: 'text', text }], structuredContent: { customers: [anna] } }, contact);
    assert.deepEqual((masked.value as { content: Json }).content, [withheldText]);
  }
});

test('what masks cannot look into is withheld, and its own words with it', () => {
  const content = [
    { type: 'image', data: 'QW5uYQ==', mimeType: 'image/png' },
    { type: 'audio', data: 'QW5uYQ==', mimeType: 'audio/wav' },
    { type: 'resource', resource: { uri: 'crm://anna', text: 'Anna' } },
    { type: 'resource_link', uri: 'crm://anna', name: 'Anna' },
    { type: 'Anna Example', text: 'Anna' },
    { type: 'text', text: 7 },
    { text: 'Anna' },
    'Anna',
    null,
  ];
  const masked = resultOf({ content, structuredContent: { customers: [anna] } }, contact);
  assert.equal(masked.withheld, content.length);
  assert.ok(!/anna|QW5u/i.test(JSON.stringify((masked.value as { content: Json }).content)));
  assert.match(masked.text, /withheld by policy: resource_link that cannot be masked/);
});

test('members beside the known ones are left out and counted', () => {
  const masked = resultOf(
    {
      _meta: { subject: anna.email },
      content: [
        {
          type: 'text',
          text: '{"a":1}',
          annotations: { audience: ['user'], priority: 0.5, lastModified: '2026-11-22T16:39:00Z' },
        },
        {
          type: 'text',
          text: '{"a":2}',
          annotations: { audience: [anna.email] },
          _meta: { x: anna.email },
          extra: anna.email,
        },
        { type: 'text', text: '{"a":3}', annotations: { lastModified: anna.email } },
      ],
      isError: false,
      resultType: 'complete',
      summary: anna.email,
    },
    contact,
  );
  assert.deepEqual(masked.value, {
    content: [
      {
        type: 'text',
        text: '{"a":1}',
        annotations: { audience: ['user'], priority: 0.5, lastModified: '2026-11-22T16:39:00Z' },
      },
      { type: 'text', text: '{"a":2}' },
      { type: 'text', text: '{"a":3}' },
    ],
    isError: false,
    resultType: 'complete',
  });
  assert.equal(masked.withheld, 6);
});

test('results of another shape are refused', () => {
  const shapes: Json[] = [
    null,
    [],
    {},
    { contents: [{ uri: 'crm://anna', text: 'Anna' }] },
    { messages: [] },
    { content: 'Anna' },
    { content: [], resultType: 'input_required', inputRequests: {} },
    { content: [], resultType: 'task' },
    { content: [], isError: 'Anna' },
  ];
  for (const shape of shapes) {
    assert.throws(
      () => resultOf(shape, contact),
      (error) => error instanceof WritError && error.code === 'WRIT_MASK_FAILED' && !error.message.includes('Anna'),
      JSON.stringify(shape),
    );
  }
});

test('number texts are kept in structuredContent and in text, where nothing masks them', () => {
  const inner = '{"total":19.90,"big":9007199254740993,"rows":[{"email":"anna@example.com","n":1.0}]}';
  const masked = resultOf(
    `{"content":[{"type":"text","text":${JSON.stringify(inner)}}],"structuredContent":${inner}}`,
    [mask('$.rows[*].email')],
  );
  const shown = inner.replace('anna@example.com', '[redacted]');
  assert.equal(
    masked.text,
    `{"content":[{"type":"text","text":${JSON.stringify(shown)}}],"structuredContent":${shown}}`,
  );
});

test('masked numbers of four digits are found in text and as other numbers, shorter ones are not', () => {
  const masked = resultOf(
    {
      content: [],
      structuredContent: { salary: 48500, twin: 48500, long: 148500, small: 12, other: 12, note: 'earns 48500 a year' },
    },
    [mask('$.salary'), mask('$.small')],
  );
  assert.deepEqual((masked.value as { structuredContent: Json }).structuredContent, {
    salary: '[redacted]',
    twin: '[redacted]',
    long: 148500,
    small: '[redacted]',
    other: 12,
    note: 'earns [redacted] a year',
  });
});

test('a text as long as a masked value is searched, and for numbers a shorter one', () => {
  const customer = { id: 'C-1', email: 'anna@example.com', alias: 'ANNA@EXAMPLE.COM', other: 'ann@example.com' };
  assert.deepEqual(
    resultOf(both(customer), [mask('$.email', 'redact')]).value,
    both({ id: 'C-1', email: '[redacted]', alias: '[redacted]', other: 'ann@example.com' }),
  );
  const account = { amount: 1_200_000, note: '12e5', plan: 'gold' };
  assert.deepEqual(
    resultOf(both(account), [mask('$.amount', 'redact')]).value,
    both({ amount: '[redacted]', note: '[redacted]', plan: 'gold' }),
  );
});

test('short values are taken out only where they are all of a text', () => {
  const masked = resultOf({ content: [], structuredContent: { grade: 'B', a: ' b ', c: 'Bring it' } }, [
    mask('$.grade'),
  ]);
  assert.deepEqual(masked.value, {
    content: [],
    structuredContent: { grade: '[redacted]', a: '[redacted]', c: 'Bring it' },
  });
});

test('places that overlap go together', () => {
  const masked = resultOf(
    {
      content: [],
      structuredContent: { x: ['anna exam', 'example road', 'road'], note: 'at anna example road, road, ok' },
    },
    [mask('$.x[*]')],
  );
  assert.deepEqual(
    (masked.value as { structuredContent: { note: Json } }).structuredContent.note,
    'at [redacted], [redacted], ok',
  );
});

test('a value that is masked in two ways is shown in neither', () => {
  const masked = resultOf({ content: [], structuredContent: { a: anna.email, b: anna.email, note: anna.email } }, [
    mask('$.a', 'partial'),
    mask('$.b', 'hash'),
  ]);
  assert.equal((masked.value as { structuredContent: { note: Json } }).structuredContent.note, '[redacted]');
});

test('letters that change length or form in lower case hide nothing', () => {
  const masked = resultOf(
    { content: [], structuredContent: { name: 'İlkay Νίκος', note: 'İİ ilkay ΝΊΚΟΣ İlkay νίκοσ, İLKAY ΝΊΚΟΣ!' } },
    [mask('$.name')],
  );
  assert.equal(
    (masked.value as { structuredContent: { note: Json } }).structuredContent.note,
    'İİ [redacted] [redacted], [redacted]!',
  );
});

test('names of members are cleaned too, but for those that paths spell out', () => {
  const masked = resultOf(
    {
      content: [],
      structuredContent: {
        customers: [{ email: anna.email, channel: 'email' }],
        by_mail: { 'anna.example@example.com': 1.5, 'ANNA.EXAMPLE@example.com': 2, other: 3 },
      },
    },
    [mask('$.customers[*].email'), mask('$.customers[*].channel')],
  );
  assert.deepEqual((masked.value as { structuredContent: Json }).structuredContent, {
    customers: [{ email: '[redacted]', channel: '[redacted]' }],
    by_mail: { '[redacted]': 1.5, '[redacted] (2)': 2, other: 3 },
  });
});

test('a member named __proto__ is masked as any other', () => {
  const masked = resultOf(
    '{"content":[],"structuredContent":{"__proto__":{"email":"anna@example.com"},"a":{"__proto__":"anna@example.com"}}}',
    [mask("$['__proto__'].email"), mask("$.a['__proto__']", 'null')],
  );
  assert.equal(
    masked.text,
    '{"content":[],"structuredContent":{"__proto__":{"email":"[redacted]"},"a":{"__proto__":null}}}',
  );
});

test('structuredContent that is masked as a whole is left out', () => {
  for (const strategy of ['drop', 'null', 'redact'] as const) {
    const masked = resultOf(both({ email: anna.email }), [mask('$', strategy)]);
    assert.ok(!masked.text.includes('structuredContent') && !masked.text.includes('anna'), masked.text);
  }
});

test('of a JSON-RPC error only the code is shown', () => {
  assert.deepEqual(maskError({ code: -32050, message: `no ${anna.email}`, data: { anna } }, 'crm'), {
    code: -32050,
    message: 'crm answered with an error; its text is withheld by policy.',
  });
  assert.equal(maskError({ code: anna.email, message: '' }, 'crm').code, -32603);
});

test('text made to resemble masked values everywhere ends at a budget', () => {
  const values = Array.from({ length: 1000 }, (_, index) => `aaaa${'a'.repeat(index)}b`);
  assert.throws(
    () => resultOf({ content: [], structuredContent: { values, note: 'a'.repeat(50_000) } }, [mask('$.values[*]')]),
    (error) => error instanceof WritError && error.code === 'WRIT_MASK_FAILED',
  );
});

test('a value is found behind the escapes of any writer, of JSON within JSON too', () => {
  const name = 'Zoë "Z" Miller & Sons/\\x <zoe@example.com>';
  const json = JSON.stringify({ name });
  const ways = [
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[&<>]/g, (character) => `\\u00${character.charCodeAt(0).toString(16).toUpperCase()}`),
    json.replaceAll('ë', '\\u00eb'),
    JSON.stringify(json),
    JSON.stringify(JSON.stringify(json)),
  ];
  const content = ways.map((way) => ({ type: 'text', text: `Found: ${way}.` }));
  const { text } = resultOf({ content, structuredContent: { name } }, [mask('$.name')]);
  assert.ok(!/Zo|Miller|Sons|zoe/i.test(text), text);
  const shown = (JSON.parse(text) as { content: { text: string }[] }).content.map((item) => item.text);
  assert.deepEqual(shown.slice(0, 2), ['Found: {"name":"[redacted]"}.', 'Found: {"name":"[redacted]"}.']);
});

test('prose is withheld where some mask found nothing to search for', () => {
  const masks = [mask('$.email'), mask('$.note', 'redact', { rule: 'test.mask_fields.note' })];
  const text = 'anna.example@example.com is ill';
  const sparse: Json[] = [
    { email: anna.email },
    { email: anna.email, note: null },
    { email: anna.email, note: '' },
    { email: anna.email, note: [] },
  ];
  for (const structuredContent of sparse) {
    const masked = resultOf({ content: [{ type: 'text', text }], structuredContent }, masks);
    assert.ok(!masked.text.includes('is ill'), masked.text);
  }
});

test('many names that become one take time in proportion to their number', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ email: `person${index}@example.com` }));
  const by_email = Object.fromEntries(rows.map(({ email }, index) => [email, index]));
  const masked = resultOf({ content: [], structuredContent: { rows, by_email } }, [mask('$.rows[*].email')]);
  const { by_email: shown } = (masked.value as { structuredContent: { by_email: Record<string, Json> } })
    .structuredContent;
  assert.equal(Object.keys(shown).length, 20_000);
  assert.equal(shown['[redacted] (20000)'], 19_999);
});

test('a path made of arguments is not repeated in the error', () => {
  assert.throws(
    () => resultOf({ content: [] }, [mask("$.rows[?@.id == 'anna@example.com' oops]")]),
    (error) => error instanceof WritError && error.code === 'WRIT_MASK_PATH' && !error.message.includes('anna'),
  );
});
