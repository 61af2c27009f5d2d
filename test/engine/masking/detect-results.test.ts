import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import { both, detecting, mask, matching, type Outcome, resultOf } from './support.ts';

const email = 'anna.example@example.com';
const people = [detecting('user')];
const text = (said: string): JsonObject => ({ type: 'text', text: said });
const texts = ({ value }: Outcome): Json[] => (value as { content: { text: Json }[] }).content.map((item) => item.text);
const base64 = (said: string): string => Buffer.from(said).toString('base64');
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk';

test('what detectors find in prose is masked where it stands, and the rest is shown', () => {
  const said = 'Please call Anna Example at +44 20 7946 0958, or write to anna.example@example.com.';
  const masked = resultOf({ content: [text(said)] }, people);
  assert.deepEqual(texts(masked), ['Please call [PERSON] at [PHONE], or write to [EMAIL].']);
  assert.equal(masked.withheld, 0);
  assert.deepEqual(masked.applied.map(({ category, count }) => [category, count]).sort(), [
    ['user.contact.email', 1],
    ['user.contact.phone_number', 1],
    ['user.name', 1],
  ]);
});

test('a detect mask is of its category and those below it, without its exceptions', () => {
  const said = 'Zoe Miller <anna.example@example.com>';
  const shown = (masks: Parameters<typeof resultOf>[1]) => texts(resultOf({ content: [text(said)] }, masks))[0];
  assert.equal(shown([detecting('user.name')]), '[PERSON] <anna.example@example.com>');
  assert.equal(shown([detecting('user.contact')]), 'Zoe Miller <[EMAIL]>');
  assert.equal(shown([detecting('user.cont')]), said);
  assert.equal(
    shown([detecting('user', 'redact', { options: { except: ['user.contact'] } })]),
    '[PERSON] <anna.example@example.com>',
  );
});

test('fields, numbers, names of members and JSON in strings in JSON are looked into, and written back', () => {
  const inner = JSON.stringify({ note: JSON.stringify({ phone: '+44 20 7946 0958', n: 1 }), ok: true });
  const given = { fullName: 'Zorblax Quee', card: 4111111111111111, [email]: 1.5, inner, ref: 'A-1' };
  const { text: wire, value } = resultOf(both(given), people);
  for (const hidden of ['Zorblax', '4111', 'anna', '7946']) assert.ok(!wire.includes(hidden), hidden);
  const shown = (value as { structuredContent: JsonObject }).structuredContent;
  assert.equal(shown.ref, 'A-1');
  assert.equal(shown['[EMAIL]'], 1.5);
  const written = JSON.parse(String(shown.inner));
  assert.deepEqual([written.ok, JSON.parse(written.note)], [true, { phone: '[PHONE]', n: 1 }]);
});

test('JSON in a string stays as it was written where nothing in it is masked', () => {
  const inner = '{ "total" : 19.90,\n "big": 9007199254740993 }';
  const { value } = resultOf(both({ inner, email }), people);
  assert.equal((value as { structuredContent: JsonObject }).structuredContent.inner, inner);
});

test('tables in CSV and Markdown are read by their headings', () => {
  const csv = 'surname,e-mail,plan\nQuee,q@example.org,gold\n';
  const markdown = '| Name | Phone |\n| --- | --- |\n| Zorblax Quee | 020 7946 0958 |\n';
  const shown = texts(resultOf({ content: [text(csv), text(markdown)] }, people));
  assert.ok(!/q@example|7946|Zorblax/.test(shown.join()), shown.join());
  assert.ok(shown[0]?.toString().includes('gold'));
});

test('a value found by its field is masked wherever it recurs in the result', () => {
  const content = [text('zorblax quee asked again; Zorblax Quee, or Quee, Zorblax')];
  const { text: wire } = resultOf({ content, structuredContent: { customer: { name: 'Zorblax Quee' } } }, people);
  assert.ok(!/quee/i.test(wire), wire);
});

