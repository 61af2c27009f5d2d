import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Json } from '../../engine/json/types.ts';
import { openMasterKey } from '../../proxy/recorder/keys.ts';
import { Sealer } from '../../proxy/session/sealer.ts';
import { decidedCounts, openAsking } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { ofKind } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { failure, raw, result, toolResult } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';

const done = toolResult({ done: true });
/** What a server may put into its state: anything that a string holds. */
const state = 'eyJ1c2VyIjoiYW5uYSJ9.\u2028"\\\u0000 åß💥=';
const elicit = (params: object = { message: 'Sure?' }) => ({ method: 'elicitation/create', params });
const needs = (inputRequests: object, more: object = { requestState: state }) =>
  result({ resultType: 'input_required', inputRequests, ...more });

describe('a call in several rounds', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.stub.seen.length = 0;
  });

  const call = (more: object = {}, asked: Asked = {}): Asked => ({
    server: 'desk',
    ...asked,
    params: { name: 'echo', arguments: { n: 1 }, ...more },
  });
  const codeOf = async (asked: Asked) => {
    const { status, last } = await gateway.ask(asked);
    return last.error === undefined ? status : last.error.data?.code;
  };
  /** The state that the gateway gives for a first round in which the server asks these. */
  async function begun(inputRequests: object = { q: elicit() }, asked: Asked = call()): Promise<string> {
    gateway.stub.conduct = needs(inputRequests);
    const { last } = await gateway.ask(asked);
    gateway.stub.conduct = result(done);
    gateway.stub.seen.length = 0;
    assert.equal(last.result?.resultType, 'input_required');
    return String(last.result?.requestState);
  }

  test('shows the questions as they came, and a state that says nothing', async () => {
    gateway.stub.conduct = needs({ q: elicit({ message: 'Sure?', n: 1.5 }) }, { requestState: state, more: [1] });
    const { status, last, wire, receipt } = await gateway.ask(call());
    assert.equal(status, 200);
    const { requestState, ...rest } = last.result ?? {};
    assert.deepEqual(rest, {
      resultType: 'input_required',
      inputRequests: { q: elicit({ message: 'Sure?', n: 1.5 }) },
      more: [1],
    });
    assert.match(String(requestState), /^writ\.[\w-]+$/);
    assert.ok(!wire.includes('eyJ1c2VyIjoiYW5uYSJ9'));
    assert.ok(!Buffer.from(String(requestState).slice(5), 'base64url').includes('anna'));
    assert.notEqual(receipt, null);
  });

  test('gives the server its own state back, character for character, and the answers', async () => {
    const requestState = await begun();
    const inputResponses = { q: { action: 'accept', content: { n: 1 } } };
    const { last } = await gateway.ask(call({ requestState, inputResponses }));
    assert.deepEqual(last.result, done);
    const [seen] = gateway.stub.seen;
    const { _meta: _, ...params } = seen?.message.params ?? {};
    assert.deepEqual(params, { name: 'echo', arguments: { n: 1 }, requestState: state, inputResponses });
  });

  test('may go on and on, each round from the last', async () => {
    let requestState = await begun();
    for (let round = 0; round < 3; round++) {
      gateway.stub.conduct = needs({ [`q${round}`]: elicit() }, { requestState: `${state}${round}` });
      const key = round === 0 ? 'q' : `q${round - 1}`;
      const { last } = await gateway.ask(call({ requestState, inputResponses: { [key]: { action: 'accept' } } }));
      assert.equal(last.result?.resultType, 'input_required', JSON.stringify(last));
      requestState = String(last.result?.requestState);
      assert.equal(
        gateway.stub.seen.at(-1)?.message.params?.requestState,
        round === 0 ? state : `${state}${round - 1}`,
      );
    }
  });

  test('of a server without a state of its own has none there, and one without questions goes on too', async () => {
    for (const inputRequests of [{ q: elicit() }, undefined]) {
      gateway.stub.conduct = result({ resultType: 'input_required', ...(inputRequests && { inputRequests }) });
      const { last } = await gateway.ask(call());
      gateway.stub.conduct = result(done);
      const inputResponses = inputRequests && { q: { action: 'accept' } };
      const again = await gateway.ask(
        call({ requestState: last.result?.requestState, ...(inputResponses && { inputResponses }) }),
      );
      assert.deepEqual(again.last.result, done);
      assert.equal('requestState' in (gateway.stub.seen.at(-1)?.message.params ?? {}), false);
    }
  });

  test('is of the caller, the server and the call it began with, and of no other', async () => {
    const requestState = await begun();
    const round = { requestState, inputResponses: { q: { action: 'accept' } } };
    const others: Record<string, Asked> = {
      'another caller': call(round, { persona: 'medical-officer' }),
      'another server': call(round, { server: 'annex' }),
      'other arguments': call({ ...round, arguments: { n: 2 } }),
      'more arguments': call({ ...round, arguments: { n: 1, m: null } }),
      'no arguments': call({ ...round, arguments: {} }),
      'another tool': call({ ...round, name: 'people' }),
      'another method': { server: 'desk', rpc: 'prompts/get', params: { name: 'echo', arguments: { n: 1 }, ...round } },
    };
    for (const [name, asked] of Object.entries(others))
      assert.equal(await codeOf(asked), 'WRIT_REQUEST_STATE_INVALID', name);
    assert.deepEqual(gateway.stub.seen, []);
    assert.equal(await codeOf(call(round)), 200);
  });

  test('is nothing that a client made, changed or took from elsewhere', async () => {
    const requestState = await begun();
    const bytes = Buffer.from(requestState.slice(5), 'base64url');
    const changed = [0, 11, 12, 40, bytes.length - 17, bytes.length - 1].map((at) => {
      const other = Buffer.from(bytes);
      other[at] = (other[at] ?? 0) ^ 0x80;
      return `writ.${other.toString('base64url')}`;
    });
    const { 'mcp-session-id': session } = await beginSession(gateway, 's-1', { server: 'desk' });
    gateway.stub.seen.length = 0;
    const made = [
      state,
      '',
      'writ.',
      `${requestState}A`,
      `${requestState}=`,
      ` ${requestState}`,
      session,
      7,
      null,
      [requestState],
      { requestState },
    ];
    for (const wrong of [...changed, ...made])
      assert.equal(
        await codeOf(call({ requestState: wrong, inputResponses: { q: {} } })),
        'WRIT_REQUEST_STATE_INVALID',
        String(wrong),
      );
    assert.deepEqual(gateway.stub.seen, []);
  });

  test('comes to an end by itself', async () => {
    const requestState = await begun();
    const sealer = new Sealer(openMasterKey(join(gateway.directory, 'keys/master.key')));
    const opened = sealer.open('request-state', requestState);
    assert.ok(Array.isArray(opened));
    const resealed = (expires: Json) =>
      sealer.seal(
        'request-state',
        opened.map((part, at) => (at === 3 ? expires : part)),
      );
    const round = (expires: Json) => call({ requestState: resealed(expires), inputResponses: {} });
    const expires = Number(opened[3]);
    const hours = (expires - Date.now()) / 3_600_000;
    assert.ok(hours > 0.9 && hours <= 1, `${hours}`);
    for (const past of [Date.now() - 1, 0, -expires, String(expires), null])
      assert.equal(await codeOf(round(past)), 'WRIT_REQUEST_STATE_INVALID');
    assert.equal(await codeOf(round(expires)), 200);
  });

  test('brings answers to what was asked; what answers nothing is left out', async () => {
    const requestState = await begun({ q: elicit(), r: { method: 'sampling/createMessage', params: {} } });
    for (const key of ['x', '__proto__', 'constructor', '']) {
      const inputResponses = JSON.parse(`{"q":{"action":"accept"},${JSON.stringify(key)}:{"canary":1}}`);
      assert.equal(await codeOf(call({ requestState, inputResponses })), 200, key);
      const { body = '', message } = gateway.stub.seen.pop() ?? {};
      assert.deepEqual(message?.params?.inputResponses, { q: { action: 'accept' } });
      assert.doesNotMatch(body, /canary/);
    }
    for (const more of [{}, { requestState }]) {
      assert.equal(await codeOf(call({ inputResponses: { x: { canary: 1 } }, ...more })), 200);
      const { body = '', message } = gateway.stub.seen.pop() ?? {};
      assert.equal('inputResponses' in (message?.params ?? {}), false);
      assert.doesNotMatch(body, /canary/);
    }
    for (const inputResponses of [[], 'q', 7, null])
      assert.equal(await codeOf(call({ requestState, inputResponses })), 'WRIT_PARAMS_INVALID');
    for (const wrong of ['InputResponses', 'requeststate', 'REQUESTSTATE'])
      assert.equal(
        await codeOf(call({ requestState, [wrong]: {} })),
        wrong === 'InputResponses' ? 'WRIT_PARAMS_INVALID' : 'WRIT_JSON_DUPLICATE_KEY',
        wrong,
      );
    assert.deepEqual(gateway.stub.seen, []);
  });

  test('is refused whole where a rule refuses one question, or none grants it', async () => {
    for (const refused of [
      elicit({ message: 'Your canary password?' }),
      { method: 'roots/list', params: {} },
      { method: 'vendor/canary' },
    ]) {
      gateway.stub.conduct = needs({ fine: elicit({ message: 'canary' }), refused });
      const { status, last, wire } = await gateway.ask(call());
      assert.deepEqual([status, last.result?.isError], [200, true]);
      assert.equal(last.result?._meta?.['writ/decision']?.effect, 'deny');
      assert.doesNotMatch(wire, /canary|requestState/);
    }
  });

  test('asks nothing where something of the answer is hidden', async () => {
    gateway.stub.conduct = needs({ q: elicit({ message: 'canary' }) });
    const { last, wire } = await gateway.ask(call({ name: 'people' }));
    assert.equal(last.error?.data?.code, 'WRIT_MASK_FAILED');
    assert.doesNotMatch(wire, /canary/);
  });

  test('has questions masked, and answers masked, each where a rule says so', async () => {
    const asked = {
      q: elicit({ message: 'Is it her?', about: 'Anna Lindqvist' }),
      r: {
        method: 'sampling/createMessage',
        params: { messages: [{ role: 'user', content: { type: 'text', name: 'Anna Lindqvist' } }] },
      },
      s: elicit(),
    };
    gateway.stub.conduct = needs(asked);
    const { last, wire } = await gateway.ask(call());
    assert.ok(!wire.includes('Lindqvist'));
    assert.deepEqual(last.result?.inputRequests, {
      q: elicit({ message: 'Is it her?', about: '[redacted]' }),
      r: {
        method: 'sampling/createMessage',
        params: { messages: [{ role: 'user', content: { type: 'text', name: '[redacted]' } }] },
      },
      s: elicit(),
    });
    gateway.stub.conduct = result(done);
    const answer = { action: 'accept', content: { email: 'anna@example.com', n: 1 } };
    const said = await gateway.ask(
      call({ requestState: last.result?.requestState, inputResponses: { q: answer, r: { role: 'assistant' } } }),
    );
    assert.deepEqual(said.last.result, done);
    const seen = gateway.stub.seen.at(-1);
    assert.ok(!seen?.body.includes('anna@example.com'));
    const sent = Object(seen?.message.params?.inputResponses);
    assert.match(sent.q.content.email, /^hmac_/);
    assert.deepEqual([sent.q.action, sent.q.content.n, sent.r], ['accept', 1, { role: 'assistant' }]);
    assert.equal(seen?.message.params?.requestState, state);
  });

  test('an answer that a rule refuses refuses the round, and nothing of it is sent', async () => {
    const requestState = await begun({ q: elicit(), r: elicit() });
    const inputResponses = { q: { action: 'accept' }, r: { action: 'accept', content: { secret: 'canary' } } };
    const { last } = await gateway.ask(call({ requestState, inputResponses }));
    assert.deepEqual(last.result?._meta?.['writ/decision']?.rules, ['desk.deny.secrets']);
    assert.deepEqual(gateway.stub.seen, []);
  });

  test('prompts and resources have rounds too; other methods, and other versions, have none', async () => {
    for (const asked of [
      { server: 'desk', rpc: 'prompts/get', params: { name: 'p', arguments: {} } },
      {
        server: 'desk',
        rpc: 'resources/read',
        params: { uri: 'desk://open/1' },
        headers: { 'mcp-name': 'desk://open/1' },
      },
    ] satisfies Asked[]) {
      const requestState = await begun({ q: elicit() }, asked);
      const again = {
        ...asked,
        params: { ...asked.params, requestState, inputResponses: { q: { action: 'accept' } } },
      };
      assert.equal(await codeOf(again), 200, asked.rpc);
      assert.equal(gateway.stub.seen.at(-1)?.message.params?.requestState, state);
    }
    const requestState = await begun();
    for (const rpc of ['tools/list', 'completion/complete', 'server/discover', 'vendor/x']) {
      const params = { requestState, ref: { type: 'ref/prompt', name: 'p' } };
      assert.equal(await codeOf({ server: 'desk', rpc, params }), 'WRIT_MESSAGE_UNSUPPORTED', rpc);
    }
    assert.equal(await codeOf(call({ requestState }, { era: 'legacy' })), 'WRIT_MESSAGE_UNSUPPORTED');
  });

  test('a server that asks too much, or something that is no question, is not carried', async () => {
    const many = Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`q${n}`, elicit()]));
    for (const inputRequests of [many, [], 'canary', { q: 'canary' }, { q: {} }, { q: { method: 7 } }, { q: null }]) {
      gateway.stub.conduct = result({ resultType: 'input_required', inputRequests });
      const { last, wire } = await gateway.ask(call());
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID', JSON.stringify(inputRequests));
      assert.doesNotMatch(wire, /canary/);
    }
  });

  test('questions are seen in a result that does not say that it has any', async () => {
    gateway.stub.conduct = result({ ...done, inputRequests: { q: elicit({ message: 'Your password?' }) } });
    const { last } = await gateway.ask(call());
    assert.equal(last.result?.isError, true);
  });

  test('an error that sends the person elsewhere is asked about in the same way (2025-11-25)', async () => {
    const elicitation = { mode: 'url', elicitationId: 'e-1', url: 'https://desk.example/consent', message: 'Sign in' };
    const error = (message: string) => ({
      code: -32042,
      message: 'elsewhere',
      data: { elicitations: [{ ...elicitation, message }] },
    });
    gateway.stub.conduct = failure(error('Sign in'));
    const passed = await gateway.ask(call({}, { era: 'legacy' }));
    assert.deepEqual(passed.last.error, error('Sign in'));
    gateway.stub.conduct = failure(error('Your password, canary'));
    const refused = await gateway.ask(call({}, { era: 'legacy' }));
    assert.equal(refused.last.result?._meta?.['writ/decision']?.effect, 'deny');
    assert.doesNotMatch(refused.wire, /canary|desk\.example/);
    gateway.stub.conduct = failure(error('canary'));
    const hidden = await gateway.ask(call({ name: 'people' }, { era: 'legacy' }));
    assert.equal(hidden.last.error?.code, -32042);
    assert.doesNotMatch(hidden.wire, /canary|desk\.example/);
  });

  test('on a stream is the same', async () => {
    const text = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      result: { resultType: 'input_required', requestState: state, inputRequests: { q: elicit() } },
    });
    gateway.stub.conduct = raw(200, { 'content-type': 'text/event-stream' }, `data: ${text}\n\n`);
    const { last } = await gateway.ask(call());
    gateway.stub.conduct = result(done);
    assert.equal(
      await codeOf(call({ requestState: last.result?.requestState, inputResponses: { q: { action: 'cancel' } } })),
      200,
    );
    assert.equal(gateway.stub.seen.at(-1)?.message.params?.requestState, state);
  });

  test('each question and each answer is a decision of its own, in its direction', async () => {
    const entries = await gateway.entries();
    const kinds = decidedCounts(entries);
    for (const kind of [
      'elicitation/create to-client allow',
      'elicitation/create to-client deny',
      'elicitation/create to-server allow',
      'sampling/createMessage to-client allow',
      'sampling/createMessage to-server allow',
      'roots/list to-client deny',
      'other to-client deny',
      'tools/call to-server allow',
      'tools/call to-server deny',
      'prompts/get to-server allow',
      'resources/read to-server allow',
    ])
      assert.ok((kinds.get(kind) ?? 0) > 0, kind);
    assert.equal(kinds.get('elicitation/create to-server deny'), 1);
    for (const { status } of ofKind(entries, 'outcome')) assert.notEqual(status, 'unknown');
  });
});
