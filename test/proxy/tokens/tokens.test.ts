import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parseToken } from '../../../engine/masking/token.ts';
import type { TokenRequest } from '../../../engine/masking/types.ts';
import type { Detokenise, Identity } from '../../../engine/policy/types.ts';
import { Keys } from '../../../proxy/recorder/keys.ts';
import { openStore } from '../../../proxy/store/store.ts';
import { revokeTokens } from '../../../proxy/store/value-token-rows.ts';
import { StoredTokens, type TokensOptions } from '../../../proxy/tokens/tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'writ-tokens-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const value = 'mira.holm@example.com';
const mail: TokenRequest = {
  value,
  label: 'email',
  category: 'user.contact.email',
  purpose: 'reply',
  expiresIn: 3_600,
};
const permit = (more: Partial<Detokenise> = {}): Detokenise => ({
  rule: 'desk.detokenise.reply',
  path: '$.to',
  category: 'user.contact',
  purpose: 'reply',
  ...more,
});
const who = (id: string, tenant = 'default', kind: Identity['kind'] = 'agent') => ({
  id: `call-of-${id}`,
  caller: { kind, id, tenant, groups: [], roles: [], scopes: [], client: null, actor: null, claims: {} },
});
const agent = who('agent-1');

/** A store, the time in it, and gateways on it. */
async function opened() {
  const file = join(folder, `${files++}.db`);
  const store = await openStore(file);
  after(() => store.close());
  const clock = { at: Date.parse('2026-11-25T10:00:00.000Z') };
  const now = () => new Date(clock.at).toISOString();
  const why: string[] = [];
  const gateway = async (options: Partial<TokensOptions> = {}) => {
    const tokens = await StoredTokens.open(store, {
      keys: new Keys(Buffer.alloc(32, 7)),
      now,
      most: 100,
      refused: (about) => why.push(about.why),
      ...options,
    });
    after(() => tokens.close());
    return tokens;
  };
  return { file, store, clock, now, why, gateway, tokens: await gateway() };
}

type Opened = Awaited<ReturnType<typeof opened>>;

async function given({ tokens }: Pick<Opened, 'tokens'>, request = mail, of = agent): Promise<string> {
  const token = tokens.issuerFor(of)?.(request);
  assert.ok(token !== undefined);
  await tokens.flush(of);
  return token;
}

const invalid = {
  code: 'WRIT_MASK_TOKEN_INVALID',
  message: 'A token is not one that this caller may use here, so nothing was sent.',
};

