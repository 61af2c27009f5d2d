import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from '../../engine/opa/contract/read-catalogue.ts';
import { readYaml } from '../../engine/yaml/read.ts';
import { put, temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const recording = `identity: { kind: human }
call: { server: crm, method: tools/call, tool: find, arguments: {} }
result:
  structuredContent: { customers: [{ id: C-0001, name: Ana Silva, email: ana@b.example }] }
expect: { effect: deny }
`;
const list = `identity: { kind: human }
call: { server: crm, method: tools/list }
result: { tools: [{ name: find, annotations: { readOnlyHint: true } }] }
expect: { effect: deny }
`;

test('what is discovered in recordings is a catalogue that can be read, and then agrees with them', async (t) => {
  const folder = temporary(t);
  put(folder, 'new/find.yaml', recording);
  put(folder, 'new/list.yaml', list);
  const { code, stdout, stderr } = await runWrit(['discover', 'new'], folder);
  assert.deepEqual([code, stderr], [0, '3 paths proposed for 1 tool. Read them before they count.\n']);
  assert.doesNotMatch(stdout, /Ana|Silva|C-0001|ana@/);
  assert.match(stdout, /# Its server says that it only reads\./);
  const { catalogue, diagnostics } = readCatalogue(readYaml(stdout, 'c', 'WRIT_SOURCES_INVALID'));
  assert.deepEqual(diagnostics, []);
  assert.equal(catalogue.crm?.find?.action, 'unreviewed');
  assert.deepEqual({ ...catalogue.crm?.find?.facts }, { subjects: '$.customers[*].id' });
  put(folder, 'policies/catalogue.yaml', stdout);
  const checked = await runWrit(['catalogue', 'check', 'new'], folder);
  assert.deepEqual([checked.code, checked.stderr], [0, '']);
  assert.match(checked.stdout, /nobody said what this tool does/);
  assert.equal((await runWrit(['catalogue', 'check', 'new', '--strict'], folder)).code, 1);
});

test('a catalogue that is there keeps what it says, and its comments', async (t) => {
  const folder = temporary(t);
  put(folder, 'new/find.yaml', recording);
  const there =
    '# ours\ncatalogue:\n  crm:\n    find:\n      action: read # looks\n      holds:\n        # theirs\n        user.name: ["$.customers[*].name"]\n';
  put(folder, 'catalogue.yaml', there);
  const { stdout } = await runWrit(['discover', 'new', '--catalogue', 'catalogue.yaml'], folder);
  for (const line of there.trimEnd().split('\n')) assert.ok(stdout.split('\n').includes(line), line);
  assert.match(
    stdout,
    /# \$\.customers\[\*\]\.email: confidence 0\.\d+, 1 of 1, like [x@.]+\n {8}user\.contact\.email: \["\$\.customers\[\*\]\.email"\]\n/,
  );
});

test('drift fails the check in every format, with the way out and no value', async (t) => {
  const folder = temporary(t);
  put(folder, 'new/find.yaml', recording);
  put(
    folder,
    'policies/catalogue.yaml',
    'catalogue:\n  crm:\n    find: { action: read, holds: { user.name: ["$.customers[*].name", "$.gone"] } }\n',
  );
  for (const [format, says] of [
    [
      'pretty',
      /✗ crm find \$\.customers\[\*\]\.email holds user\.contact\.email[\s\S]*help: declare `user\.contact\.email/,
    ],
    ['json', /"code": "undeclared"[\s\S]*"remedy": "declare /],
    ['github', /^::error file=policies\/catalogue\.yaml,line=3,[^\n]*Way out/],
    ['junit', /failures="1"[\s\S]*Way out/],
  ] as const) {
    const { code, stdout } = await runWrit(['catalogue', 'check', 'new', '--format', format], folder);
    assert.equal(code, 1, format);
    assert.match(stdout, says);
    assert.doesNotMatch(stdout, /Ana|Silva|C-0001|ana@/);
  }
});

test('of many tools without a recording one line says so, and the last names the catalogue', async (t) => {
  const folder = temporary(t);
  put(folder, 'new/find.yaml', recording);
  const { stdout: first } = await runWrit(['discover', 'new'], folder);
  const more = ['a', 'b', 'c'].map((name) => `    ${name}: { action: read, holds: {} }\n`).join('');
  put(folder, 'policies/catalogue.yaml', `${first.replace('unreviewed\n', 'read\n').trimEnd()}\n${more}`);
  const { code, stdout } = await runWrit(['catalogue', 'check', 'new'], folder);
  assert.deepEqual(
    [code, stdout.split('\n')],
    [
      0,
      [
        'i crm no answer is recorded of a, b, c: nothing is known of what they hold',
        '1 tool with recordings held against policies/catalogue.yaml: 0 errors, 0 warnings',
        '',
      ],
    ],
  );
  const { stderr } = await runWrit(['discover', 'new', '--catalogue', 'policies'], folder);
  assert.match(stderr, /^Nothing is proposed/);
});

test('a wrong catalogue is no drift, and no line of a wrong recording is shown', async (t) => {
  const folder = temporary(t);
  put(folder, 'new/find.yaml', recording);
  put(folder, 'wrong.yaml', 'catalogue: { crm: { find: { holds: 3 } } }\n');
  const wrong = await runWrit(['catalogue', 'check', 'new', '--catalogue', 'wrong.yaml'], folder);
  assert.equal(wrong.code, 65, 'drift has 1');
  assert.match(wrong.stderr, /wrong\.yaml:1:\d+ error/);
  const broken = [recording.replace('structuredContent:', 'structuredContent'), 'to: Ana Silva, ana@b.example\n'];
  for (const text of broken) {
    put(folder, 'broken/find.yaml', text);
    for (const args of [
      ['discover', 'broken'],
      ['catalogue', 'check', 'broken', '--catalogue', 'wrong.yaml'],
    ]) {
      const { code, stdout, stderr } = await runWrit(args, folder);
      assert.equal(code, 65);
      assert.doesNotMatch(stdout + stderr, /Ana|Silva|ana@/);
    }
    assert.match((await runWrit(['discover', 'broken'], folder)).stderr, /broken\/find\.yaml:\d+:\d+ error/);
  }
});

test('recordings and catalogues that are not there or wrong are said to be', async (t) => {
  const folder = temporary(t);
  put(folder, 'empty/readme.json', '{}');
  put(folder, 'wrong/a.yaml', 'call: 3\n');
  put(folder, 'new/find.yaml', recording);
  const code = async (...args: string[]) => (await runWrit(args, folder)).code;
  assert.equal(await code('discover', 'empty'), 65);
  assert.equal(await code('discover', 'wrong'), 65);
  assert.equal(await code('discover', 'new', '--catalogue', 'empty'), 65);
  assert.equal(await code('catalogue', 'check', 'new'), 65);
  assert.equal(await code('catalogue', 'check'), 64);
  assert.equal(await code('discover', 'new', '--min-confidence', '2'), 64);
  assert.equal(await code('discover', 'new', '--region', 'Sweden'), 64);
});

test('the catalogue that comes with Writ knows all that its recordings hold', async () => {
  const { code, stdout } = await runWrit(['catalogue', 'check', 'fixtures', '--format', 'json'], root);
  const { drift } = JSON.parse(stdout);
  const errors = drift.filter(({ severity }: { severity: string }) => severity === 'error');
  assert.deepEqual(errors, []);
  assert.equal(code, 0);
});
