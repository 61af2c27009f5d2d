import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { linesOf } from '../../../cli/bridge/lines.ts';

async function read(chunks: readonly (string | Buffer)[], limit: number): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const line of linesOf(Readable.from(chunks.map((each) => Buffer.from(each))), limit))
    found.push(line.kind === 'line' ? line.bytes.toString() : { tooLarge: line.id });
  return found;
}

test('lines are cut wherever chunks end, CRLF and empty lines too, and a last one counts without its end', async () => {
  const text = '{"a":1}\r\n\n  \n{"ä":2}\n{"c":3}';
  for (const size of [1, 2, 3, 7, 100]) {
    const bytes = Buffer.from(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    assert.deepEqual(await read(chunks, 50), ['{"a":1}', '{"ä":2}', '{"c":3}'], `${size} bytes at once`);
  }
});

test('of a line beyond the limit nothing is kept but the id of its request, wherever that stands', async () => {
  const filler = 'x'.repeat(200);
  const cases: [string, string | undefined][] = [
    [`{"jsonrpc":"2.0","id":7,"method":"m","params":{"id":8,"t":"${filler}"}}`, '7'],
    [`{"jsonrpc":"2.0","method":"m","params":{"t":"${filler}","id":8},"id":"a\\"b"}`, '"a\\"b"'],
    [`{ "params" : ["id",{"id":1},"${filler}"] , "id" : 9007199254740993 , "method":"m" }`, '9007199254740993'],
    [`{"method":"m","id":"ä","t":"${filler}"}`, '"ä"'],
    [`{"method":"m","t":"\\"id\\":5,${filler}"}`, undefined],
    [`{"id":5,"result":{"method":"${filler}"}}`, undefined],
    [`{"method":"m","id":{"id":5},"t":"${filler}"}`, undefined],
    [`{"method":"m","id":"${'y'.repeat(3000)}"}`, undefined],
    [`[{"id":5,"method":"${filler}"}]`, undefined],
    [`"id":5 ${filler}`, undefined],
  ];
  for (const [line, id] of cases)
    for (const size of [1, 5, 5000]) {
      const bytes = Buffer.from(`${line}\n{}\n`);
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      assert.deepEqual(await read(chunks, 100), [{ tooLarge: id }, '{}'], line.slice(0, 60));
    }
});