test('a value that is masked is found in other readings of a text', () => {
  const said = [
    base64(`see ${email}`),
    Buffer.from(email).toString('hex'),
    encodeURIComponent(email),
    'anna . example (at) example . com',
    'a n n a . e x a m p l e @ e x a m p l e . c o m',
    email.split('').reverse().join(''),
    'anna.ex\u200bample@example.com',
    '\uff41nna.example@example.com',
  ];
  const shown = texts(resultOf({ content: said.map(text), structuredContent: { email } }, people));
  for (const [index, each] of shown.entries()) assert.ok(!String(each).includes(said[index] ?? ''), String(each));
});

test('a value that is split over two texts, or strings of a list, is masked in both', () => {
  const given = {
    content: [text('Write to anna.exam'), text('ple@example.com today')],
    structuredContent: { parts: ['GB82 WEST 1234', '5698 7654 32'], tags: ['gold', 'new'] },
  };
  const { text: wire, value } = resultOf(given, people);
  for (const piece of ['anna', 'ple@', 'WEST', '5698']) assert.ok(!wire.includes(piece), piece);
  assert.deepEqual((value as { structuredContent: JsonObject }).structuredContent.tags, ['gold', 'new']);
});

test('resources within a result are masked: text, text in base64, uri; links and metadata too', () => {
  const content = [
    { type: 'resource', resource: { uri: `crm://${email}`, mimeType: 'text/plain', text: `for ${email}` } },
    { type: 'resource', resource: { uri: 'crm://1', mimeType: 'image/png', blob: base64(`for ${email}`) } },
    { type: 'resource_link', uri: `crm://${email}`, name: 'Anna Example', mimeType: 'text/plain' },
    { type: 'text', text: 'x', annotations: { audience: [email] }, _meta: { by: email } },
  ];
  const masked = resultOf({ content, _meta: { by: email, progress: 1.5 } }, people);
  assert.deepEqual(masked.value, {
    content: [
      { type: 'resource', resource: { uri: 'crm://[EMAIL]', mimeType: 'text/plain', text: 'for [EMAIL]' } },
      { type: 'resource', resource: { uri: 'crm://1', mimeType: 'image/png', blob: base64('for [EMAIL]') } },
      { type: 'resource_link', mimeType: 'text/plain', uri: 'crm://[EMAIL]', name: '[PERSON]' },
      { type: 'text', text: 'x', annotations: { audience: ['[EMAIL]'] }, _meta: { by: '[EMAIL]' } },
    ],
    _meta: { by: '[EMAIL]', progress: 1.5 },
  });
  assert.equal(masked.withheld, 0);
});

test('data that is no text is withheld, shown or refused by its type; the strictest of what matches holds', () => {
  const image = { type: 'image', data: png, mimeType: 'image/png' };
  const rule = (mime_type: string, action: 'allow' | 'withhold' | 'deny') => ({
    rule: `r.${action}`,
    mime_type,
    action,
  });
  const becomes = (withhold: ReturnType<typeof rule>[], masks = people) => {
    const masked = resultOf({ content: [image] }, masks, 'tools/call', { withhold });
    return masked.denied.length > 0 ? masked.denied : (masked.value as { content: JsonObject[] }).content[0]?.type;
  };
  assert.equal(becomes([]), 'text');
  assert.equal(becomes([], []), 'image');
  assert.equal(becomes([rule('image/*', 'allow')]), 'image');
  assert.equal(becomes([rule('*', 'withhold'), rule('image/png', 'allow')]), 'text');
  assert.deepEqual(becomes([rule('image/png', 'deny'), rule('image/*', 'allow')]), ['r.deny']);
  assert.deepEqual(becomes([rule('image/png', 'deny')], []), ['r.deny']);
  assert.equal(becomes([rule('audio/*', 'deny')]), 'text');
});

