import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { ErrorCode } from '../../../engine/errors.ts';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import { type Conduct, result, toolResult } from '../../support/stub-server.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openGateway();
});
after(() => gateway.close());
beforeEach(() => {
  gateway.stub.conduct = result(toolResult({ done: true }));
  gateway.stub.seen.length = 0;
});

/** Sends a body as it is, in the legacy era, so that only the body says what is asked. */
const sent = (body: string | Uint8Array, server = 'open') => gateway.ask({ server, era: 'legacy', body });
const call = (args: string, more = '') =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":${args}}${more}}`;
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))));

/** A body, and the code by which it is refused. */
const refused: Partial<Record<ErrorCode, Record<string, string | Uint8Array>>> = {
  WRIT_JSON_DUPLICATE_KEY: {
    'a key twice in the arguments': call('{"limit":1,"limit":99}'),
    'a key twice far down': call('{"a":[{"b":{"c":1,"c":2}}]}'),
    'a key twice with one value': call('{"limit":1,"limit":1}'),
    'a key twice, once escaped': call('{"limit":1,"l\\u0069mit":99}'),
    'a key twice in _meta': call('{}', ',"_meta":{"a":1,"a":2}'),
    'the tool twice': '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","name":"wipe"}}',
    'params twice': '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo"},"params":{"name":"wipe"}}',
    'an id twice': '{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}',
    'keys that differ in case far down': call('{"a":[{"Limit":1,"limit":99}]}'),
    'keys that are one to Unicode case folding': call('{"limit":1,"l\u0131mit":2,"K":1,"\u212a":2}'),
    'a long s': call('{"secret":1,"\u017fecret":2}'),
    '__proto__ twice': call('{"__proto__":1,"__proto__":2}'),
    'the empty key twice': call('{"":1,"":2}'),
  },
  WRIT_JSON_INVALID: {
    NaN: call('{"a":NaN}'),
    Infinity: call('{"a":Infinity}'),
    '-Infinity': call('{"a":-Infinity}'),
    undefined: call('{"a":undefined}'),
    'a line comment': call('{"a":1 // b\n}'),
    'a block comment': call('{"a":1/* b */}'),
    'a comment of a shell': call('{"a":1 # b\n}'),
    'a comma at the end of an object': call('{"a":1,}'),
    'a comma at the end of a list': call('{"a":[1,]}'),
    'a comma alone': call('{,}'),
    'no comma': call('{"a":1 "b":2}'),
    'single quotes': call("{'a':1}"),
    'a key without quotes': call('{a:1}'),
    'a leading zero': call('{"a":01}'),
    'a leading plus': call('{"a":+1}'),
    'a number in hexadecimal': call('{"a":0x1}'),
    'a number without a first digit': call('{"a":.5}'),
    'a number without a last digit': call('{"a":1.}'),
    'an exponent without digits': call('{"a":1e}'),
    'a number of BigInt': call('{"a":1n}'),
    'a separator in a number': call('{"a":1_000}'),
    'True in capitals': call('{"a":True}'),
    'a line break in a string': call('{"a":"b\nc"}'),
    'a tab in a string': call('{"a":"b\tc"}'),
    'a NUL in a string': call('{"a":"b\0c"}'),
    'an escape of JavaScript': call('{"a":"\\x61"}'),
    'an escape in braces': call('{"a":"\\u{61}"}'),
    'an escape of an apostrophe': call('{"a":"\\\'"}'),
    'an escape cut short': call('{"a":"\\u12"}'),
    'a string that goes on': '{"jsonrpc":"2.0","id":1,"method":"ping',
    'a form feed between': call('{"a":\f1}'),
    'a no-break space between': call('{"a":\u00a01}'),
    'a line separator between': call('{"a":\u20281}'),
    'a NUL behind': `${call('{}')}\0`,
    'a second message behind': `${call('{}')}\n${call('{}')}`,
    'a record separator before': `\u001e${call('{}')}`,
    'a prefix against inclusion': `)]}',\n${call('{}')}`,
    'a form': `request=${encodeURIComponent(call('{}'))}`,
    'parts of a form': `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${call('{}')}\r\n--x--\r\n`,
    'UTF-32': bytes([0, 0, 0, 0x7b, 0, 0, 0, 0x7d]),
    'UTF-7': '+AHs-+ACI-jsonrpc+ACI-:+ACI-2.0+ACI-+AH0-',
    'a bracket of another kind at the end': '{"jsonrpc":"2.0","id":1,"method":"ping"]',
    'white space': ' \r\n\t ',
  },
  WRIT_JSON_ENCODING: {
    'UTF-16 with a mark': bytes([0xff, 0xfe], Buffer.from(call('{}'), 'utf16le').toString('latin1')),
    'an overlong slash': bytes('{"a":"', [0xc0, 0xaf], '"}'),
    'an overlong NUL': bytes('{"a":"', [0xc0, 0x80], '"}'),
    'a surrogate in UTF-8': bytes('{"a":"', [0xed, 0xa0, 0x80], '"}'),
    'a pair of surrogates in UTF-8': bytes('{"a":"', [0xed, 0xa0, 0xbd, 0xed, 0xb2, 0xa9], '"}'),
    'a code point beyond the last': bytes('{"a":"', [0xf4, 0x90, 0x80, 0x80], '"}'),
    'Latin-1': bytes('{"a":"Malm', [0xf6], '"}'),
    'a sequence cut short': bytes('{"a":"', [0xe2, 0x82], '"}'),
    'a lone high surrogate': call('{"a":"\\ud800"}'),
    'a lone surrogate in a key': call('{"\\udc00":1}'),
    'surrogates the wrong way round': call('{"a":"\\udca9\\ud83d"}'),
    'two high surrogates': call('{"a":"\\ud83d\\ud83d"}'),
  },
  WRIT_JSON_NUMBER: {
    'an argument no double holds': call('{"a":9007199254740993}'),
    'an argument beyond all doubles': call('{"a":1e999}'),
    'an argument below all doubles': call('{"a":-1e999}'),
    'a thousand digits': call(`{"a":${'7'.repeat(1_000)}}`),
    'an id beyond all doubles': '{"jsonrpc":"2.0","id":1e999,"method":"ping"}',
  },
  WRIT_JSON_DEPTH: {
    'objects in objects': call(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`),
    'lists that never end': '['.repeat(100_000),
    'objects that never end': '{"a":'.repeat(100_000),
  },
  WRIT_MESSAGE_INVALID: {
    'a message in a string': JSON.stringify(call('{}')),
    null: 'null',
    'a number': '1',
    'an id that is an object': '{"jsonrpc":"2.0","id":{},"method":"ping"}',
    'an id that is a list': '{"jsonrpc":"2.0","id":[1],"method":"ping"}',
    'an id that is true': '{"jsonrpc":"2.0","id":true,"method":"ping"}',
    'a version that is a number': '{"jsonrpc":2.0,"id":1,"method":"ping"}',
    'a method of no letters': '{"jsonrpc":"2.0","id":1,"method":""}',
    'a batch in a later version': `[${call('{}')}]`,
    'a batch in a batch': `[[${call('{}')}]]`,
  },
};

for (const [code, bodies] of Object.entries(refused))
  describe(`is refused by ${code} and reaches no server`, () => {
    for (const [name, body] of Object.entries(bodies))
      test(name, async () => {
        const { status, last } = await sent(body);
        assert.deepEqual([last.error?.data?.code, status], [code, 400]);
        assert.deepEqual(gateway.stub.seen, []);
      });
  });

describe('is carried byte for byte', () => {
  const carried: Record<string, string> = {
    'names that every object has': call(
      '{"__proto__":{"limit":99},"constructor":{"prototype":{"limit":99}},"toString":1}',
    ),
    'names of numbers, out of order': call('{"10":1,"9":2,"b":3,"a":4,"":5}'),
    'numbers in other spellings': call('{"a":1.0,"b":1e0,"c":-0,"d":1E+2,"e":0.10}'),
    'escapes in other spellings': call('{"\\u0061":"\\/\\u00e9\\ud83d\\udca9"}'),
    'white space': call('{ "a" :\t[ 1 ,\r\n 2 ] }'),
    'nesting up to the limit': call(`${'['.repeat(61)}${']'.repeat(61)}`.replace(/^(.*)$/, '{"a":$1}')),
    'characters that end lines in JavaScript': call('{"a":"\u2028\u2029\u0085"}'),
    'characters that are none': call('{"a":"\ufffe\uffff\ufeff"}'),
    'a name of the protocol in its arguments': call('{"method":"tools/call","Params":{"name":"wipe"}}'),
  };
  for (const [name, body] of Object.entries(carried))
    test(name, async () => {
      const { last } = await sent(body);
      assert.equal(last.error, undefined);
      assert.deepEqual(
        gateway.stub.seen.map((seen) => seen.body),
        [body],
      );
      assert.equal(Object.hasOwn(Object.prototype, 'limit'), false);
    });

  test('and what looks like an inherited argument is none to policy', async () => {
    const { last } = await sent(call('{"__proto__":{"limit":99}}'), 'guarded');
    assert.equal(last.result?.isError, undefined);
    assert.equal(gateway.stub.seen.length, 1);
  });
});

describe('an id comes back as it was sent', () => {
  const ids = ['1', '"1"', '0', '-1', '"0"', '""', '9007199254740991', '"\\u0031"', '"é\\n"', `"${'x'.repeat(1_000)}"`];
  for (const id of ids)
    test(id.slice(0, 20), async () => {
      const answers = [];
      for (const method of ['ping', 'tools/call'])
        for (const server of ['open', 'guarded'])
          answers.push(
            await sent(`{"jsonrpc":"2.0","id":${id},"method":"${method}","params":{"name":"nothing"}}`, server),
          );
      for (const { last } of answers) assert.strictEqual(last.id, JSON.parse(id));
    });

  test('in another spelling, as the number it is', async () => {
    for (const id of ['1.0', '1e0', '10e-1'])
      assert.strictEqual((await sent(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`)).last.id, 1);
  });

  test('the same, or nearly the same, of calls at once leads to each its own answer', async () => {
    const held: (() => void)[] = [];
    const echo: Conduct = (received, response) =>
      void held.push(() => result(toolResult(received.message.params?.arguments ?? {}))(received, response));
    gateway.stub.conduct = echo;
    const ids = ['1', '"1"', '1', '"1"', '1.0'];
    const asked = ids.map((id, n) =>
      gateway.ask({
        era: 'legacy',
        persona: n % 2 === 0 ? 'support-agent' : 'ci-job',
        body: `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"echo","arguments":{"n":${n}}}}`,
      }),
    );
    while (held.length < ids.length) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const answer of held.reverse()) answer();
    for (const [n, { last }] of (await Promise.all(asked)).entries()) {
      assert.strictEqual(last.id, JSON.parse(ids[n] ?? ''));
      assert.deepEqual(last.result?.structuredContent, { n });
    }
  });
});

