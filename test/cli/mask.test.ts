import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { put, temporary } from './project.ts';
import { runWrit, startWrit } from './run-writ.ts';

const masked = async (args: string[], input: string, folder = '.') => {
  const { code, stdout, stderr } = await runWrit(['mask', ...args], folder, { input });
  assert.equal(code, 0, stderr);
  return stdout;
};

test('each line of a text is masked, and each document of JSON Lines', async () => {
  assert.equal(
    await masked([], 'Mail ana@b.example now.\n\n[INFO] nothing\n'),
    'Mail [EMAIL] now.\n\n[INFO] nothing\n',
  );
  const lines = '{"email":"ana@b.example","n":1.0}\n\n{"n":19.90}\n';
  assert.equal(await masked([], lines), '{"email":"[EMAIL]","n":1.0}\n\n{"n":19.90}\n');
});

test('a document over several lines is one, and keeps its indentation', async () => {
  const text = `${JSON.stringify({ customer: { email: 'ana@b.example', plan: 'plus' } }, null, 2)}\n`;
  assert.equal(await masked([], text), text.replace('ana@b.example', '[EMAIL]'));
  assert.equal(
    await masked(['--as', 'json'], '{"n":9007199254740993,\n"e":"ana@b.example"}'),
    '{"n":9007199254740993,"e":"[EMAIL]"}\n',
  );
});

test('a table is known by its heading where the text is one record', async () => {
  const table = 'name,plan\nAna Silva,plus\n';
  assert.match(await masked(['--whole'], `customer ${table}`), /\[PERSON\],plus/);
});

test('values that recur, names of members and other readings of a text are masked, too', async () => {
  const encoded = Buffer.from('mail ana@b.example now').toString('base64');
  const out = await masked(
    [],
    `${JSON.stringify({ 'ana@b.example': 1, b64: encoded, inner: '{"email":"ana@b.example"}' })}\n`,
  );
  assert.deepEqual(JSON.parse(out), { '[EMAIL]': 1, b64: '[EMAIL]', inner: '{"email":"[EMAIL]"}' });
});

test('categories, strategies and keys', async (t) => {
  const folder = temporary(t);
  put(folder, 'key', 'sixteen octets or more');
  const text = 'Mail ana@b.example, key AKIAIOSFODNN7EXAMPLE.\n';
  assert.match(await masked(['--detect', 'user.name'], text), /ana@b\.example/);
  assert.match(await masked(['--detect', 'user.name,user.contact'], text), /^Mail \[EMAIL\]/);
  assert.match(await masked(['--strategy', 'partial'], text), /masked\.invalid/);
  const keyed = () => masked(['--strategy', 'pseudonym', '--key-file', 'key'], text, folder);
  assert.equal(await keyed(), await keyed());
  const [one, other] = [await masked(['--strategy', 'hash'], text), await masked(['--strategy', 'hash'], text)];
  assert.notEqual(one, other);
  assert.match(
    (await runWrit(['mask', '--strategy', 'hash'], folder, { input: text })).stderr,
    /a key of this run alone/,
  );
});

test('the explanation says where, why and how sure, and no value unless asked', async () => {
  const input = `${JSON.stringify({ 'ana@b.example': { phone: '+46 8 465 004 12' }, note: 'to bo@b.example' })}\n`;
  const said = await masked(['--explain', '--format', 'json'], input);
  assert.doesNotMatch(said, /ana|bo@|465/);
  const entries = said
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    entries.map(({ at, type, why }) => [at, type, why]),
    [
      ['', 'EMAIL', 'form'],
      ['/*/phone', 'PHONE', 'field'],
      ['/note', 'EMAIL', 'form'],
    ],
  );
  for (const { confidence } of entries) assert.ok(confidence > 0.5);
  assert.match(await masked(['--explain', '--show-values'], input), /bo@b\.example/);
  assert.match(await masked(['--explain'], 'x\n😀 ana@b.example\n'), /^2:3 {2}EMAIL {2}form/);
  const encoded = Buffer.from('mail ana@b.example now').toString('base64');
  assert.match(await masked(['--explain'], `from bo@b.example ${encoded}\n`), /EMAIL {2}form[\s\S]*EMAIL {2}view/);
});

test('--check writes nothing and guards a pipeline', async (t) => {
  const folder = temporary(t);
  const check = (input: string) => runWrit(['mask', '--check'], folder, { input });
  assert.deepEqual(await check('ana@b.example\n'), { code: 1, stdout: '', stderr: '' });
  assert.deepEqual(await check('{"n":1.0}\nnobody\n'.slice(0, 10)), { code: 0, stdout: '', stderr: '' });
});

test('what cannot be read is refused, and named without what it holds', async (t) => {
  const folder = temporary(t);
  writeFileSync(join(folder, 'latin.txt'), Buffer.from('ana@b.example \xe9\n', 'latin1'));
  put(folder, 'broken.jsonl', '{"a":1}\n{"email":"ana@b.example",\n');
  put(folder, 'twice.jsonl', '{"email":"ana@b.example","email":"x"}\n');
  put(folder, 'large.txt', `ana@b.example ${'x'.repeat(4 * 1024 * 1024)}\n`);
  for (const [file, says] of [
    ['latin.txt', /Line 1 of latin\.txt is not UTF-8/],
    ['broken.jsonl', /Line 2 of broken\.jsonl/],
    ['twice.jsonl', /Line 1 of twice\.jsonl/],
    ['large.txt', /WRIT_RECORD_TOO_LARGE/],
    ['absent.txt', /WRIT_FILE_UNREADABLE/],
  ] as const) {
    const { code, stdout, stderr } = await runWrit(['mask', file], folder);
    assert.equal(code, 65, file);
    assert.match(stderr, says);
    assert.doesNotMatch(stdout + stderr, /ana@/);
  }
  for (const args of [
    ['--strategy', 'tokenise'],
    ['--detect', 'user.telemetry'],
    ['--detect', 'user.con'],
    ['--region', 'Sweden'],
    ['--show-values'],
  ])
    assert.equal((await runWrit(['mask', ...args], folder)).code, 64, args.join(' '));
  put(folder, 'key', 'short');
  assert.equal((await runWrit(['mask', '--key-file', 'key'], folder)).code, 65);
});

test('lines are answered as they come', async () => {
  const child = startWrit(['mask'], '.');
  const answer = new Promise<string>((resolve) => child.stdout?.once('data', (chunk) => resolve(String(chunk))));
  child.stdin?.write('Mail ana@b.example now.\n');
  assert.equal(await answer, 'Mail [EMAIL] now.\n');
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin?.end();
  assert.equal(await ended, 0);
});
