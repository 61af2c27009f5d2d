import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, afterEach, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { WritError } from '../../../engine/errors.ts';
import type { PresidioConfig } from '../../../proxy/config/types.ts';
import { Presidio } from '../../../proxy/detectors/presidio.ts';
import { type Analyzer, answer, startAnalyzer } from '../../support/presidio.ts';

const text = 'yesterday vexa brontil called twice';
const opened: Presidio[] = [];
let analyzer: Analyzer;

function presidio(more: Partial<PresidioConfig> = {}): Presidio {
  const config = { url: analyzer.url, language: 'en', score_threshold: 0.5, timeout: 5_000 };
  const one = new Presidio({ ...config, ...more });
  opened.push(one);
  return one;
}

/** What is found in a text, as it says there. */
async function said(of: string, more: Partial<PresidioConfig> = {}): Promise<[string, string][]> {
  const found = (await presidio(more).find([of])).get(of) ?? assert.fail('nobody looked');
  return found.map(({ start, end, type }) => [type, of.slice(start, end)]);
}

/** Refused by one code, which says nothing of the text. */
async function refused(asking: Promise<unknown>, code = 'WRIT_DETECTOR_UNAVAILABLE'): Promise<void> {
  const error = await asking.then(
    () => assert.fail('it was taken'),
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof WritError, inspect(error));
  assert.equal(error.code, code);
  assert.doesNotMatch(inspect(error, { depth: 9 }), /vexa|brontil|yesterday/);
}

