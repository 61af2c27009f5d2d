import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { tokenLines } from '../../cli/tokens/print.ts';
import type { Identity } from '../../engine/policy/types.ts';
import { Keys } from '../../proxy/recorder/keys.ts';
import { openStore } from '../../proxy/store/store.ts';
import { StoredTokens } from '../../proxy/tokens/tokens.ts';
import { put, temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

const config = {
  gateway: { name: 'edge', listen: '127.0.0.1:0' },
  identity: { issuers: [] },
  servers: { crm: { url: 'http://127.0.0.1:9' } },
  policy: { bundle: 'bundle.tar.gz' },
  audit: { directory: 'data/audit', origin: 'edge.example', signer: { key_file: 'k' }, master_key_file: 'm' },
};
const who = (id: string, tenant = 'default'): { id: string; caller: Identity } => ({
  id: 'c',
  caller: {
    kind: 'agent',
    id,
    tenant,
    groups: [],
    roles: [],
    scopes: [],
    client: null,
    actor: null,
    claims: {},
  } as const,
});
const permits = [{ rule: 'r', path: '$.to', category: null, purpose: 'reply' }];

/** A folder with a store that a gateway has in hand. */
async function project(t: TestContext) {
  const folder = temporary(t);
  put(folder, 'writ.yaml', JSON.stringify(config));
  const store = await openStore(join(folder, 'data', 'writ.db'));
  t.after(() => store.close());
  const clock = { back: 0 };
  const now = () => new Date(Date.now() - clock.back).toISOString();
  const tokens = await StoredTokens.open(store, { keys: new Keys(Buffer.alloc(32, 1)), now, most: 100 });
  // It looks at the store no more by itself: what has expired stays to be seen.
  await tokens.close();
  const give = async (value: string, of = who('agent-1'), more: { purpose?: string; expiresIn?: number } = {}) => {
    const request = {
      value,
      label: 'email',
      category: 'user.contact.email',
      purpose: 'reply',
      expiresIn: 600,
      ...more,
    };
    const token = tokens.issuerFor(of)?.(request) ?? '';
    await tokens.flush(of);
    return token;
  };
  const writ = (...args: string[]) => runWrit(['tokens', ...args], folder);
  return { folder, clock, tokens, give, writ };
}

/** What a list told as JSON is. */
const listed = (text: string): Record<string, string | null>[] => JSON.parse(text).tokens;

describe('writ tokens', () => {
  test('shows which there are, and never what they stand for or what they are', async (t) => {
    const { clock, give, writ } = await project(t);
    clock.back = 3_600_000;
    const old = await give('old@example.com', who('agent-1'), { expiresIn: 60 });
    clock.back = 0;
    const good = await give('mira.holm@example.com', who('agent-2'), { purpose: 'a\u001bb' });
    const pretty = await writ('list');
    assert.deepEqual([pretty.code, pretty.stderr], [0, '']);
    assert.match(
      pretty.stdout,
      /^good {5}[0-9a-f]{12} {2}email {2}[0-9a-f]{12} {2}\S+Z {2}\S+Z {2}a\\u\{1b\}b {2}user\.contact\.email\nexpired {2}.* reply /,
    );
    const json = await writ('list', '--format', 'json');
    const tokens = listed(json.stdout);
    assert.deepEqual(
      tokens.map(({ state, label }) => [state, label]),
      [
        ['good', 'email'],
        ['expired', 'email'],
      ],
    );
    assert.equal(String(tokens[0]?.id).length, 64);
    for (const { stdout } of [pretty, json])
      for (const secret of [old, good, good.slice(10, 36), 'mira', 'example.com', 'agent-', 'sealed'])
        assert.equal(stdout.includes(secret), false);
    const one = await writ('list', '--caller', String(tokens[0]?.caller).slice(0, 8), '--format', 'json');
    assert.equal(listed(one.stdout).length, 1);
  });

  test('revokes those that are meant, while a gateway runs', async (t) => {
    const { clock, give, writ, tokens } = await project(t);
    clock.back = 300_000;
    const first = await give('first@example.com');
    clock.back = 0;
    const second = await give('second@example.com');
    const billing = await give('third@example.com', who('agent-1'), { purpose: 'billing' });
    const elsewhere = await give('fourth@example.com', who('agent-1', 'other'));
    const good = async (token: string, of = who('agent-1'), purpose = 'reply') =>
      tokens.resolve(of, [{ token, permits: permits.map((one) => ({ ...one, purpose })) }]).then(
        () => true,
        () => false,
      );
    const revoked = await writ('revoke', '--before', '2m');
    assert.deepEqual([revoked.code, revoked.stdout, revoked.stderr], [0, '1 token is revoked\n', '']);
    assert.deepEqual([await good(first), await good(second)], [false, true]);
    const { stdout } = await writ('list', '--purpose', 'reply', '--format', 'json');
    const id = String(listed(stdout).find(({ state }) => state === 'good')?.id);
    assert.equal((await writ('revoke', '--id', id.slice(0, 12), '--format', 'json')).stdout, '{"revoked":1}\n');
    assert.equal(await good(second), false);
    assert.equal(await good(billing, who('agent-1'), 'billing'), true);
    assert.equal((await writ('revoke', '--all')).stdout, '1 token is revoked\n');
    assert.equal(await good(billing, who('agent-1'), 'billing'), false);
    assert.equal(await good(elsewhere, who('agent-1', 'other')), true, 'another tenant keeps its own');
    assert.equal((await writ('revoke', '--all', '--tenant', 'other')).stdout, '1 token is revoked\n');
    assert.equal((await writ('revoke', '--all')).stdout, '0 tokens are revoked\n');
  });

  test('takes no choice that means nothing or everything by mistake', async (t) => {
    const { writ } = await project(t);
    const wrong = [
      ['revoke'],
      ['revoke', '--all', '--purpose', 'x'],
      ['revoke', '--id', '%'],
      ['revoke', '--id', 'ab'],
      ['list', '--limit', '0'],
      ['list', '--limit', 'many'],
    ];
    for (const args of [...wrong, ['revoke', '--caller', 'agent-1'], ['revoke', '--before', 'now'], []]) {
      const { code, stdout } = await writ(...args);
      assert.deepEqual([code, stdout], [64, ''], args.join(' '));
    }
  });

  test('says where a list is empty, or may have been cut', async (t) => {
    const { give, writ } = await project(t);
    assert.deepEqual(await writ('list'), { code: 0, stdout: '', stderr: 'There are no such tokens.\n' });
    await give('a@example.com');
    await give('b@example.com');
    const one = await writ('list', '--limit', '1');
    assert.equal(one.stdout.split('\n').length, 2);
    assert.match(one.stderr, /more than these 1: --limit/);
    assert.equal((await writ('list')).stderr, '');
    assert.match((await writ('revoke', '--all', '--purpose', 'x')).stderr, /--all is every token/);
  });

  test('has headings for people, that stand over what they name', () => {
    const token = {
      tenant: 'default',
      id: '0'.repeat(64),
      caller: '1'.repeat(64),
      purpose: 'reply',
      category: 'user.name',
      label: 'birthdate',
      issued_at: '2026-01-01T00:00:00.000Z',
      expires_at: '2026-01-01T01:00:00.000Z',
      revoked_at: null,
    };
    const plain = (_: string, text: string) => text;
    const [head = '', line = ''] = tokenLines([token], '2026-01-01T00:30:00.000Z', plain, { headed: true });
    for (const [word, value] of [
      ['id', '0000'],
      ['label', 'birthdate'],
      ['caller', '1111'],
      ['issued', '2026'],
      ['expires', '2026-01-01T01'],
      ['purpose', 'reply'],
      ['category', 'user.name'],
    ] as const)
      assert.equal(head.indexOf(word), line.indexOf(value), word);
    assert.deepEqual(tokenLines([], '', plain, { headed: true }), []);
  });

  test('says where the store cannot be used', async (t) => {
    const { folder, writ } = await project(t);
    put(folder, 'writ.yaml', JSON.stringify({ ...config, store: 'sqlite:writ.yaml' }));
    assert.equal((await writ('list')).code, 74);
    assert.equal((await writ('revoke', '--all')).code, 74);
    put(folder, 'writ.yaml', JSON.stringify({ ...config, store: 'sqlite:other.db' }));
    for (const args of [['list'], ['revoke', '--all']]) {
      const { code, stdout, stderr } = await writ(...args);
      assert.deepEqual([code, stdout], [74, ''], args.join(' '));
      assert.match(stderr, /other\.db is not there/);
    }
    assert.equal(existsSync(join(folder, 'other.db')), false, 'looking makes no store');
  });
});
