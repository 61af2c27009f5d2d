import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readBundle } from '../../../engine/policy/bundle.ts';
import { readTar } from '../../../engine/policy/tar.ts';
import { fileOf, repack, tar } from './archive.ts';
import { compile, noPacks } from './compile.ts';
import { refuses } from './refuses.ts';

const rego = {
  'a.rego': 'package writ\n\ndecision := {"effect": "deny"}\n',
  'b.rego': 'package writ.result\n\ndecision := {"effect": "deny"}\n',
};
const catalogue = { crm: { 'customers.lookup': { action: 'read', holds: { 'user.name': ['$.name'] } } } };

describe('a bundle', () => {
  let bundle: Uint8Array;
  before(async () => {
    bundle = await compile(rego, { build: noPacks, catalogue }, { revision: 'abc' });
  });

  test('is named by the digest of its bytes', () => {
    const { digest, revision, build, catalogue: read, wasm, data } = readBundle(bundle);
    assert.equal(digest, `sha256:${createHash('sha256').update(bundle).digest('hex')}`);
    assert.equal(revision, 'abc');
    assert.deepEqual(JSON.parse(JSON.stringify({ build, catalogue: read })), { build: noPacks, catalogue });
    assert.ok(WebAssembly.validate(new Uint8Array(wasm)));
    assert.deepEqual(JSON.parse(Buffer.from(data).toString()), { build: noPacks, catalogue });
  });

  test('without a revision has none', () => {
    const manifest = { ...JSON.parse(fileOf(bundle, '.manifest')), revision: '' };
    assert.equal(readBundle(repack(bundle, { '.manifest': JSON.stringify(manifest) })).revision, null);
  });

  const withData = (data: object) => repack(bundle, { 'data.json': JSON.stringify(data) });
  const refused: Record<string, [make: () => Uint8Array, detail: RegExp]> = {
    'without a module': [() => repack(bundle, { 'policy.wasm': undefined }), /no policy\.wasm/],
    'without data': [() => repack(bundle, { 'data.json': undefined }), /no data\.json/],
    'without a manifest': [() => repack(bundle, { '.manifest': undefined }), /no \.manifest/],
    'without data.build': [() => withData({ catalogue }), /no data\.build|data\.build is not/],
    'with a data.build of another contract': [() => withData({ build: { ...noPacks, contract: 2 } }), /data\.build/],
    'with packs that are no lists': [() => withData({ build: { ...noPacks, packs: { crm: 'gdpr' } } }), /data\.build/],
    'with a malformed catalogue': [() => withData({ build: noPacks, catalogue: { crm: { a: {} } } }), /catalogue/],
    'whose data is not an object': [() => repack(bundle, { 'data.json': '[]' }), /not a JSON object/],
    'whose data says a key twice': [() => repack(bundle, { 'data.json': '{"build":1,"build":2}' }), /not strict JSON/],
    'whose data goes on after its end': [() => repack(bundle, { 'data.json': '{} {}' }), /not strict JSON/],
    'with one entrypoint': [
      () => repack(bundle, { '.manifest': '{"wasm":[{"entrypoint":"writ/decision","module":"/policy.wasm"}]}' }),
      /no entrypoint writ\/result\/decision/,
    ],
    'with data in a folder': [() => repack(bundle, { 'more/data.json': '{"build":{}}' }), /no part of a bundle/],
    'with a second module': [() => repack(bundle, { 'more/policy.wasm': 'x' }), /no part of a bundle/],
    'with a patch': [() => repack(bundle, { 'patch.json': '{"data":[]}' }), /no part of a bundle/],
    'that is not gzip': [() => gunzipSync(bundle), /not gzip/],
    'that is cut off': [() => bundle.subarray(0, bundle.length - 100), /not gzip/],
    'that is empty': [() => gzipSync(tar([])), /no \.manifest/],
  };
  for (const [what, [make, detail]] of Object.entries(refused)) {
    test(`${what} is refused`, () => refuses(() => readBundle(make()), 'WRIT_BUNDLE_INVALID', detail));
  }

  test('that unpacks to more than the limit is refused before it is unpacked', () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000), { level: 1 });
    assert.ok(bomb.length < 1_000_000);
    refuses(() => readBundle(bomb), 'WRIT_BUNDLE_INVALID', /too large/);
    refuses(() => readBundle(bundle, { maxBytes: 4096 }), 'WRIT_BUNDLE_INVALID', /too large/);
  });
});

