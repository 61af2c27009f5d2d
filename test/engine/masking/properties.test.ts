import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../engine/json/types.ts';
import type { MaskField, Strategy } from '../../../engine/policy/types.ts';
import { both, mask, resultOf } from './support.ts';

const seed = { seed: 20261122, numRuns: 600 };
const name = fc.constantFrom('a', 'b', 'c', 'd');
const strategy = fc.constantFrom<Strategy>('redact', 'partial', 'null', 'drop', 'hash');
const path = fc
  .array(fc.constantFrom('.a', '.b', '.c', '[*]', '.*', '[0]', '[-1]', '[1:]', '..a', '..b', "['c','d']"), {
    minLength: 1,
    maxLength: 4,
  })
  .map((segments) => `$${segments.join('')}`);

/** Values nobody else holds: each is a canary that sings if it is seen. */
const canary = fc.integer({ min: 0, max: 999_999 }).map((number) => `canary-${number}@example.com`);
const leaf = fc.oneof(
  canary,
  canary.map((text) => `see ${text.toUpperCase()}, thanks`),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const document = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(name, canary), tie('node')), { maxLength: 4 })
      .map((members) => Object.fromEntries(members)),
  ),
})).node;
const structured = fc
  .array(fc.tuple(name, document), { maxLength: 4 })
  .map((members) => Object.fromEntries(members) as Json);
const writer = fc.constantFrom(
  (value: Json) => JSON.stringify(value),
  (value: Json) => JSON.stringify(value, null, 1),
  (value: Json) => JSON.stringify(value).replace(/[^ -~]/g, '?'),
);

/** Every canary at or below the nodes that json-p3 says a path selects. */
async function masked(value: Json, masks: MaskField[]): Promise<Set<string>> {
  const { query } = await import('json-p3');
  const found = new Set<string>();
  for (const { path = '' } of masks) {
    for (const node of query(path, value).values()) {
      // Leaves alone: names below a node that keeps its shape are not what the mask is on.
      JSON.stringify(node, (_key, item: unknown) => {
        if (typeof item === 'string' && /^canary-\d+@example\.com$/.test(item)) found.add(item);
        return item;
      });
    }
  }
  return found;
}

test('no masked value is anywhere in what is shown', async () => {
  const masks = fc.array(fc.tuple(path, strategy), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(structured, masks, writer, async (value, list, write) => {
      const fields = list.map(([text, strategy]) => mask(text, strategy));
      const prose = `All of it: ${JSON.stringify(value)}`;
      const result = {
        ...(both(value, write) as object),
        content: [
          { type: 'text', text: write(value) },
          { type: 'text', text: prose },
        ],
      };
      const { text } = resultOf(result as Json, fields);
      for (const canary of await masked(value, fields)) {
        // A longer number may end in a shorter one: canary-1 is within canary-12 only up to the @.
        assert.ok(!text.toLowerCase().includes(canary), `${canary} in ${text}`);
      }
    }),
    seed,
  );
});

test('no masked value is anywhere in a resource, a prompt or a task, nor in what stands beside them', async () => {
  const masks = fc.array(fc.tuple(path, strategy), { minLength: 1, maxLength: 3 });
  const named = fc.constantFrom('resources/read', 'prompts/get', 'tasks/get', 'tasks/result');
  await fc.assert(
    fc.asyncProperty(structured, masks, writer, named, async (value, list, write, method) => {
      const fields = list.map(([text, strategy]) => mask(text, strategy));
      const prose = `All of it: ${JSON.stringify(value)}`;
      const content = [write(value), prose].map((text) => ({ type: 'text', text, _meta: { prose } }));
      const results: Record<string, Json> = {
        'resources/read': { contents: content.map(({ text }) => ({ uri: `crm://${prose}`, text })), prose },
        'prompts/get': {
          description: prose,
          messages: content.map((item) => ({ role: 'user', content: item, prose })),
        },
        'tasks/get': { taskId: 't', status: 'failed', statusMessage: prose, result: { content }, error: { prose } },
        'tasks/result': { content, structuredContent: value, _meta: { prose } },
      };
      const { text } = resultOf(results[method] ?? null, fields, method);
      for (const canary of await masked(value, fields)) {
        assert.ok(!text.toLowerCase().includes(canary), `${canary} in ${text}`);
      }
    }),
    seed,
  );
});

test('masking what is masked changes nothing more', () => {
  const stable = fc.constantFrom<Strategy>('redact', 'partial', 'null');
  const masks = fc.array(fc.tuple(path, stable), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(structured, masks, (value, list) => {
      const fields = list.map(([text, strategy]) => mask(text, strategy));
      const once = resultOf(both(value), fields);
      assert.equal(resultOf(once.text, fields).text, once.text);
    }),
    seed,
  );
});

test('the order of masks makes no difference to what is shown', () => {
  const masks = fc.array(fc.tuple(path, strategy), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(structured, masks, (value, list) => {
      const fields = list.map(([text, strategy]) => mask(text, strategy));
      assert.equal(resultOf(both(value), fields).text, resultOf(both(value), fields.toReversed()).text);
    }),
    seed,
  );
});

test('what no mask selects, and no masked value recurs in, is shown as it was', () => {
  fc.assert(
    fc.property(structured, (value) => {
      const shown = resultOf(both(value), [mask('$.nothing.here')]);
      assert.deepEqual(shown.value, both(value));
      assert.deepEqual(shown.applied, []);
    }),
    seed,
  );
});
