import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { ServerConfig } from '../../../proxy/config/types.ts';
import { connectUpstream } from '../../../proxy/upstream/connect.ts';
import { DuplexUpstream } from '../../../proxy/upstream/duplex/duplex-upstream.ts';
import { HttpUpstream } from '../../../proxy/upstream/http-upstream.ts';
import { initialize, said } from '../../support/scripted-peer.ts';
import { limits } from '../../support/stub-upstream.ts';

const reference = `\${env:TOKEN}`;

function connected(server: Omit<ServerConfig, 'labels'>, environment: NodeJS.ProcessEnv = {}) {
  const lines: string[] = [];
  const ends: unknown[] = [];
  const notices = { ended: (how: unknown) => ends.push(how), said: (line: string) => lines.push(line) };
  const upstream = connectUpstream({ labels: {}, ...server }, limits, environment, notices);
  after(() => upstream.close());
  return { upstream, lines, ends };
}

/** Tells what it was given, once by its error output and once by its answer. */
const telling = `
  console.error(JSON.stringify(process.env));
  process.stdin.once('data', () => console.log(JSON.stringify({ jsonrpc: '2.0', id: 0, result: { env: process.env } })));
`;

describe('a server of the configuration', () => {
  test('is reached the way it says', () => {
    const url = 'http://127.0.0.1:9/mcp';
    assert.ok(connected({ url }).upstream instanceof HttpUpstream);
    assert.ok(connected({ url, transport: 'streamable-http' }).upstream instanceof HttpUpstream);
    assert.ok(connected({ url, transport: 'sse' }).upstream instanceof DuplexUpstream);
    assert.ok(connected({ command: ['a'] }).upstream instanceof DuplexUpstream);
  });

  test('is refused where what it names is not there', () => {
    const url = 'http://127.0.0.1:9/mcp';
    const wrong: Omit<ServerConfig, 'labels'>[] = [
      { command: ['a'], env: ['UNSET'] },
      { url, transport: 'sse', credentials: { bearer: reference } },
      { url, transport: 'sse', ca_file: '/nowhere/ca.pem' },
      { url, credentials: { bearer: reference } },
      {},
    ];
    for (const server of wrong) assert.throws(() => connected(server), { code: 'WRIT_CONFIG_INVALID' });
  });

  test('is started with the first message, and has what is named', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'writ-connect-'));
    after(() => rmSync(directory, { recursive: true }));
    const mark = join(directory, 'started');
    const script = `require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); ${telling}`;
    const environment = { PATH: '/bin', HOME: '/home/writ', SECRET: 's', NAMED: 'n' };
    const command = [process.execPath, '-e', script];
    const server = { command, cwd: directory, env: ['NAMED'] };
    const quiet = connected(server, environment);
    assert.equal(existsSync(mark), false);
    const answer = said(await quiet.upstream.post(initialize, {}, 'alice').answer);
    assert.deepEqual(answer.result.env, { PATH: '/bin', NAMED: 'n' });
    await quiet.upstream.close();
    assert.deepEqual([quiet.lines, quiet.ends], [[], [{ code: 0, signal: null }]]);
    const loud = connected({ ...server, stderr: 'log' }, environment);
    await loud.upstream.post(initialize, {}, 'alice').answer;
    await loud.upstream.close();
    assert.deepEqual(loud.lines, ['{"PATH":"/bin","NAMED":"n"}']);
  });

  test('has as many sessions as it may', async () => {
    const command = [process.execPath, '-e', telling];
    const { upstream } = connected({ command, cwd: '/', sessions: { max: 1 } });
    const { headers } = await upstream.post(initialize, {}, 'alice').answer;
    assert.ok(headers['mcp-session-id']);
    assert.equal((await upstream.post(initialize, {}, 'bob').answer).status, 503);
  });
});
