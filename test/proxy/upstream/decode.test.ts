import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createDeflate,
  createGzip,
  createZstdCompress,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import type { WritError } from '../../../engine/errors.ts';
import { codingOf, Decoder } from '../../../proxy/upstream/decode.ts';
import { until } from '../../support/until.ts';

const quick = { [constants.BROTLI_PARAM_QUALITY]: 4 };
const encoders = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: (bytes: string | Buffer) => brotliCompressSync(bytes, { params: quick }),
  zstd: zstdCompressSync,
};
const flushing = {
  gzip: () => createGzip({ flush: constants.Z_SYNC_FLUSH }),
  deflate: () => createDeflate({ flush: constants.Z_SYNC_FLUSH }),
  br: () => createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH, params: quick }),
  zstd: () => createZstdCompress({ flush: constants.ZSTD_e_flush }),
};

/** A decoder whose sink keeps what it is given. */
function decoder(coding: string) {
  const chunks: Buffer[] = [];
  const flow: string[] = [];
  const { promise, resolve } = Promise.withResolvers<'end' | WritError>();
  let ends = 0;
  const over = (how: 'end' | WritError) => {
    ends++;
    resolve(how);
  };
  const made = new Decoder(
    coding,
    { pause: () => flow.push('pause'), resume: () => flow.push('resume') },
    { data: (chunk) => chunks.push(chunk), end: () => over('end'), refuse: over },
  );
  const text = () => Buffer.concat(chunks).toString('utf8');
  const size = () => chunks.reduce((sum, { length }) => sum + length, 0);
  return { decoder: made, chunks, flow, over: promise, text, size, ends: () => ends };
}

async function refuses(coding: string, ...chunks: Uint8Array[]): Promise<void> {
  const { decoder: made, over } = decoder(coding);
  for (const chunk of chunks) made.feed(chunk);
  made.end();
  const how = await over;
  assert.ok(how !== 'end', `${coding} was taken`);
  assert.equal(how.code, 'WRIT_UPSTREAM_INVALID');
}

const answer = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'Malmö 💥' }] } });

for (const [coding, encode] of Object.entries(encoders))
  describe(`a body in ${coding}`, () => {
    const coded = encode(answer);

    test('is decoded, in one piece or byte by byte', async () => {
      for (const chunks of [[coded], [...coded].map((byte) => Uint8Array.of(byte))]) {
        const { decoder: made, over, text, ends } = decoder(coding);
        for (const chunk of chunks) made.feed(chunk);
        made.end();
        assert.deepEqual([await over, text(), ends()], ['end', answer, 1]);
      }
    });

    test('that ends early is refused, wherever it ends', async () => {
      for (let length = 1; length < coded.length; length++) await refuses(coding, coded.subarray(0, length));
    });

    test('that goes on after its end is refused', async () => {
      const more = [Buffer.from('{"jsonrpc":"2.0"}'), Buffer.alloc(8), ...(coding === 'zstd' ? [] : [encode('{}')])];
      for (const part of more) {
        await refuses(coding, Buffer.concat([coded, part]));
        await refuses(coding, coded, part);
        const { decoder: made, over, text } = decoder(coding);
        made.feed(coded);
        await until(() => text() === answer, 'the answer is decoded');
        made.feed(part);
        made.end();
        assert.notEqual(await over, 'end');
      }
    });

    test('that is none is refused', async () => {
      for (const bytes of [answer, 'junk', '\0', '\u001f\u008b']) await refuses(coding, Buffer.from(bytes, 'latin1'));
    });

    test('of no bytes at all is nothing', async () => {
      const { decoder: made, over, size } = decoder(coding);
      made.end();
      assert.deepEqual([await over, size()], ['end', 0]);
    });

    test('that is a bomb is refused while little of it is decoded', async () => {
      const bomb = encode(Buffer.alloc((256 * 1_048_576) / 4));
      const { decoder: made, over, size, ends } = decoder(coding);
      made.feed(bomb);
      made.end();
      const how = await over;
      assert.ok(how !== 'end');
      assert.equal(how.code, 'WRIT_UPSTREAM_INVALID');
      assert.ok(size() <= 1_048_576 + 250 * bomb.length);
      const seen = size();
      await new Promise(setImmediate);
      assert.deepEqual([size(), ends()], [seen, 1]);
    });
  });

