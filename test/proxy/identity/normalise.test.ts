import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isObject } from '../../../engine/json/types.ts';
import { anonymous, normaliseClaims } from '../../../proxy/identity/normalise.ts';

const tid = '0e5f1c9a-0000-4000-8000-000000007e57';
const oid = '6f0c7b1e-0000-4000-8000-000000000001';
const azp = '2b9d4c1a-0000-4000-8000-00000000a9a9';
const entra = { iss: `https://login.microsoftonline.com/${tid}/v2.0`, tid, oid, sub: 'pairwise', azp };
/** Another issuer, in whose tokens nothing is Entra's. */
const plain = { iss: 'https://login.example', sub: 'user-1' };

const of = (claims: Record<string, unknown>) => normaliseClaims(claims, 'acme');
const kind = (claims: Record<string, unknown>) => of(claims).kind;
const refused = (claims: Record<string, unknown>) =>
  assert.throws(() => of(claims), { name: 'WritError', code: 'WRIT_TOKEN_INVALID' }, JSON.stringify(claims));

describe('kinds of callers, as Entra marks them', () => {
  const table: [string, string, Record<string, unknown>][] = [
    ['a person, by idtyp', 'human', { ...entra, idtyp: 'user', scp: 'mcp.call' }],
    ['a person, by delegated scopes alone', 'human', { ...entra, scp: 'mcp.call' }],
    ['a person with roles too', 'human', { ...entra, scp: 'mcp.call', roles: ['Reader'] }],
    ['a guest', 'human', { ...entra, scp: 'mcp.call', acct: 1, idp: 'https://sts.windows.net/9188040d/' }],
    ['an app, by idtyp', 'workload', { ...entra, sub: oid, idtyp: 'app', roles: ['Reader'] }],
    ['an app without roles, by idtyp', 'workload', { ...entra, sub: oid, idtyp: 'app' }],
    ['an app, by oid being sub', 'workload', { ...entra, sub: oid, roles: ['Reader'] }],
    ['an app with groups', 'workload', { ...entra, sub: oid, roles: ['Reader'], groups: ['g'] }],
    ['an app whose scp is empty', 'workload', { ...entra, sub: oid, idtyp: 'app', scp: '', roles: ['Reader'] }],
    ['an agent that acts for itself', 'agent', { ...entra, idtyp: 'app', xms_act_fct: '11', xms_sub_fct: '11' }],
    ['the same, without idtyp', 'agent', { ...entra, sub: oid, xms_act_fct: '11', xms_sub_fct: '11' }],
    ['the same, whose scp is "/"', 'agent', { ...entra, sub: oid, scp: '/', xms_act_fct: '11', xms_sub_fct: '11' }],
    [
      'an agent as its own subject, whatever idtyp says',
      'agent',
      { ...entra, idtyp: 'user', scp: 'x', xms_sub_fct: '11' },
    ],
    ['an agent, by its blueprint alone', 'agent', { ...entra, sub: oid, idtyp: 'app', xms_par_app_azp: azp }],
    ['a person through an agent', 'human-via-agent', { ...entra, idtyp: 'user', scp: 'x', xms_act_fct: '11' }],
    ['the same, without idtyp', 'human-via-agent', { ...entra, scp: 'x', xms_act_fct: '11' }],
    ['the same, by blueprint alone', 'human-via-agent', { ...entra, scp: 'x', xms_par_app_azp: azp }],
    [
      'the user account of an agent',
      'agent',
      { ...entra, idtyp: 'user', scp: 'x', xms_act_fct: '11', xms_sub_fct: '13' },
    ],
    ['the same, by the facet of its subject alone', 'agent', { ...entra, idtyp: 'user', scp: 'x', xms_sub_fct: '13' }],
  ];
  for (const [name, expected, claims] of table)
    test(`${name}: ${expected}`, () => assert.equal(kind(claims), expected));

  test('facets are read leniently: any order, any spacing, unknown ones, and forms nobody promised', () => {
    for (const facets of ['7 11', '11 9 3', ' 11 ', '7  10 11', '7\t11', '7,11', 11, [11], ['7', '11'], ['7 11']])
      assert.equal(kind({ ...entra, scp: 'x', xms_act_fct: facets }), 'human-via-agent', JSON.stringify(facets));
    for (const facets of ['', '7 10', '1', '111', '110', '1 1', 'x', null, {}, [], [[]], true])
      assert.equal(kind({ ...entra, scp: 'x', xms_act_fct: facets }), 'human', JSON.stringify(facets));
  });
});

