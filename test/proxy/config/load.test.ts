import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { SourceError } from '../../../engine/yaml/source-error.ts';
import { loadConfig, readConfig, resolveSecret } from '../../../proxy/config/load.ts';

const file = '/etc/writ/writ.yaml';
const least = `gateway:
  name: edge-1
  listen: 127.0.0.1:8080
identity:
  issuers:
    - issuer: https://login.example/a/v2.0
      audiences: [api://writ]
servers:
  crm:
    url: http://127.0.0.1:9000/mcp
policy:
  bundle: bundle.tar.gz
audit:
  directory: data/audit
  origin: edge-1.example.com
  signer: { key_file: ../keys/audit.pem }
  master_key_file: /var/lib/writ/master.key
`;

/** The least configuration with one line, or several, in the place of another. */
function edited(line: string, by: string): string {
  assert.equal(least.split(line).length, 2, `"${line}" is in it once`);
  return least.replace(line, by);
}

/** Every mistake as `row:column: message`. */
function mistakes(text: string): string[] {
  try {
    readConfig(text, file);
  } catch (error) {
    assert.ok(error instanceof SourceError, String(error));
    assert.equal(error.code, 'WRIT_CONFIG_INVALID');
    assert.ok(error.diagnostics.every((found) => found.file === file && found.severity === 'error'));
    return error.diagnostics.map(({ row, column, message }) => `${row}:${column}: ${message}`);
  }
  assert.fail('it was accepted');
}

const reference = (name: string) => `\${env:${name}}`;

describe('a configuration', () => {
  test('needs little: the rest has defaults', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(readConfig(least, file))), {
      gateway: {
        name: 'edge-1',
        environment: 'production',
        listen: '127.0.0.1:8080',
        allowed_origins: [],
        combined: true,
        limits: {
          request_bytes: 1_048_576,
          answer_bytes: 16_777_216,
          concurrent_calls: 1000,
          server_calls: 256,
          upstream_connections: 128,
          upstream_idle_seconds: 300,
          stream_idle_seconds: 3600,
          streams: 5000,
        },
      },
      identity: {
        issuers: [{ issuer: 'https://login.example/a/v2.0', audiences: ['api://writ'], tenant: 'default' }],
        anonymous: 'deny',
      },
      servers: { crm: { url: 'http://127.0.0.1:9000/mcp', labels: {} } },
      policy: { bundle: '/etc/writ/bundle.tar.gz', poll_seconds: 30 },
      audit: {
        directory: '/etc/writ/data/audit',
        origin: 'edge-1.example.com',
        signer: { key_file: '/etc/keys/audit.pem' },
        master_key_file: '/var/lib/writ/master.key',
        max_unsigned_age: 900,
      },
      store: 'sqlite:/etc/writ/data/writ.db',
      masking: { regions: [] },
      tokens: { per_caller: 10_000 },
    });
  });

  test('has its defaults to itself', () => {
    const first = readConfig(least, file);
    first.gateway.allowed_origins.push('https://evil.example');
    first.gateway.limits.request_bytes = 1;
    const second = readConfig(least, file);
    assert.deepEqual(second.gateway.allowed_origins, []);
    assert.equal(second.gateway.limits.request_bytes, 1_048_576);
  });

  test('may set one limit and keep the others', () => {
    const { limits } = readConfig(
      edited('  name: edge-1', '  name: edge-1\n  limits: { request_bytes: 2048 }'),
      file,
    ).gateway;
    assert.deepEqual([limits.request_bytes, limits.answer_bytes], [2048, 16_777_216]);
  });

  test('names files relative to itself, and URLs as they are', () => {
    const text = edited(
      '      audiences: [api://writ]',
      '      audiences: [api://writ]\n      jwks: ./keys.json',
    ).replace('bundle: bundle.tar.gz', 'bundle: b.tar.gz\n  verify: { keys: [{ file: ../pub.pem, id: k }] }');
    const config = readConfig(text, file);
    assert.equal(config.identity.issuers[0]?.jwks, '/etc/writ/keys.json');
    assert.deepEqual({ ...config.policy.verify?.keys[0] }, { file: '/etc/pub.pem', id: 'k' });
    for (const jwks of ['https://login.example/keys?appid=1', 'HTTP://127.0.0.1:1/keys']) {
      const remote = readConfig(edited('[api://writ]', `[api://writ]\n      jwks: ${jwks}`), file);
      assert.equal(remote.identity.issuers[0]?.jwks, jwks);
    }
  });

  test('takes every form of address', () => {
    for (const listen of ['127.0.0.1:0', 'localhost:65535', '"[::1]:8080"', '0.0.0.0:80', 'mcp.internal:8443'])
      readConfig(edited('127.0.0.1:8080', listen), file);
    for (const url of ['http://127.0.0.1:9000', 'https://a.example/mcp?tenant=a', '"http://[::1]:9000/mcp"'])
      readConfig(edited('http://127.0.0.1:9000/mcp', url), file);
    for (const url of ['https://mcp.example.com', 'https://mcp.example.com/', 'http://127.0.0.1:8080/gateway/one'])
      readConfig(edited('  name: edge-1', `  name: edge-1\n  public_url: ${url}`), file);
  });
});

