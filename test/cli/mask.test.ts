import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
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

test('a table is known by its heading where the text is one record', async (t) => {
  const folder = temporary(t);
  const table = 'name,plan\nAna Silva,plus\n';
  assert.match(await masked(['--whole'], `customer ${table}`), /\[PERSON\],plus/);
  const people = 'nr,birth date\n1,1985-03-12\n';
  put(folder, 'people.csv', people);
  assert.equal(await masked(['people.csv'], '', folder), 'nr,birth date\n1,[DATE_OF_BIRTH]\n');
  assert.equal(await masked(['--no-whole', 'people.csv'], '', folder), people);
  assert.equal(await masked([], people), people, 'nobody says that it is a table');
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

test('what a file is, its name has a say in, and blank lines and byte order marks have none', async (t) => {
  const folder = temporary(t);
  put(folder, 'broken.json', '{"name": "Zyx Qua", }\n');
  put(folder, 'broken.ndjson', 'customer Ana Silva\n');
  for (const file of ['broken.json', 'broken.ndjson']) {
    const { code, stdout, stderr } = await runWrit(['mask', file], folder);
    assert.deepEqual([code, stdout], [65, ''], file);
    assert.match(stderr, /is not valid JSON[\s\S]*--as/);
    assert.doesNotMatch(stderr, /Qua|Silva/);
  }
  assert.equal((await runWrit(['mask', '--as', 'text', 'broken.json'], folder)).code, 0);
  put(folder, 'lines.json', '{"email":"ana@b.example"}\n{"email":"bo@b.example"}\n');
  assert.equal(await masked(['lines.json'], '', folder), '{"email":"[EMAIL]"}\n{"email":"[EMAIL]"}\n');
  assert.equal(await masked([], '\ufeff{"email":"ana@b.example"}\n'), '{"email":"[EMAIL]"}\n');
  const split = '\n \n{"email":"ana@b.example",\n"surname":"Zyx"}\n';
  assert.equal(await masked([], split), '{"email":"[EMAIL]","surname":"[PERSON]"}\n');
  assert.equal(await masked([], '\n\n'), '\n\n');
  assert.equal(await masked([], '\n\nto ana@b.example\n'), '\n\nto [EMAIL]\n');
});

test('a strategy takes its options, and no others', async () => {
  const born = '{"birth_date":"1985-03-12"}\n';
  assert.equal(await masked(['--strategy', 'generalise', '--option', 'to=month'], born), '{"birth_date":"1985-03"}\n');
  assert.match(await masked(['--strategy', 'partial', '--option', 'keep=1'], born), /"\*{9}2"/);
  for (const option of ['to=week', 'to', 'keep=2', '__proto__=1', 'scope=call', '=', 'to=month', 'purpose=x']) {
    const more = option === 'to=month' ? ['--option', 'to=year'] : [];
    const args = ['mask', '--strategy', 'generalise', '--option', option, ...more];
    const { code, stdout, stderr } = await runWrit(args, '.', { input: born });
    assert.deepEqual([code, stdout], [64, ''], option);
    assert.match(stderr, /docs\/masking\.md has a table/);
  }
});

test('files are looked at wherever they are named, and standard input among them', async (t) => {
  const folder = temporary(t);
  put(folder, 'a.txt', 'to ana@b.example\n');
  put(folder, '-b.txt', 'to bo@b.example\n');
  const codes = async (...args: string[]) => (await runWrit(['mask', ...args], folder)).code;
  assert.equal(await codes('--check', '--', 'a.txt'), 1);
  assert.equal(await codes('--check', '--', '-b.txt'), 1);
  assert.equal(await codes('--check', '--detect', 'user.name', '--', 'a.txt'), 0);
  assert.equal(await codes('--check', '--detect', 'user.contact', 'a.txt'), 1, 'an option takes no file');
  assert.equal(await codes('--check', '--region', 'DE', 'a.txt'), 1);
  const both = await masked(['a.txt', '-'], 'I am bo@b.example\n', folder);
  assert.equal(both, 'to [EMAIL]\nI am [EMAIL]\n');
  const told = await masked(['--explain', 'a.txt', '--', '-b.txt'], '', folder);
  assert.match(told, /^a\.txt:1:4 {2}EMAIL[^\n]*\n-b\.txt:1:4 {2}EMAIL/);
  const json = (await masked(['--explain', '--format', 'json', 'a.txt'], '', folder)).trim();
  assert.equal(JSON.parse(json).file, 'a.txt');
});

test('options that are wrong are refused before anything is read', async (t) => {
  const folder = temporary(t);
  for (const [args, says] of [
    [['--strategy', 'redact', '--strategy', 'hash'], /--strategy is given more than once/],
    [['--key-file', 'a', '--key-file', 'b'], /--key-file is given more than once/],
    [['--strategy'], /--strategy needs a value/],
    [['--format', 'json'], /goes with --explain/],
    [['--detect', 'user.nothing'], /user\.contact\.email/],
    [['--region', 'de'], /--region DE,FR/],
  ] as const) {
    const { code, stdout, stderr } = await runWrit(['mask', ...args], folder, { input: 'ana@b.example\n' });
    assert.deepEqual([code, stdout], [64, ''], args.join(' '));
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /^ +at /m);
  }
});

test('a disk that is full is told, without a stack', { skip: !existsSync('/dev/full') }, async (t) => {
  const out = openSync('/dev/full', 'w');
  t.after(() => closeSync(out));
  const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [main, 'mask'], {
    input: 'ana@b.example\n',
    stdio: ['pipe', out, 'pipe'],
    encoding: 'utf8',
    timeout: 20_000,
  });
  assert.equal(status, 74, stderr);
  assert.match(stderr, /WRIT_FILE_UNWRITABLE/);
  assert.doesNotMatch(stderr, /^ +at |ana@/m);
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
