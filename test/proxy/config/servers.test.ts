import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../engine/yaml/source-error.ts';
import { readConfig } from '../../../proxy/config/load.ts';

const file = '/etc/writ/writ.yaml';

/** The server `files` of a configuration that has it in these words. */
function server(words: string) {
  const text = `gateway: { name: edge-1, listen: 127.0.0.1:8080 }
identity: { issuers: [{ issuer: https://login.example, audiences: [api://writ] }] }
policy: { bundle: bundle.tar.gz }
audit: { directory: d, origin: o, signer: { key_file: k }, master_key_file: m }
servers:
  files: { ${words} }
`;
  return JSON.parse(JSON.stringify(readConfig(text, file).servers.files));
}

function mistake(words: string): string[] {
  try {
    server(words);
  } catch (error) {
    assert.ok(error instanceof SourceError, String(error));
    return error.diagnostics.map(({ row, message }) => `${row}: ${message}`);
  }
  assert.fail('it was accepted');
}

describe('a server of a configuration', () => {
  test('is a command, in the folder of the file unless told', () => {
    assert.deepEqual(server('command: [mcp-server, "--root", "/srv a"]'), {
      command: ['mcp-server', '--root', '/srv a'],
      cwd: '/etc/writ',
      labels: {},
    });
    const all =
      'command: [a], cwd: ../run, env: [HOME, API_KEY], stderr: log, sessions: { max: 2, max_per_caller: 1, idle_seconds: 9 }';
    assert.deepEqual(server(all), {
      command: ['a'],
      cwd: '/etc/run',
      env: ['HOME', 'API_KEY'],
      stderr: 'log',
      sessions: { max: 2, max_per_caller: 1, idle_seconds: 9 },
      labels: {},
    });
  });

  test('is a url, by one of two transports', () => {
    for (const transport of ['streamable-http', 'sse'])
      assert.equal(server(`url: http://127.0.0.1:1/sse, transport: ${transport}`).transport, transport);
    assert.equal(server('url: http://127.0.0.1:1/sse, transport: sse, sessions: { max: 3 }').sessions.max, 3);
  });

  for (const [words, expected] of [
    ['labels: {}', '6: servers.files must have one of url and command'],
    ['url: http://a.example, command: [a]', '6: servers.files must have one of url and command'],
    ['command: []', '6: servers.files.command must NOT have fewer than 1 items'],
    ['command: a', '6: servers.files.command must be array'],
    ['command: [a, ""]', '6: servers.files.command.1 must be a text that is not empty'],
    ['command: [a], env: ["A=b"]', '6: servers.files.env.0 must be the name of an environment variable'],
    ['command: [a], stderr: inherit', '6: servers.files.stderr must be one of off, log'],
    ['command: [a], transport: sse', '6: servers.files.transport has no meaning for a command'],
    ['command: [a], credentials: {}', '6: servers.files.credentials has no meaning for a command'],
    ['command: [a], ca_file: ca.pem', '6: servers.files.ca_file has no meaning for a command'],
    ['url: http://a.example, transport: stdio', '6: servers.files.transport must be one of streamable-http, sse'],
    ['url: http://a.example, cwd: /', '6: servers.files.cwd has no meaning for transport streamable-http'],
    ['url: http://a.example, env: [A]', '6: servers.files.env has no meaning for transport streamable-http'],
    ['url: http://a.example, sessions: {}', '6: servers.files.sessions has no meaning for transport streamable-http'],
    ['url: http://a.example, transport: sse, stderr: log', '6: servers.files.stderr has no meaning for transport sse'],
  ] as const)
    test(`is refused as { ${words} }`, () => assert.deepEqual(mistake(words), [expected]));
});