describe('kinds of callers, as other issuers say', () => {
  test('scopes make a person, as a list of words or of texts', () => {
    for (const scope of ['openid mcp', ['openid', 'mcp']]) assert.equal(kind({ ...plain, scope }), 'human');
  });

  test('roles alone make a workload', () => {
    assert.equal(kind({ ...plain, roles: ['Reader'] }), 'workload');
    assert.equal(kind({ ...plain, roles: 'Reader' }), 'workload');
  });

  test('a subject that is the client itself is a workload, scopes or not (RFC 9068 section 2.2)', () => {
    for (const claim of ['client_id', 'azp', 'appid'])
      assert.equal(kind({ ...plain, sub: 'ci', [claim]: 'ci', scope: 'mcp' }), 'workload');
    assert.equal(kind({ ...plain, client_id: 'ci', scope: 'mcp' }), 'human');
  });

  test('a program is known by what Okta and Auth0 say of it, who give its tokens scopes', () => {
    assert.equal(kind({ ...plain, sub: '0oa1', cid: '0oa1', scp: ['mcp.call'] }), 'workload');
    assert.equal(of({ ...plain, cid: '0oa1', scp: ['mcp.call'] }).client, '0oa1');
    assert.equal(kind({ ...plain, cid: '0oa1', scp: ['mcp.call'] }), 'human');
    const auth0 = { ...plain, sub: 'c1@clients', azp: 'c1', scope: 'mcp.call' };
    assert.equal(kind({ ...auth0, gty: 'client-credentials' }), 'workload');
  });

  test('act makes an agent of whoever acts (RFC 8693 section 4.1), and never a person of a program', () => {
    const act = { sub: 'agent-7', act: { sub: 'agent-6' } };
    const delegated = of({ ...plain, scope: 'mcp', act });
    assert.equal(delegated.kind, 'human-via-agent');
    assert.deepEqual(delegated.actor, act);
    assert.equal(kind({ ...plain, roles: ['Reader'], act }), 'agent');
    assert.equal(kind({ ...entra, sub: oid, idtyp: 'app', act }), 'agent');
    assert.equal(kind({ ...plain, sub: 'ci', client_id: 'ci', scope: 'mcp', act }), 'agent');
  });

  test('an act that cannot be read is not overlooked', () => {
    for (const act of ['agent-7', 7, null, true, [], [{ sub: 'agent-7' }]]) refused({ ...plain, scope: 'mcp', act });
  });
});

describe('tokens that speak for nobody', () => {
  test('neither scopes nor roles nor idtyp', () => {
    refused(entra);
    refused(plain);
    for (const nothing of ['', ' ', '/', ' / ', [], ['/'], null, 7, {}]) {
      refused({ ...entra, scp: nothing });
      refused({ ...plain, scope: nothing, roles: [] });
    }
    refused({ ...entra, scp: '/', xms_act_fct: '11' });
    refused({ ...plain, act: { sub: 'agent-7' } });
    for (const roles of ['', [], [''], [7], null, {}]) refused({ ...plain, roles });
  });

  test('the ID token of a person, which has roles and groups but delegates nothing', () => {
    refused({ ...entra, roles: ['Admin'], groups: ['support'], nonce: 'n' });
  });

  test('an idtyp that nobody knows', () => {
    for (const idtyp of ['device', 'App', '', null, 1, {}, ['app']])
      refused({ ...entra, scp: 'x', roles: ['r'], idtyp });
  });

  test('no subject: names and addresses never identify', () => {
    const names = {
      upn: 'sam@example.org',
      email: 'sam@example.org',
      preferred_username: 'sam@example.org',
      unique_name: 'sam@example.org',
      name: 'Sam Okonjo',
    };
    const { sub: _, ...unnamed } = plain;
    refused({ ...unnamed, ...names, scope: 'mcp' });
    for (const sub of ['', null, 7, {}, ['user-1']]) refused({ ...plain, ...names, sub, scope: 'mcp' });
    assert.equal(of({ ...plain, ...names, scope: 'mcp' }).id, 'https://login.example|user-1');
    assert.equal(of({ ...entra, ...names, scp: 'x' }).id, `${tid}/${oid}`);
  });

  test('groups left out because they are too many, in both forms', () => {
    const user = { ...entra, scp: 'x' };
    const sources = { src1: { endpoint: `https://graph.windows.net/${tid}/users/${oid}/getMemberObjects` } };
    refused({ ...user, _claim_names: { groups: 'src1' }, _claim_sources: sources });
    refused({ ...user, hasgroups: true });
    refused({ ...user, hasgroups: 'true' });
    refused({ ...entra, sub: oid, idtyp: 'app', _claim_names: { groups: 'src1' } });
    // Groups of the token beside a pointer to more are not all of them.
    refused({ ...user, groups: ['g'], _claim_names: { groups: 'src1' } });
    assert.deepEqual(of({ ...user, _claim_names: { photo: 'src1' }, hasgroups: false }).groups, []);
  });
});