describe('a signature', () => {
  const pems = (pair: ReturnType<typeof generate>) => ({
    privatePem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: pair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  const generate = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ours = pems(generate());
  const other = pems(generate());
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  // What Go and JavaScript write differently: numbers, HTML, line separators, keys beyond the basic plane.
  const data = {
    build: noPacks,
    catalogue,
    odd: [
      1.5,
      -0.5,
      1e21,
      '<&>\u2028\u2029\u007f\u0001\b\f\\"',
      { '\uffff': 1, '\u{1f600}': 2, a: 3, b: { '': null } },
    ],
  };
  const verify = { keys: [{ key: ours.publicPem }] };
  let signed: Uint8Array;
  let signedByRsa: Uint8Array;
  let unsigned: Uint8Array;
  before(async () => {
    const manifest = { '.manifest': '{"roots":["writ","build","catalogue","odd"]}' };
    const sign = (pem: string, algorithm: string, id?: string) =>
      compile({ ...rego, ...manifest }, data, { signWith: { pem, algorithm, ...(id === undefined ? {} : { id }) } });
    signed = await sign(ours.privatePem, 'ES256', 'release');
    signedByRsa = await sign(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'RS256');
    unsigned = await compile(rego, data);
  });

  test('that OPA made is verified, by P-256 and by RSA', () => {
    assert.ok(readBundle(signed, { verify }).digest);
    assert.ok(readBundle(signed, { verify: { keys: [{ id: 'release', key: ours.publicPem }] } }).digest);
    assert.ok(readBundle(signedByRsa, { verify: { keys: [{ key: other.publicPem }, { key: rsa.publicKey }] } }).digest);
  });

  test('that nobody was told to check is refused, and so is a demand without one', () => {
    refuses(() => readBundle(signed), 'WRIT_BUNDLE_SIGNATURE', /no key is configured/);
    refuses(() => readBundle(unsigned, { verify }), 'WRIT_BUNDLE_SIGNATURE', /not signed/);
    refuses(() => readBundle(signed, { verify: { keys: [] } }), 'WRIT_BUNDLE_SIGNATURE', /No configured key/);
  });

  test('by another key, or by a key of another name, is refused', () => {
    const refusedKeys = [{ key: other.publicPem }, { id: 'staging', key: ours.publicPem }, { key: rsa.publicKey }];
    for (const key of refusedKeys)
      refuses(() => readBundle(signed, { verify: { keys: [key] } }), 'WRIT_BUNDLE_SIGNATURE', /No configured key/);
  });

  test('for another scope is refused', () => {
    refuses(() => readBundle(signed, { verify: { ...verify, scope: 'write' } }), 'WRIT_BUNDLE_SIGNATURE', /scope/);
  });

  test('a key that is none, or too weak, is an error of the configuration', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
    for (const key of ['not a key', weak, curve])
      refuses(() => readBundle(signed, { verify: { keys: [{ key }] } }), 'WRIT_KEY_INVALID');
  });

  test('does not hold once anything was changed, added or taken away', () => {
    const source = [...readTar(gunzipSync(signed)).keys()].find((name) => name.endsWith('a.rego')) ?? '';
    const attempts: Record<string, string | undefined>[] = [
      { 'data.json': JSON.stringify({ ...data, catalogue: {} }) },
      { 'policy.wasm': fileOf(unsigned, 'data.json') },
      { '.manifest': fileOf(signed, '.manifest').replace('{', '{"revision":"2",') },
      { 'more.rego': 'package more' },
      { 'more/data.json': '{}' },
      { [source]: undefined },
      { [source]: `${fileOf(signed, source)}\n` },
    ];
    for (const attempt of attempts)
      refuses(() => readBundle(repack(signed, attempt), { verify }), 'WRIT_BUNDLE_SIGNATURE');
  });

  test('covers JSON as a value: white space and the order of keys do not matter', () => {
    const { build, catalogue: read, odd } = JSON.parse(fileOf(signed, 'data.json'));
    const reordered = JSON.stringify({ odd, catalogue: read, build }, null, 2);
    const same = repack(signed, { 'data.json': reordered });
    assert.notEqual(readBundle(same, { verify }).digest, readBundle(signed, { verify }).digest);
  });

  const token = () => JSON.parse(fileOf(signed, '.signatures.json')).signatures[0] as string;
  const withSignatures = (signatures: unknown) => repack(signed, { '.signatures.json': JSON.stringify(signatures) });
  const recoded = (part: 0 | 1, change: (value: Record<string, unknown>) => unknown) => {
    const parts = token().split('.');
    const value = JSON.parse(Buffer.from(parts[part] ?? '', 'base64url').toString());
    parts[part] = Buffer.from(JSON.stringify(change(value))).toString('base64url');
    return withSignatures({ signatures: [parts.join('.')] });
  };
  const forged: Record<string, () => Uint8Array> = {
    'none at all': () => withSignatures({ signatures: [] }),
    'two of them': () => withSignatures({ signatures: [token(), token()] }),
    'one that is no text': () => withSignatures({ signatures: [{}] }),
    'one that is no token': () => withSignatures({ signatures: ['a.b'] }),
    'one by a plugin': () => withSignatures({ signatures: [token()], plugin: 'mine' }),
    'a file that is no JSON': () => repack(signed, { '.signatures.json': 'x' }),
    'the algorithm none': () => recoded(0, (head) => ({ ...head, alg: 'none' })),
    'an algorithm of shared secrets': () => recoded(0, (head) => ({ ...head, alg: 'HS256' })),
    'a critical header': () => recoded(0, (head) => ({ ...head, crit: ['x'] })),
    'a payload of its own': () => recoded(1, (payload) => ({ ...payload, files: [] })),
    'a signature cut short': () => withSignatures({ signatures: [token().slice(0, -4)] }),
    'no signature': () => withSignatures({ signatures: [`${token().split('.').slice(0, 2).join('.')}.AA`] }),
  };
  for (const [what, make] of Object.entries(forged)) {
    test(`${what} is refused`, () => refuses(() => readBundle(make(), { verify }), 'WRIT_BUNDLE_SIGNATURE'));
  }
});
