import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { reader } from '../../../support/scripted-peer.ts';
import { smallServer } from '../../../support/small-server.ts';
import { refused, taken } from '../../../support/stub-upstream.ts';
import { until } from '../../../support/until.ts';

const result = (id: number, value = {}) => JSON.stringify({ jsonrpc: '2.0', id, result: value });

describe('a server over stdio that', () => {
  test('ends in the middle of an answer fails the call and the session', async () => {
    const { ask, upstream, headers } = await smallServer(
      `on = () => process.stdout.write('{"jsonrpc":"2.0","id":1,"resu', () => process.exit(3));`,
    );
    await refused(taken(await ask(1)), 'WRIT_UPSTREAM_UNREACHABLE');
    assert.equal((await ask(2)).status, 404);
    assert.equal((await upstream.listen(headers, 'alice').answer).status, 404);
  });

  test('answers and ends at once has answered', async () => {
    const { ask } = await smallServer(
      `on = ({ id }) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result: {} }), () => process.exit(0));`,
    );
    assert.deepEqual(await taken(await ask(1)), [result(1)]);
  });

  test('says what is no message is heard for the rest', async () => {
    const { ask, upstream } = await smallServer(`on = ({ id }) => {
      process.stdout.write('Server is ready\\r\\n\\n \\t\\n[1,2]\\n"text"\\n');
      process.stdout.write(Buffer.from([0x22, 0xff, 0xfe, 0x22, 10]));
      answer(id);
    };`);
    assert.deepEqual(await taken(await ask(1)), [result(1)]);
    assert.equal(upstream.counts.unreadable, 4);
  });

  test('sends a message larger than the limit ends its session', async () => {
    const script = `on = ({ id }) => answer(id, 'x'.repeat(5_000_000));`;
    const { ask } = await smallServer(script, { bytes: 1_000_000 });
    await refused(taken(await ask(1)), 'WRIT_UPSTREAM_INVALID');
    assert.equal((await ask(2)).status, 404);
  });

  test('never ends a line does not fill memory', async () => {
    const script = `on = () => { const more = () => process.stdout.write('x'.repeat(65_536), more); more(); };`;
    const { ask } = await smallServer(script, { bytes: 1_000_000, graceMs: 100 });
    await refused(taken(await ask(1)), 'WRIT_UPSTREAM_INVALID');
  });

  test('never answers fails the call after a while', async () => {
    const { ask } = await smallServer('', { idleMs: 4_000 });
    await refused(taken(await ask(1)), 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('answers twice has answered once', async () => {
    const { ask, upstream } = await smallServer('on = ({ id }) => { answer(id, 1); answer(id, 2); };');
    assert.deepEqual(await taken(await ask(1)), ['{"jsonrpc":"2.0","id":1,"result":1}']);
    await until(() => upstream.counts.unexpected === 1, 'the second is nobody’s');
  });

  test('says more than is taken is held back, and loses nothing', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'writ-flood-'));
    after(() => rmSync(directory, { recursive: true }));
    const count = join(directory, 'count');
    const { ask } = await smallServer(`on = async ({ id }) => {
      for (let index = 0; index < 800; index++) {
        const params = { index, data: 'x'.repeat(65_536) };
        const line = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params }) + '\\n';
        await new Promise((resolve) => process.stdout.write(line, resolve));
        require('node:fs').writeFileSync(${JSON.stringify(count)}, String(index));
      }
      answer(id);
    };`);
    const open = reader(await ask(1));
    await open.next();
    await until(() => existsSync(count), 'it has written something');
    let written = -1;
    for (let tries = 0; tries < 100; tries++) {
      const now = Number(readFileSync(count, 'utf8'));
      if (now > 0 && now === written) break;
      written = now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(written < 400, `${written} of 800 went through with nobody to take them`);
    for (let index = 1; index < 800; index++) assert.equal(JSON.parse((await open.next()) ?? '').params.index, index);
    assert.equal(await open.next(), result(1));
  });

  test('does not read is sent no more than the limit', async () => {
    const { ask, upstream } = await smallServer('on = () => process.stdin.pause();', {
      bytes: 1_000_000,
      graceMs: 100,
    });
    const text = 'x'.repeat(900_000);
    const statuses: number[] = [];
    for (let id = 1; id < 20; id++) statuses.push((await ask(id, { text })).status);
    assert.ok(statuses.includes(503));
    assert.equal(statuses.at(-1), 503);
    await upstream.close();
  });
});

describe('a message to a server over stdio', () => {
  // Whatever a reader takes for a line is a message to it.
  const inner = '{"jsonrpc":"2.0","id":666,"method":"smuggled","params":{}}';

  test('is one line, whatever it holds', async () => {
    const { ask } = await smallServer('on = (message, line) => answer(message.id, { line, message });');
    const body = `{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":\r\n${inner}\n\r, "b":"\u2028${inner.replaceAll('"', "'")}\u2029\u0085é"}}`;
    const [answered = ''] = await taken(await ask(1, {}, body));
    const { result: seen } = JSON.parse(answered);
    assert.deepEqual(seen.message, JSON.parse(body));
    assert.match(seen.line, /"b":"\\u2028\{.*\}\\u2029\\u0085é"/);
  });

  test('is not what a line end in it makes of it', async () => {
    const { ask, upstream } = await smallServer(
      'const seen = []; on = ({ id, method }) => { seen.push(method); answer(id, seen); };',
    );
    const body = `{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":\n${inner}\n}}`;
    assert.deepEqual(await taken(await ask(1, {}, body)), [JSON.stringify({ jsonrpc: '2.0', id: 1, result: ['x'] })]);
    assert.equal(upstream.counts.unexpected, 0);
  });
});
