import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Receipt } from '../../proxy/mcp/receipt.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import type { HttpAnswer } from '../support/http.ts';
import { event, failure, raw, result, stream, toolResult } from '../support/stub-server.ts';
import type { Era } from '../support/surroundings.ts';

const eras: Era[] = ['legacy', 'modern'];
const anna = { id: 'p-1', name: 'Anna Lindqvist', email: 'anna.lindqvist@example.com' };
const people = toolResult({ people: [anna] });
const forged = { log: 'elsewhere.example.com', index: 0, call: 'forged-by-the-server' };
const spoofed = {
  'writ/receipt': forged,
  'writ/decision': { call: forged.call, effect: 'deny' },
  'example.com/own': 1,
};
const json = { 'content-type': 'application/json' };

let gateway: TestGateway;
/** Every receipt handed out, and what its decision must say. */
const given: { receipt: Receipt; verdict: string }[] = [];

function take({ receipt }: HttpAnswer, verdict: string): Receipt {
  assert.deepEqual(Object.keys(receipt ?? {}).sort(), ['call', 'index', 'log']);
  assert.ok(receipt?.log === 'edge-1.example.com');
  given.push({ receipt, verdict });
  return receipt;
}

/** The body as it was sent, its receipt included. */
const sent = ({ wire }: HttpAnswer) => wire.slice(wire.lastIndexOf('\n{') + 1);

before(async () => {
  gateway = await openGateway();
});
after(() => gateway.close());

describe('a receipt', () => {
  for (const era of eras) {
    test(`${era}: is put into an unmasked answer, of which every other byte stays`, async () => {
      const [head, tail] = ['{ "result":{', '"n":1.50,"big":9007199254740993,"content":[ ]}, "id":1,"jsonrpc":"2.0"}'];
      gateway.stub.conduct = raw(200, json, head + tail);
      const answer = await gateway.call('open', {}, { era });
      const receipt = take(answer, 'allow');
      assert.equal(sent(answer), `${head}"_meta":{"writ/receipt":${JSON.stringify(receipt)}},${tail}`);
    });

    test(`${era}: stands beside what a server says in _meta`, async () => {
      gateway.stub.conduct = result({ ...people, _meta: { 'example.com/own': 1 } });
      const answer = await gateway.call('open', {}, { era });
      take(answer, 'allow');
      assert.equal(Object(answer.last.result?._meta)['example.com/own'], 1);
    });

    test(`${era}: is in the answer of a stream, and of no message before it`, async () => {
      const note = { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 7, progress: 1 } };
      gateway.stub.conduct = stream(event(note, 'a-1') + event({ jsonrpc: '2.0', id: '<id>', result: people }, 'a-2'));
      const answer = await gateway.call('open', {}, { era });
      take(answer, 'allow');
      assert.deepEqual(answer.messages[0], note);
      assert.deepEqual(
        answer.events.map(({ id }) => id),
        ['a-1', 'a-2'],
      );
    });

    test(`${era}: comes with a masked answer, a list, and an error of the server`, async () => {
      gateway.stub.conduct = result(people);
      take(await gateway.call('masked', {}, { era }), 'mask-fields');
      gateway.stub.conduct = result({ tools: [], resultType: 'complete' });
      take(await gateway.ask({ server: 'open', era, rpc: 'tools/list' }), 'allow');
      for (const data of [undefined, {}, { retry: 3 }]) {
        gateway.stub.conduct = failure({ code: -32_000, message: 'busy', ...(data && { data }) });
        const answer = await gateway.call('open', {}, { era });
        const receipt = take(answer, 'allow');
        assert.deepEqual(JSON.parse(sent(answer)).error.data, { 'writ/receipt': receipt, ...data });
      }
    });

    test(`${era}: comes with every refusal, as a result, an error, or for a notification`, async () => {
      gateway.stub.conduct = result(people);
      const refused = await gateway.call('guarded', {}, { era, tool: 'nobody.knows' });
      assert.equal(refused.last.result?.isError, true);
      assert.equal(take(refused, 'deny').call, refused.last.result?._meta?.['writ/decision']?.call);
      const listed = await gateway.ask({
        server: 'guarded',
        era,
        rpc: 'resources/read',
        params: { uri: 'x:y', name: 'x:y' },
      });
      assert.equal(take(listed, 'deny').call, listed.last.error?.data?.['writ/decision']?.call);
      take(await gateway.ask({ server: 'guarded', era, rpc: 'notifications/odd', id: null }), 'deny');
    });

    test(`${era}: comes with a failure of the gateway once the decision is on record`, async () => {
      gateway.stub.conduct = raw(200, json, '{"jsonrpc":"2.0","id":"another","result":{}}');
      const answer = await gateway.call('open', {}, { era });
      assert.equal(answer.last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
      assert.equal(take(answer, 'allow').call, answer.last.error?.data?.call);
    });

    test(`${era}: of a server's own making never comes through, wherever the server puts it`, async () => {
      const note = { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1, _meta: spoofed } };
      const escaped = JSON.stringify({ ...people, _meta: spoofed }).replaceAll('writ/', '\\u0077rit\\/');
      const conducts = {
        'in a result': result({ ...people, _meta: spoofed }),
        escaped: raw(200, json, `{"jsonrpc":"2.0","id":1,"result":${escaped}}`),
        'in a stream': stream(
          event(note, 'a-1') + event({ jsonrpc: '2.0', id: '<id>', result: { ...people, _meta: spoofed } }, 'a-2'),
        ),
        'in an error': failure({ code: -31_403, message: 'no', data: spoofed }),
      };
      for (const [where, conduct] of Object.entries(conducts)) {
        gateway.stub.conduct = conduct;
        const answer = await gateway.call('open', {}, { era });
        take(answer, 'allow');
        assert.ok(!answer.wire.includes('forged'), `${where}: ${answer.wire}`);
        assert.equal(answer.last.result?._meta?.['writ/decision'], undefined, where);
        const own = answer.last.result?._meta ?? answer.last.error?.data;
        assert.equal(Object(own)['example.com/own'], 1, where);
      }
      for (const meta of [null, 'writ/receipt', [spoofed]]) {
        gateway.stub.conduct = result({ ...people, _meta: meta });
        const answer = await gateway.call('open', {}, { era });
        take(answer, 'allow');
        assert.equal(answer.last.result?._meta, undefined);
      }
      gateway.stub.conduct = failure({ code: -32_000, message: 'no', data: 'a text' });
      assert.equal((await gateway.call('open', {}, { era })).last.error?.data, 'a text');
    });
  }

  test('is missing where nothing was decided', async () => {
    const answer = await gateway.ask({ server: 'open', body: '{' });
    assert.deepEqual([answer.receipt, answer.wire.includes('writ/receipt')], [null, false]);
  });

  test('names the very entry: the decision of its call, at its index, in a log that verifies', async () => {
    const entries = await gateway.entries();
    assert.ok(given.length > 30);
    for (const { receipt, verdict } of given) {
      const entry = entries[receipt.index];
      assert.ok(entry?.kind === 'decision');
      assert.deepEqual([entry.call, entry.verdict], [receipt.call, verdict]);
    }
  });
});
