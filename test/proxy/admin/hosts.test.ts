import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AdminHosts } from '../../../proxy/admin/hosts.ts';

const refuses = (hosts: AdminHosts, headers: { host?: string; origin?: string }) =>
  assert.throws(() => hosts.check(headers), { name: 'WritError', code: 'WRIT_HOST_REFUSED' }, JSON.stringify(headers));

describe('an admin port on loopback', () => {
  const hosts = new AdminHosts({ host: '127.0.0.1', port: 9464 }, ['metrics.internal:443']);

  test('is asked for by the names of loopback, and those that were given', () => {
    for (const host of ['127.0.0.1:9464', 'localhost:9464', '[::1]:9464', 'METRICS.internal:443'])
      hosts.check({ host });
  });

  test('is not reached under any other, nor from a page', () => {
    refuses(hosts, {});
    for (const host of ['', 'evil.example:9464', 'localhost', '192.0.2.7:9464', '127.0.0.1:80', '127.0.0.1:9464, a'])
      refuses(hosts, { host });
    for (const host of ['127.0.0.1:9464', 'metrics.internal:443'])
      for (const origin of ['http://evil.example', 'null', 'https://metrics.internal'])
        refuses(hosts, { host, origin });
  });
});

describe('an admin port beyond loopback', () => {
  for (const host of ['0.0.0.0', '[::]', '192.0.2.7']) {
    const hosts = new AdminHosts({ host, port: 9464 }, []);

    test(`on ${host} is asked for by any address with its port, as probes do`, () => {
      for (const host of ['192.0.2.7:9464', '[2001:db8::1]:9464', '127.0.0.1:9464']) hosts.check({ host });
    });

    test(`on ${host} is not reached under a name, which may have been rebound, nor from a page`, () => {
      for (const name of [
        'evil.example:9464',
        'localhost:9464',
        '192.0.2.7.evil.example:9464',
        '192.0.2.7:80',
        '192.0.2.7:9465',
        '192.0.2.7',
        '[evil]:9464',
        '192.0.2.7:9464:9464',
        '1.2.3:9464',
        ':9464',
      ])
        refuses(hosts, { host: name });
      refuses(hosts, { host: '192.0.2.7:9464', origin: 'http://192.0.2.7:9464' });
    });
  }
});
