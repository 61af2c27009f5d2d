import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { put, temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

const lines = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

test('each record is answered by a line, with places in code points', async (t) => {
  const folder = temporary(t);
  const text = '😀 mail a@b.example';
  const json = JSON.stringify({ note: '😀\n', customer: { name: 'Ana Silva' } });
  // A line separator of Unicode ends no line.
  const records = [
    { id: 'one', kind: 'text', text },
    { id: 2, kind: 'json', text: json, spans: [] },
    { id: 'three', kind: 'text', text: 'none\u2028here' },
  ];
  put(folder, 'records.jsonl', `${lines(records)}\n`);
  const { code, stdout, stderr } = await runWrit(['detect', '--jsonl', 'records.jsonl'], folder);
  assert.deepEqual([code, stderr], [0, '']);
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const start = [...json.slice(0, json.indexOf('Ana'))].length;
  assert.deepEqual(answers, [
    { id: 'one', spans: [{ start: 7, end: 18, type: 'EMAIL' }] },
    { id: 2, spans: [{ start, end: start + 9, type: 'PERSON' }] },
    { id: 'three', spans: [] },
  ]);
});

test('a wrong line is named, repeated nowhere, and ends the run', async (t) => {
  const folder = temporary(t);
  const right = lines([{ id: 'one', kind: 'text', text: 'nobody' }]);
  const wrong = [
    '{"id":"ana@b.example",',
    '["ana@b.example"]',
    '{"id":{},"kind":"text","text":"ana@b.example"}',
    '{"id":1,"kind":"ana@b.example","text":""}',
    '{"id":1,"kind":"json"}',
  ];
  for (const line of wrong) {
    put(folder, 'records.jsonl', `${right}${line}\n${right}`);
    const { code, stdout, stderr } = await runWrit(['detect', '--jsonl', 'records.jsonl'], folder);
    assert.deepEqual([code, stdout], [65, '{"id":"one","spans":[]}\n'], line);
    assert.match(
      stderr,
      /Line 2 of records\.jsonl [\s\S]*WRIT_RECORD_INVALID|WRIT_RECORD_INVALID[\s\S]*Line 2 of records\.jsonl /,
    );
    assert.doesNotMatch(stderr, /ana@b/);
  }
  writeFileSync(join(folder, 'latin.jsonl'), Buffer.from('{"id":1,"kind":"text","text":"\xe9"}\n', 'latin1'));
  assert.equal((await runWrit(['detect', '--jsonl', 'latin.jsonl'], folder)).code, 65);
});

test('a file that is not there, and a region that is none', async (t) => {
  const folder = temporary(t);
  const absent = await runWrit(['detect', '--jsonl', 'absent.jsonl'], folder);
  assert.equal(absent.code, 65);
  assert.match(absent.stderr, /WRIT_FILE_UNREADABLE/);
  assert.equal((await runWrit(['detect', '--jsonl', 'absent.jsonl', '--region', 'Sweden'], folder)).code, 64);
  for (const args of [['detect'], ['detect', '--jsonl'], ['detect', '--jsonl', 'a', '--jsonl', 'b']]) {
    const { code, stderr } = await runWrit(args, folder);
    assert.equal(code, 64, args.join(' '));
    assert.match(stderr, /--jsonl/);
    assert.doesNotMatch(stderr, /^ +at /m);
  }
});

test('standard input is records, too, and a region takes no other word', async () => {
  const input = lines([{ id: 1, kind: 'text', text: 'to ana@b.example' }]);
  const { code, stdout } = await runWrit(['detect', '--region', 'SE,FI', '--jsonl', '-'], '.', { input });
  assert.deepEqual([code, stdout], [0, '{"id":1,"spans":[{"start":3,"end":16,"type":"EMAIL"}]}\n']);
  const wrong = await runWrit(['detect', '--jsonl', '-'], '.', { input: '{"ana@b.example' });
  assert.equal(wrong.code, 65);
  assert.match(wrong.stderr, /Line 1 of standard input/);
});