test('text is not shown for being called an image, and data within a text is treated as data', () => {
  const allow = [{ rule: 'r', mime_type: 'image/*', action: 'allow' as const }];
  const lying = { type: 'image', mimeType: 'image/png', data: base64(`to ${email}`) };
  const masked = resultOf({ content: [lying] }, people, 'tools/call', { withhold: allow });
  assert.equal((masked.value as { content: JsonObject[] }).content[0]?.data, base64('to [EMAIL]'));
  const paths = [mask('$.email', 'partial')];
  const strict = resultOf({ content: [lying], structuredContent: { email } }, paths, 'tools/call', { withhold: allow });
  assert.ok(!strict.text.includes(base64(`to ${email}`)));
  const inText = resultOf({ content: [text(`see data:image/png;base64,${png}`)] }, people);
  assert.ok(!inText.text.includes(png), inText.text);
});

test('prose is shown where detectors vouch for every path, and withheld where they do not', () => {
  const said = 'Anna Example is ill. Her mail is anna.example@example.com.';
  const shown = (category: string | null, detect = people) =>
    texts(resultOf({ content: [text(said)] }, [mask('$.x', 'redact', { category }), ...detect]))[0];
  assert.equal(shown('user.contact.email'), '[PERSON] is ill. Her mail is [EMAIL].');
  const withheld = '[withheld by policy: text that cannot be masked]';
  for (const category of [null, 'user.health_and_medical', 'user.financial.salary', 'system'])
    assert.equal(shown(category), withheld, String(category));
  assert.equal(shown('user.contact.email', []), withheld);
  assert.equal(shown('user.contact.email', [detecting('user.name')]), withheld);
  assert.equal(
    shown('user.contact.email', [detecting('user', 'redact', { options: { except: ['user.contact'] } })]),
    withheld,
  );
});

test('a pattern of the author masks what it matches, in names and in JSON in strings too', () => {
  const masks = [matching('EMP-[0-9]{4}', 'redact', { category: 'user.unique_id' })];
  const given = { 'EMP-1234': 'of EMP-1234, not EMP-12', inner: '{"a":"EMP-9999"}' };
  const masked = resultOf({ content: [text('EMP-1234?')], structuredContent: given }, masks);
  assert.deepEqual(masked.value, {
    content: [text('[redacted]?')],
    structuredContent: { inner: '{"a":"[redacted]"}', '[redacted]': 'of [redacted], not EMP-12' },
  });
  assert.deepEqual(
    masked.applied.map(({ category }) => category),
    ['user.unique_id'],
  );
});

test('masks that lie on one value together are the strongest of them', () => {
  const masks = [detecting('user.contact.email', 'partial'), matching('@example[.]com', 'redact')];
  assert.deepEqual(texts(resultOf({ content: [text(`to ${email}`)] }, masks)), ['to [EMAIL]']);
  const node = [mask('$.email', 'partial', { category: 'user.contact.email' }), detecting('user', 'hash')];
  const { value } = resultOf({ content: [], structuredContent: { email } }, node);
  assert.deepEqual((value as { structuredContent: Json }).structuredContent, { email: '[redacted]' });
});

test('tokens that a reader was given are not taken for addresses', () => {
  const token = `tok_email_${'a'.repeat(26)}@masked.invalid`;
  const shown = resultOf({ content: [text(`sent to ${token}`)] }, people, 'tools/call', { isToken: () => true });
  assert.deepEqual(texts(shown), [`sent to ${token}`]);
});

test('words that a value happens to be do not take members of the protocol out of their place', () => {
  const given = {
    content: [{ type: 'text', text: 'x', annotations: { audience: ['nobody'] } }],
    structuredContent: { secret: 'annotations' },
  };
  const { value } = resultOf(given, [mask('$.secret', 'redact', { category: 'user.contact' }), ...people]);
  assert.ok(Object.hasOwn((value as { content: JsonObject[] }).content[0] ?? {}, 'annotations'));
});
