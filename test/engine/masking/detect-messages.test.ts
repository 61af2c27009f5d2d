import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import { parse } from '../../../engine/json/parse.ts';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import { mostCharacters } from '../../../engine/masking/find/sightings.ts';
import { maskResult } from '../../../engine/masking/mask-result.ts';
import { maskWords, vouches } from '../../../engine/masking/mask-words.ts';
import { MaskMemory } from '../../../engine/masking/memory.ts';
import type { MaskContext } from '../../../engine/masking/types.ts';
import { argumentsOf, detecting, hash, mask, matching, resultOf } from './support.ts';

const email = 'anna.example@example.com';
const people = [detecting('user')];

function words(value: JsonObject, masks = people, more: Partial<MaskContext> = {}): Json {
  const document = parse(Buffer.from(JSON.stringify(value)), { direction: 'to-client' });
  return JSON.parse(JSON.stringify(maskWords(document, { masks, hash, ...more }).document.value));
}

test('resources, prompts, completions and tasks are shown whole, masked', () => {
  const uri = 'crm://1';
  const read = resultOf(
    {
      contents: [
        { uri, text: `to ${email}` },
        { uri: `crm://${email}`, blob: Buffer.from(email).toString('base64') },
      ],
      _meta: { by: email },
    },
    people,
    'resources/read',
    { uri },
  );
  assert.deepEqual(read.value, {
    contents: [
      { uri, text: 'to [EMAIL]' },
      { uri: 'crm://[EMAIL]', blob: Buffer.from('[EMAIL]').toString('base64') },
    ],
    _meta: { by: '[EMAIL]' },
  });
  const prompt = { description: `for ${email}`, messages: [{ role: 'user', content: { type: 'text', text: email } }] };
  assert.deepEqual(resultOf(prompt, people, 'prompts/get').value, {
    description: 'for [EMAIL]',
    messages: [{ role: 'user', content: { type: 'text', text: '[EMAIL]' } }],
  });
  const completion = { values: [email, 'paris'], total: 2 };
  assert.deepEqual(resultOf({ completion }, people, 'completion/complete').value, {
    completion: { total: 2, values: ['[EMAIL]', 'paris'] },
  });
  const task = { taskId: 't-1', status: 'failed', statusMessage: `asks ${email}`, error: { code: -1, message: email } };
  assert.deepEqual(resultOf(task, people, 'tasks/get').value, {
    taskId: 't-1',
    status: 'failed',
    statusMessage: 'asks [EMAIL]',
    error: { code: -1, message: '[EMAIL]' },
  });
});

test('words of notifications, errors and questions are shown, masked; ids and numbers are as they were', () => {
  const said = [
    [
      { progressToken: 'anna@p', progress: 1, message: `at ${email}` },
      { progressToken: 'anna@p', progress: 1, message: 'at [EMAIL]' },
    ],
    [
      { level: 'info', logger: email, data: { rows: [email] } },
      { level: 'info', logger: '[EMAIL]', data: { rows: ['[EMAIL]'] } },
    ],
    [{ uri: `crm://${email}` }, { uri: 'crm://[EMAIL]' }],
    [
      { code: -32602, message: `no ${email}`, data: { email } },
      { code: -32602, message: 'no [EMAIL]', data: { email: '[EMAIL]' } },
    ],
    [
      { message: `Is ${email} yours?`, mode: 'form' },
      { mode: 'form', message: 'Is [EMAIL] yours?' },
    ],
  ] as const;
  for (const [given, shown] of said) assert.deepEqual(words(given as unknown as JsonObject), shown);
});

test('free words are not shown where masks do not vouch for them', () => {
  for (const masks of [[mask('$.x')], [mask('$.x', 'redact', { category: 'user.health_and_medical' }), ...people]]) {
    assert.equal(vouches(masks), false);
    assert.throws(() => words({ message: 'x' }, masks), { code: 'WRIT_MASK_FAILED' });
  }
  for (const masks of [[], people, [matching('x')], [mask('$.x', 'redact', { category: 'user.name' }), ...people]])
    assert.equal(vouches(masks), true);
});

test('arguments are masked by detectors and patterns', () => {
  const { value } = argumentsOf(JSON.stringify({ q: `find ${email}`, [email]: 'EMP-1', n: 41 }), [
    ...people,
    matching('EMP-[0-9]'),
  ]);
  assert.deepEqual(value, { q: 'find [EMAIL]', n: 41, '[EMAIL]': '[redacted]' });
});

test('what one message of a call masks, all later ones do', () => {
  const memory = new MaskMemory();
  const paths = [mask('$.plan', 'redact', { category: 'user.contact' }), ...people];
  resultOf(
    { content: [], structuredContent: { plan: 'Tulip-7788', customer: { name: 'Zorblax Quee' } } },
    paths,
    'tools/call',
    {
      memory,
    },
  );
  assert.deepEqual(words({ message: 'zorblax quee has tulip-7788 and tulip 7788' }, paths, { memory }), {
    message: '[PERSON] has [redacted] and [redacted]',
  });
  // Counted for the mask that hid it.
  const { applied } = resultOf({ content: [{ type: 'text', text: 'Tulip-7788' }] }, paths, 'tools/call', { memory });
  assert.deepEqual(
    applied.map(({ category }) => category),
    ['user.contact'],
  );
});

test('what was turned back from a token is shown as that token again, without any mask', () => {
  const memory = new MaskMemory();
  const token = `tok_email_${'b'.repeat(26)}@masked.invalid`;
  memory.hide(email, token);
  const said = {
    content: [
      { type: 'text', text: `Sent to <${email.toUpperCase()}>.` },
      { type: 'text', text: Buffer.from(`Sent to ${email}`).toString('base64') },
    ],
    structuredContent: { to: email, n: 1 },
    _meta: { to: email },
  };
  const { value, text } = resultOf(said, [], 'tools/call', { memory });
  assert.ok(!/anna\.example/i.test(text) && !text.includes('YW5uYS5leG'), text);
  const shown = value as { content: { text: string }[]; structuredContent: Json };
  assert.equal(shown.content[0]?.text, `Sent to <${token}>.`);
  assert.deepEqual(shown.structuredContent, { to: token, n: 1 });
});

test('a message with more text than is looked into is refused, and so is what is no pattern', () => {
  const content = Array.from({ length: 5 }, () => ({ type: 'text', text: 'x '.repeat(mostCharacters / 8) }));
  const document = { value: { content }, numbers: new WeakMap() };
  assert.throws(() => maskResult(document, { masks: people, hash }), { code: 'WRIT_MASK_FAILED' });
  for (const pattern of ['(', '', 'a{1000}{1000}', '(?=x)'])
    assert.throws(
      () => resultOf({ content: [] }, [matching(pattern)]),
      (error) => error instanceof WritError && error.code === 'WRIT_MASK_PATTERN',
      pattern,
    );
});

test('what is looked for by its letters is replaced whole, and words are not', () => {
  const memory = new MaskMemory();
  memory.hide('Rosa Ilse Brandt', 'tok_person_x');
  const shown = words({ message: 'rosa-ilse-brandt; Rosa; brandts' }, [], { memory });
  assert.deepEqual(shown, { message: 'tok_person_x; Rosa; brandts' });
});