for (const [coding, create] of Object.entries(flushing))
  describe(`a stream in ${coding}`, () => {
    test('shows each event as it was flushed', async () => {
      const { decoder: made, over, text } = decoder(coding);
      const encoder = create();
      encoder.on('data', (chunk: Buffer) => made.feed(chunk)).on('end', () => made.end());
      let expected = '';
      for (let count = 0; count < 5; count++) {
        expected += `data: {"n":${count}}\n\n`;
        encoder.write(`data: {"n":${count}}\n\n`);
        await until(() => text() === expected, 'the event is shown');
      }
      encoder.end();
      assert.equal(await over, 'end');
    });

    test('holds its server back while it is paused, and gives everything in its order after', async () => {
      const { decoder: made, over, flow, text, size } = decoder(coding);
      const lines = Array.from({ length: 40_000 }, (_, n) => `data: ${n * 7919} ${(n * 104_729) % 99_991}\n\n`).join(
        '',
      );
      const encoder = create();
      const coded: Buffer[] = [];
      encoder.on('data', (chunk: Buffer) => coded.push(chunk)).end(lines);
      await once(encoder, 'end');
      made.pause();
      const bytes = Buffer.concat(coded);
      for (let at = 0; at < bytes.length; at += 8_192) made.feed(bytes.subarray(at, at + 8_192));
      made.end();
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      assert.equal(flow[0], 'pause');
      assert.ok(size() <= 65_536, `${size()} bytes came while it was paused`);
      made.resume();
      assert.equal(await over, 'end');
      assert.ok(text() === lines);
    });
  });

test('a decoder that is let go says no more', async () => {
  for (const [coding, encode] of Object.entries(encoders)) {
    const { decoder: made, size, ends } = decoder(coding);
    made.feed(encode(answer));
    made.destroy();
    made.feed(encode(answer));
    made.end();
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    assert.deepEqual([size(), ends()], [0, 0]);
  }
});

test('zstd with a window larger than HTTP allows is refused', async () => {
  const params = { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_enableLongDistanceMatching]: 1 };
  const encoder = createZstdCompress({ params });
  const chunks: Buffer[] = [];
  encoder.on('data', (chunk: Buffer) => chunks.push(chunk));
  encoder.write(answer);
  encoder.end();
  await once(encoder, 'end');
  await refuses('zstd', ...chunks);
});

test('deflate is that of RFC 9110, with its checksum', () => refuses('deflate', deflateRawSync(answer)));

describe('the coding of an answer', () => {
  test('is one that is known, whatever its letter case', () => {
    for (const header of ['gzip', 'GZIP', ' br ', 'x-gzip', 'deflate', 'Zstd'])
      assert.equal(codingOf(header), header.trim().toLowerCase());
  });

  test('is none where it says identity, or nothing', () => {
    for (const header of [undefined, 'identity', 'Identity']) assert.equal(codingOf(header), undefined);
  });

  test('that is unknown, empty, or one of several is refused', () => {
    const refused: (string | string[])[] = [
      '',
      'compress',
      'gzip, br',
      'gzip,gzip',
      'identity, gzip',
      'gzip;q=1',
      'aes128gcm',
      '*',
      '__proto__',
      ['gzip', 'br'],
      ['gzip'],
    ];
    for (const header of refused)
      assert.throws(() => codingOf(header), { name: 'WritError', code: 'WRIT_UPSTREAM_INVALID' }, String(header));
  });
});
