import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, test } from 'node:test';
import { type Carriage, type Carried, carryTrace } from '../../../proxy/telemetry/carry-trace.ts';
import { read } from './measured.ts';

const own = '00-11111111111111111111111111111111-2222222222222222-01';
const theirs = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const another = '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01';
const fixed = { 'mcp-session-id': 's' };

/** Carries the text of a message that came with these headers. */
function carried(text: string, from: IncomingHttpHeaders, more: Partial<Carriage> = {}): Carried & { text: string } {
  const message = read(text);
  if (message.kind === 'response') throw new TypeError('it asks');
  const travelling: Record<string, string> = { ...fixed };
  for (const name of ['traceparent', 'tracestate']) {
    const value = from[name];
    if (typeof value === 'string') travelling[name] = value;
  }
  const body = Buffer.from(text);
  const sent = carryTrace({ body, headers: travelling, message, from, traceparent: own, baggage: 'drop', ...more });
  return { ...sent, text: Buffer.from(sent.body).toString('utf8') };
}

const withMeta = (meta: object) =>
  `{ "jsonrpc":"2.0",  "id":1, "method":"tools/call", "params":{"name":"t", "n":1.0, "_meta": ${JSON.stringify(meta)} } }`;
const plain = '{"jsonrpc":"2.0","id":1 ,"method":"tools/list"}';

describe('the context of a trace', () => {
  test('goes into the header, and into no _meta that had none', () => {
    for (const text of [plain, withMeta({}), withMeta({ progressToken: 1, tracestate: 'a=1' })]) {
      const sent = carried(text, {});
      assert.equal(sent.text, text);
      assert.deepEqual(sent.headers, { ...fixed, traceparent: own });
    }
  });

  test('takes the place of the one in _meta, and no other byte changes', () => {
    const text = withMeta({ a: 1, traceparent: theirs, tracestate: 'rojo=1', z: 'é' });
    const sent = carried(text, {});
    assert.equal(sent.text, text.replace(theirs, own));
    assert.deepEqual(sent.headers, { ...fixed, traceparent: own, tracestate: 'rojo=1' });
  });

  test('has the state of _meta rather than that of the header', () => {
    const text = withMeta({ traceparent: theirs });
    const sent = carried(text, { traceparent: another, tracestate: 'congo=1' });
    assert.deepEqual(sent.headers, { ...fixed, traceparent: own });
    assert.equal(sent.text, text.replace(theirs, own));
  });

  test('has no state of another trace', () => {
    const text = withMeta({ traceparent: 'malformed', tracestate: 'rojo=1' });
    const sent = carried(text, { traceparent: another, tracestate: 'congo=1' });
    assert.equal(sent.text, text.replace('malformed', own).replace('rojo=1', 'congo=1'));
    assert.equal(sent.headers.tracestate, 'congo=1');
    const alone = carried(text, {});
    assert.equal(alone.text, text.replace('malformed', own).replace('rojo=1', ''));
    assert.deepEqual(alone.headers, { ...fixed, traceparent: own });
  });

  test('is the own of the caller where no span of the gateway is kept', () => {
    const text = withMeta({ traceparent: theirs, tracestate: 'rojo=1' });
    const sent = carried(text, { traceparent: another, tracestate: 'congo=1' }, { traceparent: null });
    assert.equal(sent.text, text);
    assert.deepEqual(sent.headers, { ...fixed, traceparent: another, tracestate: 'congo=1' });
    assert.deepEqual(carried(plain, {}, { traceparent: null }).headers, fixed);
  });

  test('that is malformed goes no further than to us', () => {
    const sent = carried(plain, { traceparent: `${theirs}, ${theirs}`, tracestate: 'a=1' }, { traceparent: null });
    assert.deepEqual(sent.headers, fixed);
  });

  test('is found where letters are written as escapes, and nested look-alikes are left', () => {
    const text = withMeta({ inner: { traceparent: theirs, baggage: 'a=1' }, traceparent: theirs });
    const escaped = text.replace(
      '"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"} }',
      '"trace\\u0070arent":"\\u0030"} }',
    );
    assert.equal(carried(escaped, {}).text, escaped.replace('"\\u0030"', JSON.stringify(own)));
  });

  test('goes into a masked message as into any', () => {
    const text = withMeta({ traceparent: theirs });
    const masked =
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"***","_meta":{"traceparent":"x"},"arguments":{}}}';
    const { body } = carried(text, {}, { body: masked });
    assert.equal(body, masked.replace('"x"', JSON.stringify(own)));
  });
});

describe('baggage', () => {
  const said = 'userId=alva.lind';

  test('is dropped unless it is to pass', () => {
    const text = withMeta({ baggage: said, Baggage: said.toUpperCase(), other: said });
    const sent = carried(text, { baggage: said }, { traceparent: null });
    assert.equal(sent.text, text.replace(`"baggage":"${said}"`, '"baggage":""').replace(said.toUpperCase(), ''));
    assert.deepEqual(sent.headers, fixed);
    assert.deepEqual(carried(plain, {}, { headers: { baggage: said }, traceparent: null }).headers, {});
  });

  test('of any other kind is dropped too', () => {
    for (const baggage of [{ user: said }, [said], 7]) {
      const text = withMeta({ baggage });
      const sent = carried(text, {}, { baggage: 'pass' });
      assert.equal(sent.text, text.replace(JSON.stringify(baggage), '""'));
    }
  });

  test('passes as it came where it is to', () => {
    const text = withMeta({ baggage: said });
    const sent = carried(text, { baggage: 'a=1' }, { traceparent: null, baggage: 'pass' });
    assert.equal(sent.text, text);
    assert.deepEqual(sent.headers, { ...fixed, baggage: 'a=1' });
    assert.deepEqual(carried(plain, { baggage: 'a=1\r\nx: y' }, { baggage: 'pass' }).headers, {
      ...fixed,
      traceparent: own,
    });
  });
});
