import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { KnownHosts } from '../../../proxy/http/hosts.ts';

const refuses = (hosts: KnownHosts, headers: { host?: string; origin?: string }) =>
  assert.throws(() => hosts.check(headers), { name: 'WritError', code: 'WRIT_HOST_REFUSED' }, JSON.stringify(headers));

describe('a gateway on loopback', () => {
  const hosts = new KnownHosts({ host: '127.0.0.1', port: 8080 }, 'http://127.0.0.1:8080', []);

  test('is asked for by any of the names of loopback, with its port', () => {
    for (const host of ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080', 'LOCALHOST:8080']) hosts.check({ host });
  });

  test('is not reached by a page that rebinds its own name', () => {
    for (const host of [
      'evil.example',
      'evil.example:8080',
      'localhost.evil.example:8080',
      '127.0.0.1.evil.example:8080',
      'evil.example@127.0.0.1:8080',
      '127.0.0.1:8080@evil.example',
      '127.0.0.1',
      'localhost',
      '127.0.0.1:8081',
      '127.0.0.1:80800',
      '127.0.0.1:08080',
      '127.1:8080',
      '2130706433:8080',
      '0x7f000001:8080',
      '0.0.0.0:8080',
      '[::ffff:127.0.0.1]:8080',
      'localhost.:8080',
      ' 127.0.0.1:8080',
      '127.0.0.1:8080, 127.0.0.1:8080',
      '127.0.0.1:8080/',
      '',
    ])
      refuses(hosts, { host });
    refuses(hosts, {});
  });

  test('lets no other origin in, even under a name of its own', () => {
    for (const origin of [
      'http://evil.example',
      'http://evil.example:8080',
      'https://127.0.0.1:8080',
      'http://127.0.0.1',
      'http://127.0.0.1:8081',
      'http://127.0.0.1:8080.evil.example',
      'http://127.0.0.1:8080, http://evil.example',
      'null',
      '',
      'file://',
      '*',
    ])
      refuses(hosts, { host: '127.0.0.1:8080', origin });
  });

  test('lets its own pages in, under any of its names', () => {
    for (const origin of ['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080'])
      hosts.check({ host: 'localhost:8080', origin });
  });
});

describe('a published gateway', () => {
  const listen = { host: '0.0.0.0', port: 8080 };
  const hosts = new KnownHosts(listen, 'https://mcp.example.com/gateway', [
    'https://App.Example.com',
    'https://b.example:443',
  ]);

  test('is asked for by its public name, with or without the port its scheme implies', () => {
    for (const host of ['mcp.example.com', 'MCP.example.com', 'mcp.example.com:443']) hosts.check({ host });
    for (const host of ['mcp.example.com:80', 'mcp.example.com:8443', 'example.com', 'localhost:8080'])
      refuses(hosts, { host });
  });

  test('takes the origins it was told of, however they are written, and no others', () => {
    for (const origin of ['https://mcp.example.com', 'https://app.example.com', 'https://b.example'])
      hosts.check({ host: 'mcp.example.com', origin });
    for (const origin of ['http://mcp.example.com', 'https://example.com', 'https://app.example.com:8443'])
      refuses(hosts, { host: 'mcp.example.com', origin });
  });

  test('takes a program, which sends no origin', () => {
    hosts.check({ host: 'mcp.example.com' });
  });
});

test('a gateway on port 80 is asked for without a port', () => {
  const hosts = new KnownHosts({ host: '127.0.0.1', port: 80 }, 'http://127.0.0.1:80', []);
  for (const host of ['127.0.0.1', 'localhost', 'localhost:80', '[::1]']) hosts.check({ host });
});

test('a gateway on IPv6 loopback is asked for by the same names', () => {
  const hosts = new KnownHosts({ host: '[::1]', port: 8080 }, 'http://[::1]:8080', []);
  for (const host of ['[::1]:8080', '127.0.0.1:8080', 'localhost:8080']) hosts.check({ host });
});
