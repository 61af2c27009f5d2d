import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'README.md'), 'utf8');
const [section = ''] = /^## Walk through it\n[\s\S]*?(?=^## )/m.exec(page) ?? [];

/** A command to type, or an edit to make: the lines of a diff below the name of its file. */
type Block = { kind: string; lines: string[] };

const blocks = [...section.matchAll(/```(sh|diff)\n([\s\S]*?)```/g)].map(
  ([, kind = '', text = '']): Block => ({ kind, lines: text.trimEnd().split('\n') }),
);
const steps = blocks.flatMap(({ kind, lines }): Block[] =>
  kind === 'diff' ? [{ kind, lines }] : lines.map((line) => ({ kind, lines: [line] })),
);

const [annaStreet, annaMail] = ['Björkgränd 14', 'anna.lindqvist@example.com'];

describe('the walk-through of the README, word by word in a copy of the tree', () => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-walk-'));
  // A person types here: what `writ test` refuses in CI is no part of it.
  const { CI: _, ...own } = process.env;
  const env = { ...own, PATH: [join(root, 'node_modules/.bin'), own.PATH].join(delimiter) };
  let at = 0;
  let demo: ChildProcess;
  let told = '';
  let over = false;

  before(() => {
    for (const name of ['bin', 'cli', 'engine', 'fixtures', 'policies', 'proxy', 'package.json', 'tsconfig.json'])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  });
  after(() => {
    if (!over && demo?.pid !== undefined) process.kill(-demo.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  /** The next command of the page, which must begin like that. */
  function next(beginning: string): string {
    const [command = ''] = steps[at++]?.lines ?? [];
    assert.ok(command.startsWith(beginning), `here the README says \`${command}\``);
    return command;
  }

  async function type(command: string): Promise<{ code: number | null; output: string }> {
    const child = spawn('sh', ['-c', command], { cwd: folder, env, timeout: 240_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    const [code] = await once(child, 'close');
    return { code, output };
  }

  /** Makes the next edit of the page, at the one place it fits. */
  function edit(file: string): void {
    const { kind, lines } = steps[at++] ?? { kind: '', lines: [] };
    assert.equal(kind, 'diff');
    assert.equal(lines[0], `--- ${file}`);
    const side = (mark: string) =>
      lines
        .slice(1)
        .filter((line) => line.startsWith(mark) || line.startsWith(' '))
        .map((line) => `${line.slice(1)}\n`)
        .join('');
    const path = join(folder, file);
    const parts = readFileSync(path, 'utf8').split(side('-'));
    assert.equal(parts.length, 2, `${file} has the lines ${parts.length - 1} times`);
    writeFileSync(path, parts.join(side('+')));
  }

  test('the demo starts, shows its tour and stays up', async () => {
    demo = spawn('sh', ['-c', next('npm start -- --data ')], { cwd: folder, env, detached: true });
    demo.on('close', () => {
      over = true;
    });
    for (const stream of [demo.stdout, demo.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        told += text;
      });
    while (!told.includes('Ctrl-C') && !over) await sleep(50);
    assert.equal(over, false, told);
    assert.doesNotMatch(told, /✗/);
    assert.ok(existsSync(join(folder, 'data/demo/call')));
  });

  test('a support agent sees no address', async () => {
    const { code, output } = await type(next('sh data/demo/call '));
    assert.equal(code, 0, output);
    assert.match(output, /"street":"\[redacted\]"/);
    assert.match(output, /"email":"a\*\*\*@masked\.invalid"/);
    assert.ok(!output.includes(annaMail) && !output.includes(annaStreet));
  });

  test('a changed rule is right in itself, and makes a fixture and a test fail', async () => {
    edit('policies/gdpr/reading.rego');
    const checked = await type(next('npm run writ -- check '));
    assert.equal(checked.code, 0, checked.output);
    const { code, output } = await type(next('npm run writ -- test '));
    assert.equal(code, 1, output);
    assert.match(output, /support-reads-a-customer\.yaml/);
    assert.match(output, /test_support_reads_a_customer_without_contact_data/);
    assert.match(output, /^9 failed, /m);
  });

  test('the decision is explained', async () => {
    const { code, output } = await type(next('npm run writ -- explain '));
    assert.equal(code, 0, output);
    assert.match(output, /gdpr\.mask_fields\.contact_found/);
  });

  test('with fixtures and test put right, all hold', async () => {
    const updated = await type(next('npm run writ -- test '));
    assert.match(updated.output, /\[EMAIL\]/);
    edit('policies/gdpr/reading_test.rego');
    const { code, output } = await type(next('npm run writ -- test '));
    assert.equal(code, 0, output);
  });

  test('the bundle is built, and the gateway takes it up by itself', async () => {
    const built = await type(next('npm run writ -- build '));
    assert.equal(built.code, 0, built.output);
    const call = next('sh data/demo/call ');
    let answer = await type(call);
    for (let tries = 0; tries < 100 && !answer.output.includes('"email":"[redacted]"'); tries++) {
      await sleep(100);
      answer = await type(call);
    }
    assert.match(answer.output, /"email":"\[redacted\]"/);
    assert.match(answer.output, /on \[PHONE\]/);
    assert.ok(!answer.output.includes(annaMail) && !answer.output.includes(annaStreet));
  });

  test('the log verifies while the gateway runs, and at the end by itself', async () => {
    const { code, output } = await type(next('npm run writ -- audit verify '));
    assert.equal(code, 0, output);
    assert.equal(at, steps.length, 'the README has further steps');
    assert.ok(demo.pid !== undefined);
    process.kill(-demo.pid, 'SIGINT');
    while (!over) await sleep(20);
    assert.match(told, /✓ the audit log verifies/);
  });
});
