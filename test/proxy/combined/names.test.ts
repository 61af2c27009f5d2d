import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joinId, joinName, joinUri, splitId, splitName, splitUri } from '../../../proxy/combined/names.ts';

describe('names at the combined endpoint', () => {
  test('what is joined comes apart again, whatever the name holds', () => {
    for (const server of ['a', 'crm', 'my_crm', 'x-1'])
      for (const name of ['echo', '', '_x', '__x', 'a__b', 'crm__x', 'Å', '__proto__', '+', ' '])
        assert.deepEqual(splitName(joinName(server, name)), { server, rest: name });
  });

  test('two servers have no name in common', () => {
    const names = ['x', '_x', '__x', 'b__x', '_b__x', 'crm__x'];
    const all = ['a', 'a_b', 'b', 'crm'].flatMap((server) => names.map((name) => joinName(server, name)));
    assert.equal(new Set(all).size, all.length);
  });

  test('a name without a server in it is split from nothing', () => {
    for (const name of ['', 'echo', '_', '__', '__x', 'crm_x', 'crm.x', 'crm_＿x'])
      assert.equal(splitName(name), undefined);
  });

  test('URIs come apart again, and their beginning is a scheme', () => {
    for (const server of ['crm', 'my_crm', 'x-1'])
      for (const uri of ['file:///a+b', 'demo://x/{id}', 'no scheme', '+', 'crm+crm://x', '{+path}']) {
        const said = joinUri(server, uri);
        assert.match(said, /^[a-z][a-z0-9+.-]*\+/);
        assert.deepEqual(splitUri(said), { server, rest: uri });
      }
  });

  test('a URI has one spelling', () => {
    assert.deepEqual(splitUri('my.crm+a://b'), { server: 'my_crm', rest: 'a://b' });
    for (const uri of ['my_crm+a://b', '+a://b', 'a://b', '']) assert.equal(splitUri(uri), undefined);
  });

  test('an id comes back as it was, with its type, and in no other spelling', () => {
    for (const id of [0, 1, -1, '1', '', 'a"b', '__', 'hr__1', '\u2028', 1.5])
      assert.deepEqual(splitId(joinId('crm', id)), { server: 'crm', rest: id });
    for (const said of [
      'crm__1.0',
      'crm__01',
      'crm__ 1',
      'crm__1e0',
      'crm__-0',
      'crm__"\\u0061"',
      'crm__null',
      'crm__{}',
    ])
      assert.equal(splitId(said), undefined, said);
    for (const said of ['crm__', 'crm__a', '1', '__1', 1, null, undefined, {}, ['crm__1'], 'crm__9007199254740993'])
      assert.equal(splitId(said), undefined);
  });
});