describe('a key in a vault', () => {
  const vault = 'https://contoso.vault.azure.net/keys/audit';
  const pinned = `${vault}/0123456789abcdef0123456789abcdef`;
  const line = '  signer: { key_file: ../keys/audit.pem }';
  const signedBy = (more: string) => edited(line, `  signer:\n    key_vault:\n      key: ${pinned}\n${more}`);

  test('has a witness key beside the master key, unless told', () => {
    const { audit } = readConfig(signedBy('      credential: managed_identity'), file);
    assert.deepEqual(JSON.parse(JSON.stringify(audit.signer)), {
      key_vault: { key: pinned, credential: 'managed_identity' },
    });
    assert.equal(audit.witness_key_file, '/var/lib/writ/witness.pem');
    const told = signedBy('      credential: cli\n  witness_key_file: ../w.pem');
    assert.equal(readConfig(told, file).audit.witness_key_file, '/etc/w.pem');
    assert.equal(readConfig(least, file).audit.witness_key_file, undefined);
  });

  test('takes each way to log in, and a key before it', () => {
    for (const more of [
      'credential: managed_identity\n      client_id: a',
      'credential: workload_identity',
      'credential: workload_identity\n      client_id: a\n      tenant_id: b\n      token_file: token',
      'credential: cli\n      tenant_id: b',
      `credential: service_principal\n      client_id: a\n      tenant_id: b\n      client_secret: ${reference('A')}`,
      'credential: cli\n    previous: lost',
      'credential: cli\n    previous: { key_file: audit.pem }',
      `credential: cli\n    previous: { key_vault: { key: ${pinned}, credential: cli } }`,
    ])
      readConfig(signedBy(`      ${more}`), file);
    const { signer } = readConfig(signedBy('      credential: cli\n    previous: { key_file: a.pem }'), file).audit;
    assert.deepEqual({ ...Object(signer.previous) }, { key_file: '/etc/writ/a.pem' });
    const workload = signedBy('      credential: workload_identity\n      token_file: token');
    assert.equal(readConfig(workload, file).audit.signer.key_vault?.token_file, '/etc/writ/token');
  });

  test('is refused with a way out', () => {
    const table: [text: string, expected: string][] = [
      [edited(line, '  signer: {}'), '16:11: audit.signer must have one of key_file and key_vault'],
      [
        edited(line, `  signer: { key_file: a, key_vault: { key: ${pinned}, credential: cli } }`),
        '16:11: audit.signer must have one of key_file and key_vault',
      ],
      [
        edited(line, `  signer: { key_vault: { key: ${vault}, credential: cli } }`),
        '16:31: audit.signer.key_vault.key must end in the version of the key, so that nothing done in the vault changes ' +
          `who signs; \`az keyvault key show --id ${vault} --query key.kid -o tsv\` prints it`,
      ],
      [
        edited(line, '  signer: { key_vault: { key: "http://localhost/keys/a", credential: cli } }'),
        '16:32: audit.signer.key_vault.key must match format "https://<vault>/keys/<name>/<version>"',
      ],
      [
        signedBy('      credential: any'),
        '19:19: audit.signer.key_vault.credential must be one of managed_identity, workload_identity, cli, service_principal',
      ],
      [
        signedBy('      credential: service_principal\n      client_id: a'),
        '18:7: audit.signer.key_vault needs tenant_id, client_secret for service_principal',
      ],
      [
        signedBy('      credential: managed_identity\n      tenant_id: a'),
        '20:18: audit.signer.key_vault.tenant_id has no meaning for managed_identity',
      ],
      [
        signedBy('      credential: service_principal\n      client_secret: s3cr3t'),
        `20:22: audit.signer.key_vault.client_secret must be the name of an environment variable, as ${reference('NAME')}`,
      ],
      [signedBy('      credential: cli\n    previous: gone'), '20:15: audit.signer.previous must be one of lost'],
      [
        signedBy('      credential: cli\n    previous: {}'),
        '20:15: audit.signer.previous must have one of key_file and key_vault',
      ],
      [edited(line, `${line}\n  max_unsigned_age: 15`), '17:21: audit.max_unsigned_age must be string'],
      [
        edited(line, `${line}\n  max_unsigned_age: 0m`),
        '17:21: audit.max_unsigned_age must be a number with s, m or h, as in 15m',
      ],
    ];
    for (const [text, expected] of table) assert.deepEqual(mistakes(text), [expected]);
  });

  test('may go unsigned for as long as told', () => {
    for (const [text, seconds] of [
      ['90s', 90],
      ['20m', 1_200],
      ['2h', 7_200],
    ] as const)
      assert.equal(
        readConfig(edited(line, `${line}\n  max_unsigned_age: ${text}`), file).audit.max_unsigned_age,
        seconds,
      );
  });
});

