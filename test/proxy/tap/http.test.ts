import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { listen } from '../../../fixtures/listen.ts';
import { tapHttp } from '../../../proxy/tap/http.ts';
import { Recording } from '../../../proxy/tap/recording.ts';

type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void;

/** A server that answers as told, a tap in front of it, and the folder that is recorded into. */
async function begin(t: TestContext, answer: Answer, path = '/mcp') {
  const out = mkdtempSync(join(tmpdir(), 'writ-tap-'));
  const seen: { request: IncomingMessage; body: string }[] = [];
  const http = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      seen.push({ request, body });
      answer(request, body, response);
    });
  });
  const { origin, close } = await listen(http, 0);
  const options = { out, server: 'crm', identity: { kind: 'human' } as const, catalogue: {}, replace: [] };
  const recording = new Recording(options, (error) => assert.fail(error));
  const tap = await tapHttp({
    server: new URL(origin + path),
    listen: '127.0.0.1:0',
    conversation: recording.conversation,
    header: (name, value) => recording.heard(name, value),
  });
  t.after(async () => {
    await tap.close();
    await close();
    rmSync(out, { recursive: true, force: true });
  });
  const texts = () =>
    readdirSync(out)
      .sort()
      .map((name) => readFileSync(join(out, name), 'utf8'));
  return { tap, seen, recording, texts, out };
}

const call = (id: number, text: string) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo', arguments: { text } } });
const echo: Answer = (_request, body, response) => {
  const { id, params } = JSON.parse(body);
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: params.arguments.text }] } }),
  );
};

test('requests pass as they are, with their headers but for Host; answers pass byte for byte', async (t) => {
  const odd = '{ "jsonrpc":"2.0",\t"id":1e0, "result":{"content":[],"n":1.0} }\n';
  const { tap, seen } = await begin(t, (_request, _body, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Mcp-Session-Id': 'abc', 'X-Two': ['1', '2'] });
    response.end(odd);
  });
  const body = ` ${call(1, 'x')} `;
  const headers = { 'content-type': 'application/json', 'mcp-method': 'tools/call', 'x-own': 'é' };
  const sent = request(tap.url, { method: 'POST', headers: { ...headers, 'x-own': 'kept' } });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  let text = '';
  for await (const chunk of answer ?? []) text += chunk;
  assert.equal(text, odd);
  assert.deepEqual(answer?.headersDistinct['x-two'], ['1', '2']);
  assert.equal(answer?.headers['mcp-session-id'], 'abc');
  assert.equal(seen[0]?.body, body);
  assert.equal(seen[0]?.request.headers['x-own'], 'kept');
  assert.equal(seen[0]?.request.headers['mcp-method'], 'tools/call');
  assert.notEqual(seen[0]?.request.headers.host, new URL(tap.url).host);
});

test('other methods and paths pass, too, and a refusal keeps its status', async (t) => {
  const { tap, seen } = await begin(t, (request, _body, response) => {
    response.writeHead(request.method === 'GET' ? 405 : 401, { 'www-authenticate': 'Bearer resource_metadata="x"' });
    response.end();
  });
  assert.equal((await fetch(tap.url)).status, 405);
  const refused = await fetch(new URL('/.well-known/x', tap.url), { method: 'DELETE' });
  assert.equal(refused.status, 401);
  assert.equal(refused.headers.get('www-authenticate'), 'Bearer resource_metadata="x"');
  assert.deepEqual(
    seen.map(({ request: { method, url } }) => `${method} ${url}`),
    ['GET /mcp', 'DELETE /.well-known/x'],
  );
});

test('a stream passes event by event, comments and all, while its answer is recorded', async (t) => {
  const part = Promise.withResolvers<void>();
  const { tap, texts } = await begin(t, async (_request, _body, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\nid: 1\ndata:\n\ndata: {"jsonrpc":"2.0","method":"notifications/progress"}\n\n');
    await part.promise;
    response.end('event: message\ndata: {"jsonrpc":"2.0",\ndata: "id":1,"result":{"content":[]}}\n\n');
  });
  const answer = await fetch(tap.url, { method: 'POST', body: call(1, 'x') });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  assert.match((await reader?.read())?.value ?? '', /^: hello\nid: 1\ndata:\n\n/);
  part.resolve();
  let rest = '';
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) rest += next.value;
  assert.ok(rest.endsWith('data: "id":1,"result":{"content":[]}}\n\n'));
  assert.equal(texts().length, 1);
});

