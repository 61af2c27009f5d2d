import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import { ArgumentNames, namesReadBy } from '../../../engine/policy/argument-names.ts';
import type { BuildData } from '../../../engine/policy/types.ts';

const read = (...paths: string[]) => ArgumentNames.ofReads(paths.map((path) => `input.call.arguments.${path}`));
const refuses = (args: JsonObject, ...all: ArgumentNames[]) => {
  try {
    ArgumentNames.refuseTwins(args, all);
    return false;
  } catch (error) {
    assert.equal(Reflect.get(Object(error), 'code'), 'WRIT_ARGUMENT_NAME');
    assert.equal(Reflect.get(Object(error), 'detail'), undefined);
    return true;
  }
};

describe('a name that is a known one but for letter case is refused', () => {
  for (const [known, sent] of [
    ['amount', 'Amount'],
    ['amount', 'AMOUNT'],
    ['customerId', 'customerid'],
    ['task', 'ta\u017fk'],
    ['k', '\u212a'],
    ['"größe"', 'GRÖSSE'.replace('SS', 'ß')],
    ['"a.b"', 'A.b'],
  ] as const) {
    test(`${known}, sent as ${JSON.stringify(sent)}`, () => {
      assert.equal(refuses({ [sent]: 1 }, read(known)), true);
      assert.equal(refuses({ other: 1, [sent]: null }, read(known)), true);
    });
  }

  test('at each level that is named, behind computed parts too, and nowhere else', () => {
    const names = read('filter.region', 'rows.*.amount', 'list.0.id');
    for (const args of [
      { filter: { Region: 1 } },
      { Filter: {} },
      { rows: [{ amount: 1 }, { Amount: 2 }] },
      { rows: { any: { AMOUNT: 1 } } },
      { list: [{ ID: 1 }] },
    ])
      assert.equal(refuses(args, names), true, JSON.stringify(args));
    for (const args of [
      { filter: { region: 1, Amount: 1 } },
      { Region: 1 },
      { rows: [{ amount: 1, Region: 2 }] },
      { list: [{ id: 1 }, { ID: 1 }] },
      { other: { Amount: 1, filter: { Region: 1 } } },
      {},
    ])
      assert.equal(refuses(args, names), false, JSON.stringify(args));
  });

  test('also one that only the tool knows, wherever its schema declares it', () => {
    const amount = { properties: { amount: { type: 'number' } } };
    const schemas: [Json, JsonObject][] = [
      [amount, { Amount: 1 }],
      [{ properties: { rows: { type: 'array', items: amount } } }, { rows: [{ Amount: 1 }] }],
      [{ additionalProperties: amount }, { any: { Amount: 1 } }],
      [{ oneOf: [{}, { allOf: [amount] }] }, { Amount: 1 }],
    ];
    for (const [schema, args] of schemas)
      assert.equal(refuses(args, ArgumentNames.ofSchema(schema)), true, JSON.stringify(schema));
  });
});

test('a name may stand that somebody knows as it is written', () => {
  const declared = ArgumentNames.ofSchema({ properties: { Region: {}, amount: {} } });
  assert.equal(refuses({ Region: 'eu', amount: 1 }, read('region'), declared), false);
  assert.equal(refuses({ REGION: 'eu' }, read('region'), declared), true);
});

test('what is no schema names nothing, and one without end is not read to its end', () => {
  for (const schema of [undefined, null, true, 'x', [], { properties: [] }, { properties: { a: null }, items: 1 }])
    assert.equal(refuses({ Other: 1 }, ArgumentNames.ofSchema(schema)), false);
  const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`p${index}`, {}]));
  assert.equal(refuses({ P1: 1 }, ArgumentNames.ofSchema({ properties: wide })), true);
});

test('rules of other servers name nothing here', () => {
  const build: BuildData = {
    contract: 1,
    packs: {},
    result_packs: {},
    reads: {},
    rules: {},
    inputs: [],
    arguments: { '*': ['input.call.arguments.a'], crm: ['input.call.arguments.b'] },
    tools: {},
  };
  assert.equal(refuses({ A: 1 }, namesReadBy(build, 'crm')), false);
  assert.equal(refuses({ B: 1 }, namesReadBy(build, 'crm')), true);
  assert.equal(refuses({ A: 1 }, namesReadBy(build, 'other')), true);
  assert.equal(refuses({ A: 1 }, namesReadBy(build, 'constructor')), true);
});