describe('a token', () => {
  test('is turned back for who was given it, also by another gateway and after a restart', async () => {
    const scene = await opened();
    const token = await given(scene);
    assert.equal(parseToken(token)?.label, 'email');
    for (const tokens of [scene.tokens, await scene.gateway()]) {
      const [resolved] = await tokens.resolve(agent, [{ token, permits: [permit()] }]);
      assert.deepEqual(resolved, { value, rule: 'desk.detokenise.reply', category: 'user.contact.email' });
    }
  });

  test('is worth nothing to others, elsewhere, too late, or changed, and they all hear the same', async () => {
    const scene = await opened();
    const token = await given(scene);
    const late = await given(scene, { ...mail, expiresIn: 1 });
    const bare = await given(scene, { ...mail, category: null });
    const guessed = token.replace(/[a-z2-7]{26}/, (id) => id.replace(/^./, (first) => (first === 'a' ? 'b' : 'a')));
    scene.clock.at += 2_000;
    const tries: [string, typeof agent, Detokenise[], string][] = [
      [token, who('agent-2'), [permit()], 'of another caller'],
      [token, who('agent-1', 'other'), [permit()], 'unknown'],
      [token, who('agent-1', 'default', 'anonymous'), [permit()], 'of another caller'],
      [token, agent, [permit({ purpose: 'billing' })], 'of another use'],
      [token, agent, [permit({ category: 'user.contact.phone' })], 'of another use'],
      [token, agent, [permit({ category: 'user.con' })], 'of another use'],
      [token, agent, [], 'of another use'],
      [bare, agent, [permit()], 'of another use'],
      [late, agent, [permit()], 'expired'],
      [guessed, agent, [permit()], 'unknown'],
      [token.replace('email', 'phone'), agent, [permit()], 'unknown'],
    ];
    for (const [tried, of, permits, why] of tries) {
      await assert.rejects(scene.tokens.resolve(of, [{ token: tried, permits }]), invalid, why);
      assert.equal(scene.why.pop(), why);
    }
    await scene.tokens.resolve(agent, [{ token: bare, permits: [permit({ category: null })] }]);
  });

  test('is worth nothing once revoked, at once, and what it stood for is gone', async () => {
    const scene = await opened();
    const token = await given(scene);
    assert.equal(await revokeTokens(scene.store, { tenant: 'default', purpose: 'reply' }, scene.now()), 1);
    await assert.rejects(scene.tokens.resolve(agent, [{ token, permits: [permit()] }]), invalid);
    assert.deepEqual(scene.why, ['revoked']);
    const rows = await scene.store.use((database) => database.selectFrom('value_tokens').selectAll().execute());
    assert.deepEqual(
      rows.map(({ sealed }) => sealed),
      [null],
    );
    await scene.tokens.look();
    assert.notEqual(await given(scene), token, 'a new one is given out');
  });

  test('cannot be made of another by who can write the store', async () => {
    const scene = await opened();
    const [token, other] = [await given(scene), await given(scene, { ...mail, value: 'someone.else@example.com' })];
    const rows = await scene.store.use((database) =>
      database.selectFrom('value_tokens').selectAll().orderBy('issued_at').execute(),
    );
    const changes = [
      { expires_at: '2027-01-01T00:00:00.000Z' },
      { purpose: 'billing' },
      { category: 'user.contact.phone' },
      { sealed: rows[1]?.sealed ?? '' },
      { sealed: 'AAAA' },
    ];
    for (const change of changes) {
      const scene = await opened();
      const token = await given(scene);
      await scene.store.use((database) => database.updateTable('value_tokens').set(change).execute());
      const permits = [permit({ category: null }), permit({ category: null, purpose: 'billing' })];
      await assert.rejects(scene.tokens.resolve(agent, [{ token, permits }]), invalid);
      assert.deepEqual(scene.why, ['altered'], JSON.stringify(change));
    }
    // Rows that change places.
    await scene.store.use(async (database) => {
      const [one, two] = rows;
      await database
        .updateTable('value_tokens')
        .set({ sealed: one?.sealed ?? '' })
        .where('id', '=', two?.id ?? '')
        .execute();
    });
    const outcomes = await Promise.allSettled(
      [token, other].map((each) => scene.tokens.resolve(agent, [{ token: each, permits: [permit()] }])),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });
});

describe('the store', () => {
  test('holds neither tokens nor values nor callers as they are', async () => {
    const scene = await opened();
    const token = await given(scene);
    const rows = await scene.store.use((database) => database.selectFrom('value_tokens').selectAll().execute());
    const told = JSON.stringify(rows);
    for (const secret of [token, parseToken(token)?.id ?? '', value, 'mira', agent.caller.id])
      assert.equal(told.includes(secret), false, secret.slice(0, 4));
  });

  test('that takes nothing makes the call fail; the next one tries again', async () => {
    const scene = await opened();
    const token = scene.tokens.issuerFor(agent)?.(mail) ?? '';
    renameSync(scene.file, `${scene.file}.gone`);
    await assert.rejects(scene.tokens.flush(agent) ?? Promise.resolve(), { code: 'WRIT_STORE_UNAVAILABLE' });
    // The same token, given out by another call from memory, is not kept either.
    assert.equal(scene.tokens.issuerFor(agent)?.(mail), token);
    await assert.rejects(scene.tokens.flush(agent) ?? Promise.resolve(), { code: 'WRIT_STORE_UNAVAILABLE' });
    await assert.rejects(scene.tokens.resolve(agent, [{ token, permits: [permit()] }]), {
      code: 'WRIT_STORE_UNAVAILABLE',
    });
    assert.equal(await scene.tokens.flush(who('agent-2')), undefined, 'others have nothing to keep');
    renameSync(`${scene.file}.gone`, scene.file);
    await scene.tokens.flush(agent);
    assert.equal((await scene.tokens.resolve(agent, [{ token, permits: [permit()] }]))[0]?.value, value);
  });

  test('is rid of what has expired', async () => {
    const scene = await opened();
    for (let at = 0; at < 30; at++)
      scene.tokens.issuerFor(agent)?.({ ...mail, value: `${at}`, expiresIn: at < 20 ? 1 : 60 });
    await scene.tokens.flush(agent);
    scene.clock.at += 2_000;
    assert.equal(await scene.tokens.sweep(), 20);
    assert.equal(await scene.tokens.sweep(), 0);
  });
});

describe('giving tokens out', () => {
  test('gives the same for the same, and others for anything else', async () => {
    const scene = await opened();
    const first = await given(scene);
    assert.equal(await given(scene), first);
    const others: [TokenRequest, typeof agent][] = [
      [{ ...mail, value: 'other@example.com' }, agent],
      [{ ...mail, purpose: 'billing' }, agent],
      [{ ...mail, category: 'user.contact' }, agent],
      [{ ...mail, expiresIn: 60 }, agent],
      [{ ...mail, label: 'value' }, agent],
      [mail, who('agent-2')],
      [mail, who('agent-1', 'other')],
    ];
    const all = new Set([first]);
    for (const [request, of] of others) all.add(await given(scene, request, of));
    assert.equal(all.size, 8);
  });

  test('gives a new one when half of its time is over, and both are good', async () => {
    const scene = await opened();
    const first = await given(scene);
    scene.clock.at += 1_799_999;
    assert.equal(await given(scene), first);
    scene.clock.at += 1;
    const second = await given(scene);
    assert.notEqual(second, first);
    const uses = [first, second].map((token) => ({ token, permits: [permit()] }));
    assert.equal((await scene.tokens.resolve(agent, uses)).length, 2);
  });

  test('at the same time in many calls keeps each once, and each before its call goes on', async () => {
    const scene = await opened();
    const calls = Array.from({ length: 40 }, async (_, at) => {
      const tokens = [0, 1, 2].map(
        (of) => scene.tokens.issuerFor(agent)?.({ ...mail, value: `v-${(at + of) % 10}` }) ?? '',
      );
      await scene.tokens.flush(agent);
      return scene.tokens.resolve(
        agent,
        tokens.map((token) => ({ token, permits: [permit()] })),
      );
    });
    const all = await Promise.all(calls);
    assert.deepEqual(
      all.map((resolved) => resolved.map((one) => one.value)),
      all.map((_, at) => [0, 1, 2].map((of) => `v-${(at + of) % 10}`)),
    );
    const { length } = await scene.store.use((database) => database.selectFrom('value_tokens').select('id').execute());
    assert.equal(length, 10);
  });

  test('is for callers who are known', async () => {
    const { tokens } = await opened();
    assert.equal(tokens.issuerFor(who('', 'default', 'anonymous')), undefined);
  });

  test('ends at what one caller may hold; what expired or was revoked does not count', async () => {
    const scene = await opened();
    const tokens = await scene.gateway({ most: 3 });
    const give = async (...values: string[]) => {
      for (const each of values) tokens.issuerFor(agent)?.({ ...mail, value: each, expiresIn: 100 });
      await tokens.flush(agent);
    };
    await give('a', 'b');
    const limit = { code: 'WRIT_MASK_TOKEN_LIMIT' };
    await assert.rejects(give('c', 'd'), limit);
    await give('c');
    await assert.rejects(give('d'), limit);
    await assert.rejects(give('e', 'f', 'g', 'h'), limit, 'before the store is asked');
    // What the call that failed was given is kept for nobody.
    await tokens.flush(agent)?.catch(() => undefined);
    assert.equal(tokens.flush(agent), undefined);
    scene.clock.at += 100_000;
    await give('d', 'e', 'f');
    await revokeTokens(scene.store, { tenant: 'default' }, scene.now());
    await tokens.look();
    await give('d', 'e', 'f');
  });

  test('refuses what is too long to be a value', async () => {
    const { tokens } = await opened();
    assert.throws(() => tokens.issuerFor(agent)?.({ ...mail, value: 'x'.repeat(16_385) }), {
      code: 'WRIT_MASK_FAILED',
    });
  });
});

test('a gateway knows the tokens it gave a caller, and takes those of others for none', async () => {
  const { tokens } = await opened();
  const token = await given({ tokens });
  assert.ok(tokens.gave(agent, token));
  assert.ok(!tokens.gave(who('agent-2'), token));
  assert.ok(!tokens.gave(who('agent-1', 'other'), token));
  assert.ok(!tokens.gave(who('agent-1', 'default', 'anonymous'), token));
  assert.ok(!tokens.gave(agent, `tok_email_${'a'.repeat(26)}@masked.invalid`));
});
