import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { SeenCall } from '../../../engine/fixtures/record/session.ts';
import { Conversation } from '../../../proxy/tap/conversation.ts';
import { tapStdio } from '../../../proxy/tap/stdio.ts';

/** A server of a few lines between streams that stand for those of a client. */
function begin(script: string) {
  const calls: SeenCall[] = [];
  const [input, output] = [new PassThrough(), new PassThrough()];
  const stop = Promise.withResolvers<string>();
  let received = '';
  output.setEncoding('utf8').on('data', (text) => {
    received += text;
  });
  const conversation = new Conversation((call) => calls.push(call));
  const ended = tapStdio([process.execPath, '-e', script], { input, output }, conversation, stop.promise);
  return { calls, input, output, ended, stop: () => stop.resolve('SIGINT'), received: () => received };
}

const echo = 'process.stdin.pipe(process.stdout)';

test('every byte passes in both directions, messages or not', async () => {
  const { input, ended, received } = begin(echo);
  const odd = 'no json\r\n\n{"jsonrpc":"2.0", "id":1 , "method":"ping"}\n"\u{1f600} half';
  for (const byte of Buffer.from(odd)) input.write(Buffer.from([byte]));
  input.end();
  assert.equal(await ended, 0);
  assert.equal(received(), odd);
});

test('a call is heard from both sides, however its lines are cut', async () => {
  const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [], name: 'Åsa' } });
  const { calls, input, ended } = begin(
    `process.stdin.once('data', () => { const b = Buffer.from(${JSON.stringify(answer)} + '\\r\\n');
      process.stdout.write(b.subarray(0, 52)); setTimeout(() => process.stdout.write(b.subarray(52)), 20) });`,
  );
  input.write('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}}\n');
  const over = setInterval(() => calls.length > 0 && input.end(), 5);
  await ended;
  clearInterval(over);
  assert.deepEqual(JSON.parse(JSON.stringify(calls[0])), {
    method: 'tools/call',
    params: { name: 'x' },
    result: { content: [], name: 'Åsa' },
  });
});

test('the exit code of the server is given, and the signal it died of', async () => {
  assert.equal(await begin('process.exit(7)').ended, 7);
  assert.equal(await begin("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)").ended, 'SIGTERM');
});

test('told to stop, it ends the server by ending its input', async () => {
  const { stop, ended, output } = begin(
    "process.stdin.on('end', () => console.log('bye')).resume(); console.log('hi')",
  );
  await once(output, 'data');
  stop();
  assert.equal(await ended, 0);
});

test('a server that goes while the client still writes fails nothing', async () => {
  const { input, ended } = begin("process.stdin.once('data', () => process.exit(0))");
  const writing = setInterval(() => input.write('x'.repeat(100_000)), 1);
  assert.equal(await ended, 0);
  clearInterval(writing);
});

test('a command that is not there is said so', async () => {
  const streams = { input: new PassThrough(), output: new PassThrough() };
  const ended = tapStdio(['writ-no-such-command'], streams, new Conversation(() => {}), new Promise(() => {}));
  await assert.rejects(ended, { code: 'WRIT_COMMAND_FAILED' });
});