describe('a mistake is named with line, column, path and what was expected', () => {
  const table: [what: string, line: string, by: string, ...expected: string[]][] = [
    ['a key that is missing', '  name: edge-1\n', '', '1:1: gateway needs the key name'],
    ['a section that is missing', 'policy:\n  bundle: bundle.tar.gz\n', '', '1:1: needs the key policy'],
    [
      'a key that is not known',
      '  bundle: bundle.tar.gz',
      '  bundle: bundle.tar.gz\n  shadows: x',
      '13:3: policy.shadows is not a key here; known are bundle, poll_seconds, verify',
    ],
    [
      'a key that differs in case',
      '  listen: 127.0.0.1:8080',
      '  listen: 127.0.0.1:8080\n  Environment: test',
      '4:3: gateway.Environment is not a key here; known are name, environment, listen, public_url, allowed_origins, combined, tls, limits',
    ],
    ['a type', 'listen: 127.0.0.1:8080', 'listen: 8080', '3:11: gateway.listen must be string'],
    [
      'a name',
      'name: edge-1',
      'name: Edge 1',
      '2:9: gateway.name must be at most 63 small letters, digits, dots and hyphens',
    ],
    ['a port', '127.0.0.1:8080', '127.0.0.1:65536', '3:11: gateway.listen must match format "host:port"'],
    ['a host without a port', '127.0.0.1:8080', '127.0.0.1', '3:11: gateway.listen must match format "host:port"'],
    [
      'an address without brackets',
      '127.0.0.1:8080',
      '"::1:8080"',
      '3:12: gateway.listen must match format "host:port"',
    ],
    [
      'an issuer that is no URL',
      'https://login.example/a/v2.0',
      'login.example',
      '6:15: identity.issuers.0.issuer must match format "http(s)://host[:port][/path]"',
    ],
    [
      'an issuer nobody can ask',
      'https://login.example/a/v2.0',
      '"https://[login"',
      '6:16: identity.issuers.0.issuer must match format "http(s)://host[:port][/path]"',
    ],
    [
      'an issuer with a query',
      'https://login.example/a/v2.0',
      'https://login.example/?tid=a',
      '6:15: identity.issuers.0.issuer must match format "http(s)://host[:port][/path]"',
    ],
    ['no audience', '[api://writ]', '[]', '7:18: identity.issuers.0.audiences must NOT have fewer than 1 items'],
    [
      'an audience that is empty',
      '[api://writ]',
      '[""]',
      '7:20: identity.issuers.0.audiences.0 must NOT have fewer than 1 characters',
    ],
    [
      'an issuer listed twice',
      '      audiences: [api://writ]',
      '      audiences: [a]\n    - issuer: https://login.example/a/v2.0\n      audiences: [b]\n      tenant: other',
      '8:15: identity.issuers.1.issuer must be of an issuer not yet listed',
    ],
    [
      'a choice',
      '    - issuer: https',
      '    - tenant: Other\n      issuer: https',
      '6:15: identity.issuers.0.tenant must be at most 63 small letters, digits and hyphens',
    ],
    [
      'another choice',
      'identity:',
      'identity:\n  anonymous: maybe',
      '5:14: identity.anonymous must be one of deny, allow',
    ],
    [
      'a server’s name',
      '  crm:',
      '  CRM/x:',
      '9:3: servers.CRM/x must be at most 63 small letters, digits, hyphens and underscores',
    ],
    [
      'no server',
      'servers:\n  crm:\n    url: http://127.0.0.1:9000/mcp',
      'servers: {}',
      '8:1: servers must not be empty',
    ],
    [
      'a server’s address',
      'http://127.0.0.1:9000/mcp',
      'ftp://127.0.0.1/mcp',
      '10:10: servers.crm.url must match format "http(s)://host[:port][/path][?query]"',
    ],
    [
      'a password in a URL',
      'http://127.0.0.1:9000/mcp',
      'http://user:secret@127.0.0.1:9000/mcp',
      '10:10: servers.crm.url must match format "http(s)://host[:port][/path][?query]"',
    ],
    [
      'a secret in the file',
      '    url: http://127.0.0.1:9000/mcp',
      '    url: http://127.0.0.1:9000/mcp\n    credentials: { bearer: s3cr3t }',
      `11:28: servers.crm.credentials.bearer must be the name of an environment variable, as ${reference('NAME')}`,
    ],
    [
      'a label that is no text',
      '    url: http://127.0.0.1:9000/mcp',
      '    url: http://127.0.0.1:9000/mcp\n    labels: { region: 7 }',
      '11:23: servers.crm.labels.region must be string',
    ],
    [
      'an origin with a path',
      '  name: edge-1',
      '  name: edge-1\n  allowed_origins: [https://a.example/x]',
      '3:21: gateway.allowed_origins.0 must match format "http(s)://host[:port]"',
    ],
    [
      'a public URL with a query',
      '  name: edge-1',
      '  name: edge-1\n  public_url: https://a.example/?x',
      '3:15: gateway.public_url must match format "http(s)://host[:port][/path]"',
    ],
    [
      'limits out of bounds, all of them',
      '  name: edge-1',
      '  name: edge-1\n  limits:\n    request_bytes: 1\n    concurrent_calls: 1.5',
      '4:20: gateway.limits.request_bytes must be >= 1024',
      '5:23: gateway.limits.concurrent_calls must be integer',
    ],
    [
      'an empty path',
      'bundle: bundle.tar.gz',
      'bundle: ""',
      '12:12: policy.bundle must NOT have fewer than 1 characters',
    ],
    [
      'no key to verify with',
      'bundle: bundle.tar.gz',
      'bundle: b\n  verify: { keys: [] }',
      '13:19: policy.verify.keys must NOT have fewer than 1 items',
    ],
    [
      'an origin of the log',
      'edge-1.example.com',
      'edge 1',
      '15:11: audit.origin must be one word without a plus sign',
    ],
  ];
  for (const [what, line, by, ...expected] of table)
    test(what, () => assert.deepEqual(mistakes(edited(line, by)), expected));

  test('a key given twice', () => {
    const [only = '', ...more] = mistakes(edited('  name: edge-1', '  name: edge-1\n  name: edge-2'));
    assert.deepEqual(more, []);
    assert.match(only, /^3:\d+: .*duplicated mapping key/);
  });

  test('all of several, in the order of the file', () => {
    const found = mistakes(
      edited('listen: 127.0.0.1:8080', 'listen: 1').replace('origin: edge-1.example.com', 'origin: a b'),
    );
    assert.deepEqual(
      found.map((text) => text.split(' ')[1]),
      ['gateway.listen', 'audit.origin'],
    );
  });

  test('what is no YAML, or no configuration', () => {
    for (const text of ['', 'gateway: [', '- a', 'just text', 'a: &x 1\nb: *x', '\ud800: 1', 'a: !!js/function x'])
      assert.ok(mistakes(text).length > 0, text);
  });

  test('keys named like parts of a prototype', () => {
    for (const key of ['__proto__', 'constructor'])
      assert.match(mistakes(`${least}${key}: { x: 1 }\n`).join(), new RegExp(`${key} is not a key here`));
    assert.match(mistakes(edited('  crm:', '  __proto__:')).join(), /^9:3: servers\.__proto__ must be/);
    assert.equal(Reflect.get({}, 'x'), undefined);
  });

  test('the message repeats no secret', () => {
    const text = edited('    url: http', '    credentials: { bearer: s3cr3t }\n    url: http');
    assert.throws(
      () => readConfig(text, file),
      (error: Error) => !error.message.includes('s3cr3t'),
    );
  });
});