test('credentials of the session are in no file, though the server repeats them', async (t) => {
  const { tap, texts, recording } = await begin(t, (request, body, response) => {
    response.setHeader('set-cookie', 'sid=c00kie-of-the-server; Path=/');
    echo(request, body, response);
  });
  const headers = {
    authorization: `Basic ${Buffer.from('someone:pa55-word-of-theirs').toString('base64')}`,
    cookie: 'a=c00kie-of-the-client',
    'x-api-key': 'k3y-of-the-client',
  };
  for (const text of [
    headers.authorization,
    'pa55-word-of-theirs',
    'c00kie-of-the-client',
    'k3y-of-the-client',
    'c00kie-of-the-server',
  ])
    await (await fetch(tap.url, { method: 'POST', headers, body: call(1, `you said ${text}`) })).text();
  const written = [...texts(), JSON.stringify(recording.close())].join('\n');
  assert.match(written, /you said \[secret\]/);
  assert.doesNotMatch(written, /c00kie|k3y-of|pa55|Basic [A-Za-z0-9]/);
});

test('clients that count from the same number at once are told apart', async (t) => {
  const { tap, texts } = await begin(t, (request, body, response) => void setImmediate(echo, request, body, response));
  const said = Array.from({ length: 20 }, (_, n) => `text ${n}`);
  const post = (text: string) =>
    fetch(tap.url, { method: 'POST', body: call(1, text) }).then((answer) => answer.text());
  await Promise.all(said.map(post));
  assert.equal(texts().length, 20);
  for (const text of texts()) {
    const [, asked] = /arguments: \{ text: (text \d+) \}/.exec(text) ?? [];
    assert.match(text, new RegExp(`type: text, text: ${asked} \\}`));
  }
});

test('a page of another origin reaches nothing', async (t) => {
  const { tap, seen } = await begin(t, echo);
  const post = (headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const sent = request(tap.url, { method: 'POST', headers }, ({ statusCode = 0 }) => resolve(statusCode));
      sent.end(call(1, 'x'));
    });
  assert.equal(await post({ host: 'evil.example' }), 403);
  assert.equal(await post({ origin: 'http://evil.example' }), 403);
  assert.deepEqual(seen, []);
});

test('a server that is not there is told to the client in JSON, and an address in use to the person', async (t) => {
  const { tap, recording } = await begin(t, (request) => request.socket.destroy());
  const answer = await fetch(tap.url, { method: 'POST', body: call(1, 'x') });
  assert.equal(answer.status, 502);
  assert.match(await answer.text(), /^\{"jsonrpc":"2\.0",.*"code":"WRIT_UPSTREAM_UNREACHABLE"/);
  assert.deepEqual(recording.close().fixtures, []);
  const { host } = new URL(tap.url);
  const again = tapHttp({
    server: new URL(tap.url),
    listen: host,
    conversation: recording.conversation,
    header: () => {},
  });
  await assert.rejects(again, { code: 'WRIT_LISTEN_FAILED' });
});

test('the query of the server, which may hold a key, is added for the client and not shown', async (t) => {
  const { tap, seen } = await begin(t, echo, '/mcp?api_key=hidden');
  assert.doesNotMatch(tap.url, /hidden/);
  await fetch(tap.url, { method: 'POST', body: call(1, 'x') });
  assert.equal(seen[0]?.request.url, '/mcp?api_key=hidden');
});

test('a client that goes away takes its request to the server with it', async (t) => {
  const gone = Promise.withResolvers<void>();
  const { tap } = await begin(t, (_request, _body, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    response.on('close', () => gone.resolve());
  });
  const abort = new AbortController();
  await fetch(tap.url, { method: 'POST', body: call(1, 'x'), signal: abort.signal });
  abort.abort();
  await gone.promise;
});
