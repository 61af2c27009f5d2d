import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { environmentOf } from '../../../../proxy/upstream/stdio/environment.ts';
import { openProcess } from '../../../../proxy/upstream/stdio/open-process.ts';
import { runs } from '../../../support/processes.ts';
import { smallServer } from '../../../support/small-server.ts';
import { refused, taken } from '../../../support/stub-upstream.ts';
import { until } from '../../../support/until.ts';

const resultOf = (texts: string[]) => JSON.parse(texts.at(-1) ?? '').result;

describe('the process of a server', () => {
  test('has the environment, folder and arguments it is given, and no shell', async () => {
    const environment = { WRIT_TEST_ONE: 'a $HOME `b`', LANG: 'C' };
    const { ask } = await smallServer(
      `on = ({ id }) => answer(id, { env: { ...process.env }, cwd: process.cwd(), tty: process.stdin.isTTY });`,
      { environment, cwd: realpathSync(tmpdir()) },
    );
    assert.deepEqual(resultOf(await taken(await ask(1))), { env: environment, cwd: realpathSync(tmpdir()) });
  });

  test('gets of the gateway’s environment what is named, and what every program needs', () => {
    const own = { PATH: '/bin', HOME: '/home/writ', LANG: 'C', CRM_TOKEN: 'secret', API_KEY: 'k', NODE_OPTIONS: '--x' };
    assert.deepEqual(environmentOf(['API_KEY'], own), { PATH: '/bin', LANG: 'C', API_KEY: 'k' });
    assert.throws(() => environmentOf(['UNSET'], own), { code: 'WRIT_CONFIG_INVALID' });
  });

  test('that cannot be started fails the call, and says no more than why', async () => {
    const started = (command: string[], cwd = '/') =>
      openProcess({ command, cwd, environment: {} }, { bytes: 1_000, graceMs: 100 }, { ended() {} });
    await refused(started(['/nowhere/secret-name']), 'WRIT_UPSTREAM_UNREACHABLE');
    await refused(started(['/etc/passwd']), 'WRIT_UPSTREAM_UNREACHABLE');
    await refused(started([process.execPath, '-e', ''], '/nowhere'), 'WRIT_UPSTREAM_UNREACHABLE');
    await assert.rejects(started(['/nowhere/secret-name']), (error: Error) => !error.message.includes('secret-name'));
  });

  test('ends with its session, and all that it started with it', async () => {
    const ends: unknown[] = [];
    const { ask, upstream, headers } = await smallServer(
      `process.on('SIGTERM', () => {});
      setInterval(() => {}, 1_000);
      on = ({ id }) => {
        const stubborn = "process.on('SIGTERM', () => {}); process.stdout.write('up'); setInterval(() => {}, 1000)";
        const child = require('node:child_process').spawn(process.execPath, ['-e', stubborn]);
        child.stdout.once('data', () => answer(id, [process.pid, child.pid]));
      };`,
      { graceMs: 200, notices: { ended: (how) => ends.push(how) } },
    );
    const pids: number[] = resultOf(await taken(await ask(1)));
    assert.deepEqual(pids.map(runs), [true, true]);
    assert.equal((await upstream.end(headers, 'alice').answer).status, 204);
    await upstream.close();
    assert.deepEqual(pids.map(runs), [false, false]);
    assert.deepEqual(ends, [{ code: null, signal: 'SIGKILL' }]);
  });

  test('that ends by itself leaves nothing of what it started', async () => {
    const { ask } = await smallServer(
      `on = ({ id }) => {
        const child = require('node:child_process').spawn('sleep', ['600'], { stdio: 'inherit', env: { PATH: '/usr/bin:/bin' } });
        child.once('spawn', () => { answer(id, child.pid); setTimeout(() => process.exit(0), 50); });
      };`,
      { graceMs: 200 },
    );
    const pid: number = resultOf(await taken(await ask(1)));
    await until(() => !runs(pid), 'what it started has ended');
    assert.equal((await ask(2)).status, 404);
  });

  test('ends when its input does, if it will, without being told to', async () => {
    const ends: unknown[] = [];
    const { upstream } = await smallServer('', { notices: { ended: (how) => ends.push(how) } });
    await upstream.close();
    assert.deepEqual(ends, [{ code: 0, signal: null }]);
  });

  test('ends when the gateway is killed', async () => {
    const opener = `
      import { openProcess } from ${JSON.stringify(fileURLToPath(new URL('../../../../proxy/upstream/stdio/open-process.ts', import.meta.url)))};
      const server = 'console.log(JSON.stringify(process.pid)); process.stdin.resume();';
      const command = [process.execPath, '-e', server];
      const duplex = await openProcess({ command, cwd: '/', environment: {} }, { bytes: 1000, graceMs: 1000 }, { ended() {} });
      for await (const line of duplex.messages) process.stdout.write(line);
    `;
    const gateway = spawn(process.execPath, ['--input-type=module', '-e', opener], {
      stdio: ['ignore', 'pipe', 'inherit'],
      cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
    });
    const [said] = await once(gateway.stdout, 'data');
    const pid = Number(said);
    assert.ok(runs(pid));
    gateway.kill('SIGKILL');
    await until(() => !runs(pid), 'the server has ended');
  });
});

describe('standard error of a server', () => {
  test('goes nowhere unless it is asked for, and holds up nothing', async () => {
    const { ask } = await smallServer(
      `on = ({ id }) => { require('node:fs').writeSync(2, 'x'.repeat(1_000_000)); answer(id); };`,
    );
    assert.equal((await taken(await ask(1))).length, 1);
  });

  test('is told a line at a time where it is', async () => {
    const lines: string[] = [];
    const { ask, upstream } = await smallServer(
      `on = ({ id }) => { process.stderr.write('one\\n\\u001b[31mtwo\\u202e\\r\\n'); answer(id); };`,
      { notices: { ended() {}, said: (line) => lines.push(line) } },
    );
    await taken(await ask(1));
    await upstream.close();
    assert.deepEqual(lines, ['one', '\\u{1b}[31mtwo\\u{202e}']);
  });
});