describe('Presidio', () => {
  before(async () => {
    analyzer = await startAnalyzer({ 'vexa brontil': 'PERSON' });
  });
  afterEach(() => {
    analyzer.conduct = undefined;
    analyzer.asked.length = 0;
    analyzer.paths.length = 0;
  });
  after(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await analyzer.close();
  });

  test('is asked about a text as its REST API has it', async () => {
    assert.deepEqual(await said(text), [['PERSON', 'vexa brontil']]);
    assert.deepEqual(JSON.stringify(analyzer.asked), JSON.stringify([{ text, language: 'en', score_threshold: 0.5 }]));
    assert.deepEqual(analyzer.paths, ['POST /analyze']);
    await said(text, { url: `${analyzer.url}/pii/`, language: 'de', entities: ['PERSON', 'LOCATION'] });
    const [, ...more] = analyzer.paths;
    assert.deepEqual(more.sort(), ['GET /pii/supportedentities?language=de', 'POST /pii/analyze']);
    assert.deepEqual(analyzer.asked[1]?.entities, ['PERSON', 'LOCATION']);
    assert.equal(analyzer.asked[1]?.language, 'de');
    assert.deepEqual(await said(text, { entities: ['LOCATION'] }), []);
  });

  test('refuses while Presidio leaves out an entity that is configured, which it does not say', async () => {
    const one = presidio({ entities: ['PERSON', 'UK_NINO'] });
    await refused(one.find([text]));
    analyzer.entities.add('UK_NINO');
    assert.equal((await one.find([text])).get(text)?.length, 1);
    analyzer.entities.delete('PERSON');
    await refused(one.find([text]));
    analyzer.entities.add('PERSON');
    analyzer.entities.delete('UK_NINO');
  });

  test('refuses an answer of no list of entities', async () => {
    for (const wrong of [{ error: text }, 'PERSON', [['PERSON']], [null], 7]) {
      analyzer.supported = () => wrong;
      await refused(presidio({ entities: ['PERSON'] }).find([text]));
    }
    analyzer.supported = undefined;
  });

  test('counts code points, which are found again in the text', async () => {
    for (const before of ['', '😀', '𝒳 é é ', '👩‍👩‍👧 für ', 'half \ud83d of one ', 'ﬁ \u{10ffff}\u0000 '])
      assert.deepEqual(await said(`${before}vexa brontil 😀 and vexa brontil`), [
        ['PERSON', 'vexa brontil'],
        ['PERSON', 'vexa brontil'],
      ]);
    analyzer.words.set('żółć 😀 ñ', { entity: 'LOCATION', score: 1 });
    assert.deepEqual(await said('😀 in żółć 😀 ñ'), [['ADDRESS', 'żółć 😀 ñ']]);
  });

  test('names what it finds in its own way; what has no type here, or little score, does not count', async () => {
    const entities = {
      EMAIL_ADDRESS: 'EMAIL',
      PHONE_NUMBER: 'PHONE',
      LOCATION: 'ADDRESS',
      CREDIT_CARD: 'CREDIT_CARD',
      IBAN_CODE: 'IBAN',
      IP_ADDRESS: 'IP_ADDRESS',
      ES_NIF: 'ES_DNI',
      DE_TAX_ID: 'DE_STEUERID',
      UK_PASSPORT: 'PASSPORT',
      UK_POSTCODE: 'ADDRESS',
    };
    const others = ['DATE_TIME', 'NRP', 'ORGANIZATION', 'URL', 'UUID', 'SOMETHING_OF_THEIR_OWN'];
    analyzer.conduct = (response) =>
      answer(response, 200, [
        ...[...Object.keys(entities), ...others].map((entity_type, start) => ({
          entity_type,
          start,
          end: start + 1,
          score: 1,
        })),
        { entity_type: 'PERSON', start: 0, end: 4, score: 0.49 },
      ]);
    assert.deepEqual(
      (await said(text)).map(([type]) => type),
      Object.values(entities),
    );
  });

  test('looks into all texts of a message, few at once, however many messages there are', async () => {
    analyzer.conduct = (response) => setTimeout(() => answer(response, 200, []), 2);
    const one = presidio();
    const texts = Array.from({ length: 40 }, (_, index) => `${text} ${index}`);
    const all = await Promise.all([one.find(texts), one.find(texts.map((each) => `${each}.`))]);
    assert.deepEqual(
      all.map(({ size }) => size),
      [40, 40],
    );
    assert.ok(analyzer.most() > 1 && analyzer.most() <= 8, String(analyzer.most()));
    assert.deepEqual(await one.find([]), new Map());
  });

  const item = { entity_type: 'PERSON', start: 10, end: 22, score: 0.85 };
  const [length] = [[...text].length];
  const malformed: Record<string, unknown> = {
    'an object': { found: [] },
    null: null,
    'an item that is none': [null],
    'an item without a type': [{ ...item, entity_type: undefined }],
    'a score above one': [{ ...item, score: 1.5 }],
    'a score that is a text': [{ ...item, score: '0.85' }],
    'no end': [{ ...item, end: undefined }],
    'an end beyond the text': [{ ...item, end: length + 1 }],
    'a start below nothing': [{ ...item, start: -1 }],
    'an end before its start': [{ ...item, start: 22, end: 10 }],
    'nothing between': [{ ...item, start: 10, end: 10 }],
    'half a character': [{ ...item, start: 10.5 }],
    'one bad item behind a good one': [item, { ...item, end: 1e9 }],
    'bad offsets of what does not count': [{ ...item, entity_type: 'NRP', end: 1e9 }],
    'an error': { error: text },
    'very many items': Array(10_001).fill(item),
  };
  for (const [what, value] of Object.entries(malformed))
    test(`refuses an answer that is malformed: ${what}`, async () => {
      analyzer.conduct = (response) => answer(response, 200, value);
      await refused(presidio().find([text]));
    });

  const head = { 'content-type': 'application/json' };
  const failures: Record<string, (response: ServerResponse) => void> = {
    'status 500': (response) => answer(response, 500, { error: text }),
    'status 422': (response) => answer(response, 422, { error: text }),
    'status 204': (response) => response.writeHead(204).end(),
    'a redirection': (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
    'JSON that is cut off': (response) => response.writeHead(200, head).end('[{"entity_type":"PERSON","start":10'),
    'nothing at all': (response) => response.writeHead(200, head).end(),
    'no UTF-8': (response) => response.writeHead(200, head).end(Buffer.from([0x5b, 0xff, 0x5d])),
    'a huge answer': (response) => response.writeHead(200, head).end(`[${' '.repeat(2_000_000)}]`),
    'a connection that breaks': (response) => response.destroy(),
    'a body that breaks': (response) => response.writeHead(200, head).write('[', () => response.destroy()),
  };
  for (const [what, conduct] of Object.entries(failures))
    test(`refuses: ${what}`, async () => {
      analyzer.conduct = conduct;
      await refused(presidio().find([text]));
    });

  test('refuses what takes too long, before the answer or within it', async () => {
    analyzer.conduct = () => {};
    await refused(presidio({ timeout: 50 }).find([text]));
    analyzer.conduct = (response) => void response.writeHead(200, head).write('[');
    await refused(presidio({ timeout: 50 }).find([text]));
  });

  test('refuses a message of which each text takes a little, and all of them too long', async () => {
    analyzer.conduct = (response) => setTimeout(() => answer(response, 200, []), 40);
    const texts = Array.from({ length: 400 }, (_, index) => `${text} ${index}`);
    await refused(presidio({ timeout: 100 }).find(texts));
  });

  test('refuses where nobody listens, and goes on once somebody does', async () => {
    await refused(presidio({ url: 'http://127.0.0.1:1' }).find([text]));
    analyzer.conduct = (response) => response.destroy();
    const one = presidio();
    await refused(one.find([text]));
    analyzer.conduct = undefined;
    assert.equal((await one.find([text])).get(text)?.length, 1);
  });

  test('refuses the whole message for one text', async () => {
    analyzer.conduct = (response, { text }) => answer(response, text.endsWith('7') ? 500 : 200, []);
    await refused(presidio().find(Array.from({ length: 9 }, (_, index) => `${text} ${index}`)));
  });

  test('is not asked about more than it is to look into', async () => {
    const many = Array.from({ length: 2_001 }, (_, index) => `${text} ${index}`);
    await refused(presidio().find(many), 'WRIT_MASK_FAILED');
    await refused(presidio().find(['a name '.repeat(142_858)]), 'WRIT_MASK_FAILED');
    assert.equal(analyzer.asked.length, 0);
  });
});
