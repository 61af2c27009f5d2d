import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from '../support/until.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'writ-record-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const start = [main, 'record'];

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** Runs it to its end, with this for its standard input. */
function run(args: string[], input = '', env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, timeout: 60_000 };
    const child = execFile(process.execPath, [...start, ...args], options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
    child.stdin?.end(input);
  });
}

/** A stdio server that answers each call with its arguments and a variable of its environment. */
const server = `require('node:readline').createInterface(process.stdin).on('line', (line) => {
  const { id, params } = JSON.parse(line);
  const text = params.arguments.text + ' ' + process.env.SOME_TOKEN;
  console.log(JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } }));
});`;
const call = (id: number, text: string) =>
  `${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo', arguments: { text } } })}\n`;
const stdio = (out: string, ...options: string[]) => ['--out', out, ...options, '--', process.execPath, '-e', server];

describe('as the command of a stdio server', () => {
  test('standard output is the server’s alone; what was found goes to standard error', async () => {
    const { code, out, err } = await run(stdio('a'), call(1, 'hello'), { SOME_TOKEN: 'a-token-of-theirs' });
    assert.equal(
      out,
      '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"hello a-token-of-theirs"}]}}\n',
    );
    assert.match(err, /1 fixtures in a: 1 new, 0 changed/);
    assert.match(err, /warning.*no catalogue covers it:\n {2}tools\/call echo: arguments \$\.text, text/);
    assert.equal(code, 1, 'something was written that no catalogue covers');
    assert.match(readFileSync(join(folder, 'a/echo.yaml'), 'utf8'), /text: "?hello \[secret\]/);
  });

  test('a catalogue that covers it makes for exit code 0, and JSON is one document', async () => {
    const policies = join(folder, 'covered');
    writeFileSync(`${policies}.yaml`, 'catalogue:\n  b:\n    echo: { action: read, holds: {} }\n');
    const { code, err } = await run(stdio('b', '--policies', `${policies}.yaml`, '--format', 'json'), call(1, 'hello'));
    assert.equal(code, 0, err);
    assert.deepEqual(JSON.parse(err), {
      fixtures: [{ file: 'b/echo.yaml', status: 'new' }],
      replaced: {},
      unreplaced: [{ what: 'tools/call echo', fields: ['arguments $.text', 'text'], uncovered: false }],
      unread: 0,
    });
  });

  test('options behind -- are those of the server, and its failure is told', async () => {
    const { code, err } = await run([
      '--out',
      'c',
      '--',
      process.execPath,
      '-e',
      'process.exit(3)',
      '--',
      '--out',
      'd',
    ]);
    assert.equal(code, 69);
    assert.match(err, /ended with exit code 3.*\n|WRIT_COMMAND_FAILED/);
    assert.equal(readdirSync(folder).includes('d'), false);
  });

  test('killed, it leaves whole fixtures of all that was answered', async () => {
    const child = spawn(process.execPath, [...start, ...stdio('killed')], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    for (let id = 0; id < 5; id++) child.stdin.write(call(id, `text ${id}`));
    const names = () => (readdirSync(folder).includes('killed') ? readdirSync(join(folder, 'killed')) : []);
    await until(() => names().filter((name) => name.endsWith('.yaml')).length === 5, 'five fixtures');
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (const name of names().filter((each) => each.endsWith('.yaml')))
      assert.match(readFileSync(join(folder, 'killed', name), 'utf8'), /\nexpect: \{ effect: deny \}\n$/);
  });
});

describe('what is asked wrongly is said with a way out', () => {
  for (const [what, args, code, said] of [
    ['neither server nor command', ['--out', 'x'], 64, /either --server <url>, or --/],
    ['both', ['--out', 'x', '--server', 'http://127.0.0.1:1/mcp', '--', 'ls'], 64, /either --server/],
    ['no folder', ['--server', 'http://127.0.0.1:1/mcp'], 64, /out/],
    ['no URL', ['--out', 'x', '--server', 'mcp'], 64, /http or https URL/],
    ['a URL with a password', ['--out', 'x', '--server', 'http://a:secret-word@b/mcp'], 64, /Let the client send/],
    ['no pair', ['--out', 'x', '--replace', 'a', '--', 'ls'], 64, /--replace from=to/],
    ['nobody', ['--out', 'x', '--identity', '{ kind: robot }', '--', 'ls'], 65, /identity.kind must be one of human/],
    ['policies that are not there', ['--out', 'x', '--policies', 'nowhere', '--', 'ls'], 65, /WRIT_SOURCES_MISSING/],
    ['a command that is not there', ['--out', 'x', '--', 'writ-no-such'], 69, /writ-no-such cannot be started/],
  ] as const) {
    test(what, async () => {
      const ended = await run([...args]);
      assert.equal(ended.code, code, ended.err);
      assert.match(ended.err, said);
      assert.doesNotMatch(ended.err, /secret-word| {4}at /);
    });
  }
});

test('Ctrl-C ends a recording of an HTTP server in order', async () => {
  const args = ['--out', 'http', '--server', 'http://127.0.0.1:1/mcp'];
  const child = spawn(process.execPath, [...start, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  await until(() => /Point the client at http:\/\/127\.0\.0\.1:\d+\/mcp/.test(err), 'the recorder listens');
  child.kill('SIGINT');
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  assert.equal(out, 'Nothing was recorded: no call was answered.\n');
});