describe('a name in other letters than its own is another name, which nothing allows', () => {
  const tools = [
    'Secret',
    'SECRET',
    'secret ',
    ' secret',
    'secret\0',
    '\u017fecret',
    's\u0435cret',
    'secret\u200b',
    'Echo',
    'ECHO',
    'e\u0301cho',
    './echo',
    'guarded/echo',
    '',
    '__proto__',
    'constructor',
  ];
  for (const name of tools)
    test(`the tool ${JSON.stringify(name)}`, async () => {
      const { last } = await gateway.call('guarded', {}, { era: 'legacy', tool: name });
      assert.ok(last.result?.isError ?? last.error, JSON.stringify(last));
      assert.deepEqual(gateway.stub.seen, []);
    });

  const methods = [
    'Tools/call',
    'tools/Call',
    'TOOLS/CALL',
    'tools/call ',
    ' tools/call',
    'tools/call\0',
    'tools//call',
    'tools\\call',
    'tools%2fcall',
    'tools.call',
    'rpc.tools/call',
    'session/listen',
  ];
  for (const method of methods)
    test(`the method ${JSON.stringify(method)}`, async () => {
      const { last } = await gateway.ask({
        server: 'guarded',
        era: 'legacy',
        rpc: method,
        params: { name: 'echo', arguments: {} },
      });
      assert.ok(last.error, JSON.stringify(last));
      assert.deepEqual(gateway.stub.seen, []);
    });
});