describe('the id', () => {
  test('is that of Entra’s directory in either token version', () => {
    const v1 = { ...entra, iss: `https://sts.windows.net/${tid}/`, ver: '1.0', scp: 'x' };
    assert.equal(of(v1).id, `${tid}/${oid}`);
    assert.equal(of({ ...entra, scp: 'x', sub: 'pairwise of another app' }).id, `${tid}/${oid}`);
  });

  test('is of the issuer where the directory it names is not the issuer’s', () => {
    for (const iss of ['https://login.example', `https://login.example/x${tid}`, `https://login.example?${tid}`])
      assert.equal(of({ ...entra, iss, scp: 'x' }).id, `${iss}|pairwise`);
    assert.equal(of({ ...plain, tid: 'login.example', oid: '', scope: 'x' }).id, 'https://login.example|user-1');
  });

  test('needs tid and oid both, as texts', () => {
    for (const more of [{ tid: undefined }, { oid: undefined }, { oid: 7 }, { tid: [tid] }])
      assert.equal(of({ ...entra, scp: 'x', ...more }).id, `${entra.iss}|pairwise`);
  });
});

describe('what policy is told', () => {
  test('groups, roles, scopes and client, and the claims as they are', () => {
    const claims = { ...entra, scp: 'a b', groups: ['g1', 'g2'], roles: ['r'], azpacr: '1' };
    assert.deepEqual(of(claims), {
      kind: 'human',
      id: `${tid}/${oid}`,
      tenant: 'acme',
      groups: ['g1', 'g2'],
      roles: ['r'],
      scopes: ['a', 'b'],
      client: azp,
      actor: null,
      claims,
    });
  });

  test('the client of either token version, or of RFC 9068', () => {
    assert.equal(of({ ...plain, scope: 'x', appid: 'v1' }).client, 'v1');
    assert.equal(of({ ...plain, scope: 'x', client_id: 'c' }).client, 'c');
    assert.equal(of({ ...plain, scope: 'x' }).client, null);
  });

  test('a group or role of several words is one name, never several', () => {
    const one = of({ ...plain, scope: 'x', groups: 'Not privacy-officer', roles: 'No Admin' });
    assert.deepEqual([one.groups, one.roles], [['Not privacy-officer'], ['No Admin']]);
    assert.deepEqual(of({ ...plain, scope: 'x', groups: ['a b', ''] }).groups, ['a b']);
  });

  test('nothing that is not a text is taken for a group, role or scope', () => {
    const odd = [1, null, true, { toString: 'admin' }, ['admin'], 'real'];
    const identity = of({ ...plain, scope: odd, groups: odd, roles: odd });
    assert.deepEqual([identity.groups, identity.roles, identity.scopes], [['real'], ['real'], ['real']]);
    for (const none of [null, 7, {}, true]) assert.deepEqual(of({ ...plain, scope: 'x', groups: none }).groups, []);
  });

  test('the tenant of the configuration, whatever the claims say', () => {
    assert.equal(of({ ...plain, scope: 'x', tenant: 'other', tid: 'other' }).tenant, 'acme');
  });

  test('claims named like parts of a prototype are claims and nothing else', () => {
    const claims = JSON.parse(`{
      "iss": "https://login.example", "sub": "user-1", "scope": "x",
      "__proto__": { "idtyp": "app", "groups": ["admin"], "roles": ["admin"], "act": {}, "tid": "t", "oid": "o" },
      "constructor": { "prototype": { "groups": ["admin"] } }, "toString": "x", "hasOwnProperty": 1
    }`);
    const identity = of(claims);
    assert.equal(identity.kind, 'human');
    assert.equal(identity.id, 'https://login.example|user-1');
    assert.deepEqual([identity.groups, identity.roles, identity.actor], [[], [], null]);
    assert.equal(Reflect.get({}, 'groups'), undefined);
    assert.ok(isObject(identity.claims) && Object.keys(identity.claims).includes('__proto__'));
  });
});

test('an anonymous caller has the tenant and nothing else', () => {
  const { kind: anonymousKind, tenant, claims, actor, client } = anonymous('acme');
  assert.deepEqual([anonymousKind, tenant, claims, actor, client], ['anonymous', 'acme', {}, null, null]);
});
