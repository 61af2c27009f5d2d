import assert from 'node:assert/strict';
import { createHmac, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { WritError } from '../../../engine/errors.ts';
import { startIssuer } from '../../../fixtures/issuer.ts';
import { authenticator } from '../../../proxy/identity/authenticate.ts';
import type { IssuerConfig } from '../../../proxy/identity/types.ts';
import { keysPath, oauthPath, oidcPath, startStubIssuer } from '../../support/stub-issuer.ts';

const issuer = await startStubIssuer();
after(() => issuer.close());
const directory = mkdtempSync(join(tmpdir(), 'writ-identity-'));
after(() => rmSync(directory, { recursive: true }));

beforeEach(() => {
  issuer.mode = 'up';
  issuer.asked.length = 0;
  issuer.documents = new Map<string, unknown>([
    [oidcPath, { issuer: issuer.issuer, jwks_uri: issuer.jwksUri }],
    [keysPath, { keys: [issuer.key] }],
  ]);
});

const seconds = 1000;
const nowSeconds = () => Math.floor(Date.now() / seconds);

/** Every call with a fresh authenticator, which remembers nothing. */
function gateway(
  more: Partial<IssuerConfig> = {},
  clock: () => number = Date.now,
  anonymous: 'deny' | 'allow' = 'deny',
) {
  const config = { issuer: issuer.issuer, audiences: ['api://writ'], tenant: 'acme', ...more };
  const authenticate = authenticator({ issuers: [config], anonymous }, clock);
  return async (authorization: string | undefined) => authenticate(authorization);
}

const bearer = async (...of: Parameters<typeof issuer.sign>) => `Bearer ${await issuer.sign(...of)}`;
const refused = (answer: Promise<unknown>, code: string) => assert.rejects(answer, { name: 'WritError', code });

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = () => ({ iss: issuer.issuer, aud: 'api://writ', sub: 's', scp: 'x', exp: nowSeconds() + 60 });

describe('tokens that are accepted', () => {
  test('those of the demo issuer, through discovery', async () => {
    const demo = await startIssuer();
    after(() => demo.close());
    const authenticate = gateway({ issuer: demo.issuer });
    const identity = await authenticate(`Bearer ${await demo.token({ persona: 'support-agent' })}`);
    assert.equal(identity.kind, 'human');
    assert.equal(identity.tenant, 'acme');
    assert.deepEqual(identity.groups, ['support']);
    assert.match(identity.id, new RegExp(`^${demo.tenant}/`));
  });

  test('with the key set from a file, without asking anybody', async () => {
    const file = join(directory, 'keys.json');
    writeFileSync(file, JSON.stringify({ keys: [issuer.key] }));
    issuer.mode = 'cut';
    assert.equal((await gateway({ jwks: file })(await bearer())).id, `${issuer.issuer}|subject-1`);
    assert.deepEqual(issuer.asked, []);
  });

  test('with the key set from a URL, without discovery', async () => {
    await gateway({ jwks: issuer.jwksUri })(await bearer());
    assert.deepEqual(issuer.asked, [keysPath]);
  });

  test('where metadata lie at the OAuth address alone (RFC 8414)', async () => {
    issuer.documents.set(oauthPath, issuer.documents.get(oidcPath));
    issuer.documents.delete(oidcPath);
    await gateway()(await bearer());
    assert.deepEqual(issuer.asked, [oidcPath, oauthPath, keysPath]);
  });

  test('whichever of the accepted audiences a token has, alone or among others', async () => {
    const authenticate = gateway({ audiences: ['api://writ', '5c1e0000-0000-4000-8000-00000000a0d1'] });
    for (const aud of ['api://writ', '5c1e0000-0000-4000-8000-00000000a0d1', ['https://other.example', 'api://writ']])
      await authenticate(await bearer({ aud }));
  });

  test('whatever the case of the scheme, and with spaces after the token', async () => {
    const token = await issuer.sign();
    for (const scheme of ['bearer', 'BEARER', 'Bearer ']) await gateway()(`${scheme} ${token} `);
  });

  test('within a minute of clock skew on either side', async () => {
    const authenticate = gateway();
    await authenticate(await bearer({ exp: nowSeconds() - 30 }));
    await authenticate(await bearer({ nbf: nowSeconds() + 30 }));
  });

  test('of each of several issuers, in the tenant that the configuration gives it', async () => {
    const other = await startStubIssuer();
    after(() => other.close());
    const authenticate = authenticator(
      {
        issuers: [
          { issuer: issuer.issuer, audiences: ['api://writ'], tenant: 'one' },
          { issuer: other.issuer, audiences: ['api://writ'], tenant: 'two' },
        ],
        anonymous: 'deny',
      },
      Date.now,
    );
    assert.equal((await authenticate(await bearer({ tenant: 'two', tid: 'two' }))).tenant, 'one');
    assert.equal((await authenticate(`Bearer ${await other.sign()}`)).tenant, 'two');
  });
});

describe('tokens that are refused', () => {
  test('without a signature (alg none)', async () => {
    for (const alg of ['none', 'None', 'NONE', ''])
      await refused(gateway()(`Bearer ${encode({ alg })}.${encode(claims())}.`), 'WRIT_TOKEN_INVALID');
  });

  test('signed with the public key as the secret (HS256)', async () => {
    const pem = createPublicKey({ key: { ...issuer.key }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    for (const secret of [pem, JSON.stringify(issuer.key), issuer.key.x ?? '']) {
      const signed = `${encode({ alg: 'HS256', kid: issuer.key.kid })}.${encode(claims())}`;
      const mac = createHmac('sha256', secret).update(signed).digest('base64url');
      await refused(gateway()(`Bearer ${signed}.${mac}`), 'WRIT_TOKEN_INVALID');
    }
  });

  test('whose key the token brings along itself (jwk, jku, x5u)', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = publicKey.export({ format: 'jwk' });
    for (const more of [{ jwk }, { jwk, kid: 'theirs' }, { jku: issuer.jwksUri }, { x5u: issuer.jwksUri }]) {
      const signed = `${encode({ alg: 'ES256', kid: issuer.key.kid, ...more })}.${encode(claims())}`;
      const signature = signBytes('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      await refused(gateway()(`Bearer ${signed}.${signature.toString('base64url')}`), 'WRIT_TOKEN_INVALID');
    }
  });

  test('of another issuer, or of none', async () => {
    for (const iss of ['https://login.example/other', `${issuer.issuer}/`, '', undefined])
      await refused(gateway()(await bearer({ iss })), 'WRIT_TOKEN_INVALID');
    assert.deepEqual(issuer.asked, []);
  });

  test('for another audience, or one that only looks like ours', async () => {
    for (const aud of ['https://graph.microsoft.com', 'api://writ/', 'API://WRIT', ['a', 'b'], '', [], undefined])
      await refused(gateway()(await bearer({ aud })), 'WRIT_TOKEN_INVALID');
  });

  test('expired longer ago than the skew, not valid yet, or without an end', async () => {
    const authenticate = gateway();
    await refused(authenticate(await bearer({ exp: nowSeconds() - 90 })), 'WRIT_TOKEN_INVALID');
    await refused(authenticate(await bearer({ nbf: nowSeconds() + 90 })), 'WRIT_TOKEN_INVALID');
    await refused(authenticate(await bearer({ exp: undefined })), 'WRIT_TOKEN_INVALID');
  });

  test('by a key the issuer does not have', async () => {
    const other = await startStubIssuer();
    after(() => other.close());
    await refused(gateway()(`Bearer ${await other.sign({ iss: issuer.issuer })}`), 'WRIT_TOKEN_INVALID');
    await refused(gateway()(await bearer({}, 'unknown')), 'WRIT_TOKEN_INVALID');
  });

  test('without a key id where the issuer has more than one key', async () => {
    issuer.documents.set(keysPath, { keys: [issuer.key, { ...issuer.key, kid: 'twin' }] });
    await refused(gateway()(await bearer({}, null)), 'WRIT_TOKEN_INVALID');
  });

  test('no token and every other scheme', async () => {
    const token = await issuer.sign();
    await refused(gateway()(undefined), 'WRIT_TOKEN_MISSING');
    for (const header of [
      '',
      'Bearer',
      'Bearer ',
      token,
      `Basic ${token}`,
      `Bearer${token}`,
      `Bearer ${token} ${token}`,
      // Two Authorization lines, joined as RFC 9110 section 5.3 joins lines.
      `Bearer ${token}, Bearer ${token}`,
      `Bearer "${token}"`,
      `Bearer ${token}\u0000`,
      'Bearer ünlesbar',
      `Bearer ${'='.repeat(100)}`,
    ])
      await refused(gateway()(header), 'WRIT_TOKEN_INVALID');
  });

  test('whatever is changed in one: the caller is told it is invalid, never that the gateway failed', async () => {
    const authenticate = gateway();
    const token = await issuer.sign();
    await authenticate(`Bearer ${token}`);
    const parts = token.split('.');
    const header = fc.oneof(
      fc.record(
        {
          alg: fc.oneof(fc.constantFrom('ES256', 'RS256', 'EdDSA', 'PS256', 'ES384', 'HS256'), fc.jsonValue()),
          kid: fc.oneof(fc.constant(issuer.key.kid), fc.jsonValue()),
          crit: fc.jsonValue(),
          b64: fc.boolean(),
          zip: fc.constant('DEF'),
        },
        { requiredKeys: [] },
      ),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.stringMatching(/^[A-Za-z0-9_-]{0,40}(\.[A-Za-z0-9_-]{0,40}){0,5}$/),
          fc.tuple(fc.nat(token.length - 1), fc.constantFrom('A', '_', '.')).map(([at, by]) => token.slice(0, at) + by),
          header.map((it) => [encode(it), parts[1], parts[2]].join('.')),
          fc.jsonValue().map((it) => [parts[0], encode(it), parts[2]].join('.')),
          fc.jsonValue().map((it) => [parts[0], encode({ ...claims(), iss: it }), parts[2]].join('.')),
        ),
        async (changed) => {
          if (changed === token) return;
          await refused(authenticate(`Bearer ${changed}`), 'WRIT_TOKEN_INVALID');
        },
      ),
      { seed: 20261122, numRuns: 300 },
    );
  });

  test('nothing of the error repeats the token or a claim', async () => {
    const secret = 'ana.silva@example.org';
    const personal = { upn: secret, sub: secret, email: secret, name: secret };
    const other = await startStubIssuer();
    after(() => other.close());
    const broken = [
      await bearer({ ...personal, exp: nowSeconds() - 90 }),
      await bearer({ ...personal, nbf: nowSeconds() + 90 }),
      await bearer({ ...personal, aud: secret }),
      await bearer({ ...personal, iss: `https://${secret}` }),
      await bearer({ ...personal, scp: undefined }),
      await bearer({ ...personal, act: secret }),
      await bearer({ ...personal, idtyp: secret }),
      await bearer({ ...personal, hasgroups: true }),
      await bearer(personal, secret),
      `Bearer ${await other.sign({ ...personal, iss: issuer.issuer })}`,
      `Bearer ${encode({ alg: secret })}.${encode(personal)}.${secret}`,
      `Bearer ${secret} ${secret}`,
    ];
    for (const authorization of broken) {
      const error = await gateway()(authorization).then(
        () => assert.fail('it was accepted'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof WritError);
      const shown = inspect(error, { depth: 8, showHidden: true });
      assert.equal(shown.includes(secret), false, shown);
      assert.equal(shown.includes(authorization.slice(7, 60)), false, shown);
    }
  });
});

describe('no token', () => {
  test('is an anonymous caller where the configuration allows it, and then no token may be wrong either', async () => {
    const authenticate = gateway({}, Date.now, 'allow');
    const identity = await authenticate(undefined);
    assert.deepEqual([identity.kind, identity.id, identity.tenant], ['anonymous', 'anonymous', 'acme']);
    assert.deepEqual([identity.groups, identity.roles, identity.scopes], [[], [], []]);
    await refused(authenticate('Bearer x.y.z'), 'WRIT_TOKEN_INVALID');
    await refused(authenticate(''), 'WRIT_TOKEN_INVALID');
  });
});

describe('what is remembered', () => {
  test('a token is verified once in a minute', async () => {
    let now = Date.now();
    const config = { issuer: issuer.issuer, audiences: ['api://writ'], tenant: 'acme' };
    const authenticate = authenticator({ issuers: [config], anonymous: 'deny' }, () => now);
    const authorization = await bearer();
    const first = authenticate(authorization);
    assert.ok(first instanceof Promise);
    const identity = await first;
    now += 59 * seconds;
    assert.equal(authenticate(authorization), identity);
    assert.equal(authenticate(authorization.replace('Bearer', 'bearer ')), identity);
    now += 2 * seconds;
    assert.ok(authenticate(authorization) instanceof Promise);
  });

  test('a remembered token still expires', async () => {
    let now = Date.now();
    const authenticate = gateway({}, () => now);
    // It has half a minute left, of the skew alone.
    const authorization = await bearer({ exp: nowSeconds() - 30 });
    await authenticate(authorization);
    now += 35 * seconds;
    await refused(authenticate(authorization), 'WRIT_TOKEN_INVALID');
  });

  test('no expiry, however far, keeps a token beyond that minute', async () => {
    let now = Date.now();
    const file = join(directory, 'far.json');
    writeFileSync(file, JSON.stringify({ keys: [issuer.key] }));
    const config = { issuer: issuer.issuer, audiences: ['api://writ'], tenant: 'acme', jwks: file };
    const authenticate = authenticator({ issuers: [config], anonymous: 'deny' }, () => now);
    const authorization = await bearer({ exp: 1e300 });
    await authenticate(authorization);
    now += 61 * seconds;
    assert.ok(authenticate(authorization) instanceof Promise);
  });

  test('a refused token is not remembered as anything', async () => {
    let now = Date.now() - 120 * seconds;
    const authenticate = gateway({}, () => now);
    const authorization = await bearer({ nbf: nowSeconds() });
    await refused(authenticate(authorization), 'WRIT_TOKEN_INVALID');
    now = Date.now();
    await authenticate(authorization);
  });
});

describe('an issuer that cannot be asked', () => {
  test('makes its tokens undecided, and is asked again', async () => {
    const authenticate = gateway();
    const authorization = await bearer();
    for (const mode of ['cut', 500, 503] as const) {
      issuer.mode = mode;
      await refused(authenticate(authorization), 'WRIT_ISSUER_UNAVAILABLE');
    }
    issuer.mode = 'up';
    await authenticate(authorization);
  });

  test('so does one whose metadata name another issuer, or are none', async () => {
    const authenticate = gateway();
    const authorization = await bearer();
    for (const metadata of [
      { issuer: 'https://login.example/other', jwks_uri: issuer.jwksUri },
      { issuer: `${issuer.issuer}/`, jwks_uri: issuer.jwksUri },
      { jwks_uri: issuer.jwksUri },
      { issuer: issuer.issuer },
      { issuer: issuer.issuer, jwks_uri: 'nowhere' },
      { issuer: issuer.issuer, jwks_uri: 7 },
      [],
      null,
      '{"issuer":',
    ]) {
      issuer.documents.set(oidcPath, metadata);
      await refused(authenticate(authorization), 'WRIT_ISSUER_UNAVAILABLE');
      assert.equal(issuer.asked.includes(keysPath), false);
    }
    issuer.documents.set(oidcPath, { issuer: issuer.issuer, jwks_uri: issuer.jwksUri });
    await authenticate(authorization);
  });

  test('so does one whose key set fails or is none: that is not the fault of the token', async () => {
    const authorization = await bearer();
    const authenticate = gateway({ jwks: issuer.jwksUri });
    for (const mode of ['cut', 404, 500, 302] as const) {
      issuer.mode = mode;
      await refused(authenticate(authorization), 'WRIT_ISSUER_UNAVAILABLE');
    }
    issuer.mode = 'up';
    for (const keys of ['not json', {}, { keys: 'none' }, { keys: [7] }]) {
      issuer.documents.set(keysPath, keys);
      await refused(authenticate(authorization), 'WRIT_ISSUER_UNAVAILABLE');
    }
    issuer.documents.set(keysPath, { keys: [issuer.key] });
    await authenticate(authorization);
  });

  test('so does one whose key cannot be used', async () => {
    const { x: _, ...half } = issuer.key;
    issuer.documents.set(keysPath, { keys: [half] });
    await refused(gateway()(await bearer()), 'WRIT_ISSUER_UNAVAILABLE');
  });

  test('is asked once however many tokens wait', async () => {
    const authenticate = gateway();
    const tokens = await Promise.all([1, 2, 3, 4].map((n) => bearer({ sub: `subject-${n}` })));
    await Promise.all(tokens.map(authenticate));
    assert.deepEqual(issuer.asked, [oidcPath, keysPath]);
  });

  test('is not asked for a token that is refused anyway', async () => {
    await refused(gateway()(`Bearer ${encode({ alg: 'none' })}.${encode(claims())}.`), 'WRIT_TOKEN_INVALID');
    assert.deepEqual(issuer.asked, []);
  });
});

describe('a key file', () => {
  test('that is no key set is a mistake in the configuration, at start', () => {
    for (const text of ['', '{}', '[]', '{"keys":{}}', '{"keys":[7]}']) {
      const file = join(directory, 'broken.json');
      writeFileSync(file, text);
      assert.throws(() => gateway({ jwks: file }), { code: 'WRIT_CONFIG_INVALID', message: /broken\.json/ }, text);
    }
    assert.throws(() => gateway({ jwks: join(directory, 'absent.json') }), { code: 'WRIT_CONFIG_INVALID' });
  });
});