describe('a configuration file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'writ-config-'));
  after(() => rmSync(directory, { recursive: true }));

  test('is read with its own folder as the base of paths', () => {
    writeFileSync(join(directory, 'writ.yaml'), least);
    const { audit, policy } = loadConfig(join(directory, 'writ.yaml'));
    assert.equal(policy.bundle, join(directory, 'bundle.tar.gz'));
    assert.equal(audit.signer.key_file, join(directory, '../keys/audit.pem'));
  });

  test('that cannot be read is named', () => {
    for (const [path, why] of [
      [join(directory, 'absent.yaml'), 'is not there'],
      [directory, 'is a folder, not a file'],
    ] as const)
      assert.throws(() => loadConfig(path), { code: 'WRIT_CONFIG_INVALID', detail: `${path} ${why}.` });
  });
});

describe('a secret', () => {
  const environment = { TOKEN: 's3cr3t', EMPTY: '', LINES: 's3cr3t\n', SPACE: 's3 cr3t', WIDE: 's3cré' };

  test('comes from the environment', () => {
    assert.equal(resolveSecret(reference('TOKEN'), environment), 's3cr3t');
  });

  test('that is not set, empty, or fit for no header is named and not shown', () => {
    for (const name of ['ABSENT', 'EMPTY', 'LINES', 'SPACE', 'WIDE', 'toString'])
      assert.throws(
        () => resolveSecret(reference(name), environment),
        (error: Error & { code?: string }) =>
          error.code === 'WRIT_CONFIG_INVALID' && error.message.includes(name) && !error.message.includes('s3'),
      );
  });

  test('is nothing but the whole reference', () => {
    const token = reference('TOKEN');
    for (const text of ['TOKEN', '', `${token} `, `x${token}`, reference(''), token.replace('env', 'keyvault')])
      assert.throws(() => resolveSecret(text, environment), { code: 'WRIT_CONFIG_INVALID' });
  });
});
