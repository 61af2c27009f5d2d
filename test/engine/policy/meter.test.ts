import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import { meter } from '../../../engine/policy/meter.ts';
import { assemble, br, brIf, constant, drop, end, get, i32, loop, name, type Parts } from './assemble.ts';

type Run = { run: (value: number) => number; fuel: { value: number } };

function start(parts: Parts): Run {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const env = { memory, base: 7, call: (value: number) => value };
  return new WebAssembly.Instance(new WebAssembly.Module(meter(assemble(parts))), { env }).exports as Run;
}

/** What one call gives and costs; `trap` where it runs out. */
function cost(parts: Parts, argument: number, fuel = 1_000_000): { result: number | 'trap'; used: number } {
  const exports = start(parts);
  exports.fuel.value = fuel;
  let result: number | 'trap';
  try {
    result = exports.run(argument);
  } catch (error) {
    assert.ok(error instanceof Error && error.message === 'unreachable', String(error));
    result = 'trap';
  }
  return { result, used: fuel - exports.fuel.value };
}

function refused(module: Uint8Array, detail: RegExp): void {
  assert.throws(
    () => meter(module),
    (error) => error instanceof WritError && error.code === 'WRIT_BUNDLE_INVALID' && detail.test(error.detail ?? ''),
  );
}

/** Counts its argument down to zero: a loop of as many turns. */
const countDown = [loop, 0x40, ...get(0), 0x41, 1, 0x6b, 0x22, 0, brIf, 0, end, ...get(0)];

describe('what is charged', () => {
  test('a function entry costs one', () => {
    assert.deepEqual(cost({}, 5), { result: 5, used: 1 });
  });

  test('each turn of a loop costs one', () => {
    assert.deepEqual(cost({ code: countDown }, 100), { result: 0, used: 101 });
  });

  test('a loop that never ends traps when the fuel is gone, every time at the same point', () => {
    const forever = { code: [loop, 0x40, br, 0, end, ...get(0)] };
    assert.deepEqual(cost(forever, 0, 5000), { result: 'trap', used: 5001 });
    assert.deepEqual(cost(forever, 0, 5000), { result: 'trap', used: 5001 });
  });

  test('recursion costs one a call', () => {
    assert.deepEqual(cost({ code: [...get(0), 0x10, 0] }, 0, 900), { result: 'trap', used: 901 });
  });

  test('a loop nested in unreachable code is metered and still valid', () => {
    assert.deepEqual(cost({ code: [...get(0), 0x0f, loop, i32, 0x00, end] }, 3), { result: 3, used: 1 });
  });

  test('filling and copying memory cost one for each 64 bytes', () => {
    const fill = [...constant(0), ...constant(1), ...get(0), 0xfc, 11, 0];
    assert.deepEqual(cost({ code: [...fill, ...get(0)] }, 6400), { result: 6400, used: 101 });
    const copy = [...constant(0), ...constant(0), ...get(0), 0xfc, 10, 0, 0];
    assert.deepEqual(cost({ code: [...copy, ...get(0)] }, 6400), { result: 6400, used: 101 });
  });

  test('straight code costs one for each 4 KiB', () => {
    const nops = (count: number) => Array<number>(count).fill(0x01);
    assert.equal(cost({ code: [...nops(4095), ...get(0)] }, 1).used, 2);
    assert.equal(cost({ code: [...nops(20_000), ...get(0)] }, 1).used, 5);
    assert.equal(cost({ code: [...nops(4000), loop, 0x40, ...nops(4000), end, ...nops(90), ...get(0)] }, 1).used, 2);
  });

  test('a length no memory has is charged before it is tried, and does not wrap the counter', () => {
    const fill = [...constant(0), ...constant(1), ...get(0), 0xfc, 11, 0];
    const { result, used } = cost({ code: [...fill, ...get(0)] }, -1);
    assert.equal(result, 'trap');
    assert.equal(used, 1 + 2 ** 26 - 1);
  });

  test('a start function that never ends is stopped', () => {
    const types = [[0x60, 0, 0]];
    const functions = [{ type: 1, code: [loop, 0x40, br, 0, end] }];
    assert.throws(() => start({ types, functions, extra: [[8, [1]]] }), /unreachable/);
  });
});

describe('what is kept', () => {
  test('every kind of operand is passed over as it is', () => {
    const code = [
      ...[0x02, 0x40, 0x02, 0x40, 0x02, 0x40, ...get(0), 0x0e, 2, 0, 1, 2, end, end, end], // br_table
      ...[...constant(0), ...get(0), 0x36, 2, 0, ...constant(0), 0x28, 2, 0, drop], // i32.store, i32.load
      ...[0x42, ...Array(9).fill(0xff), 0, drop], // i64.const of ten bytes
      ...[0x43, 0x03, 0x03, 0x03, 0x03, 0xfc, 0, drop], // f32.const that looks like loops; saturating truncation
      ...[0x44, ...Array(8).fill(0x03), drop], // f64.const
      ...[...get(0), 0xc0, ...constant(1), ...constant(0), 0x1c, 1, i32, drop], // sign extension, select with a type
      ...[...get(0), 0x02, 0, end, 0x04, i32, ...constant(1), 0x05, ...constant(2), end, drop], // block with a function type
      ...[0x3f, 0, drop, ...constant(0), 0x40, 0, drop], // memory.size, memory.grow
      ...[...get(0), ...constant(0), 0x11, 0, 0], // call_indirect
    ];
    const extra: Parts['extra'] = [
      [4, [1, 0x70, 0, 1]],
      [9, [1, 0, 0x41, 0, end, 1, 1]],
    ];
    const functions = [{ type: 0, code: [...get(0), ...constant(3), 0x6c] }];
    assert.deepEqual(
      cost(
        {
          code,
          extra,
          functions,
          locals: [
            [2, 0x7e],
            [1, i32],
          ],
        },
        5,
      ),
      { result: 15, used: 2 },
    );
  });

  test('globals that are imported and globals of the module keep their numbers', () => {
    const imports = [[...name('env'), ...name('base'), 3, i32, 0]];
    assert.deepEqual(cost({ imports, code: [0x23, 0, ...get(0), 0x24, 1, 0x23, 1, 0x6a] }, 30), {
      result: 37,
      used: 1,
    });
  });

  test('imported functions are called and cost nothing', () => {
    const imports = [[...name('env'), ...name('call'), 0, 0]];
    const exports = start({ imports, code: [...get(0), 0x10, 0], exports: [] });
    assert.equal(exports.fuel.value, 10_000_000);
  });

  test('custom sections are dropped', () => {
    const module = assemble({ extra: [[0, [...name('name'), 1, 2, 3]]] });
    assert.equal(Buffer.from(meter(module)).indexOf('name'), -1);
    assert.notEqual(Buffer.from(module).indexOf('name'), -1);
  });
});

describe('what is refused', () => {
  const cases: [what: string, parts: Parts, detail: RegExp][] = [
    ['fuel of its own', { exports: [[...name('fuel'), 0, 0]] }, /exports fuel/],
    ['a memory of its own', { without: 2, extra: [[5, [1, 0, 1]]] }, /memory of its own/],
    ['no memory', { without: 2 }, /not a policy compiled by OPA/],
    ['no globals', { without: 6 }, /not a policy compiled by OPA/],
    ['a shared memory', { imports: [[...name('env'), ...name('shared'), 2, 3, 1, 1]] }, /shared/],
    ['two memories', { imports: [[...name('env'), ...name('second'), 2, 0, 1]] }, /exactly one memory/],
    ['a table that is huge', { extra: [[4, [1, 0x70, 0, 0x80, 0x80, 0x80, 1]]] }, /table of more/],
    ['many tables', { extra: [[4, [2, 0x70, 0, 1, 0x70, 0, 1]]] }, /more than one table/],
    ['a table of other references', { extra: [[4, [1, 0x6f, 0, 1]]] }, /unknown kind/],
    ['an imported table', { imports: [[...name('env'), ...name('t'), 1, 0x70, 0, 1]] }, /imports what is/],
    [
      'an imported tag',
      { imports: [[...name('env'), ...name('t'), 4, 0, 1]], types: [[0x60, 1, i32, 0]] },
      /imports what is/,
    ],
    ['exceptions', { extra: [[13, [1, 0, 1]]], types: [[0x60, 1, i32, 0]] }, /unknown section 13/],
    ['vectors', { code: [0xfd, 12, ...Array(16).fill(0), drop, ...get(0)] }, /opcode 0xfd/],
    ['vector locals', { locals: [[1, 0x7b]] }, /value type 0x7b/],
    ['tail calls', { code: [...get(0), 0x12, 0] }, /opcode 0x12/],
    ['references', { code: [0xd0, 0x70, drop, ...get(0)] }, /opcode 0xd0/],
    ['blocks that give references', { code: [0x02, 0x70, 0x00, end, drop, ...get(0)] }, /block type 0x70/],
    ['arrays of the garbage collector', { types: [[0x5e, i32, 0]] }, /not a function/],
    ['functions that take references', { types: [[0x60, 1, 0x6f, 0]] }, /value type 0x6f/],
    ['growing tables', { code: [0xd2, 0, drop, ...get(0)], exports: [[...name('r'), 0, 0]] }, /opcode 0xd2/],
    [
      'passive data',
      {
        code: [0xfc, 9, 0, ...get(0)],
        extra: [
          [12, [1]],
          [11, [1, 1, 0]],
        ],
      },
      /opcode 0xfc 9/,
    ],
  ];
  for (const [what, parts, detail] of cases) {
    test(what, () => {
      const module = assemble(parts);
      refused(module, detail);
    });
  }

  test('code that reaches for the counter by its future number', () => {
    // Valid only once the meter has added its global: it would fill its own tank.
    refused(assemble({ code: [...constant(1_000), 0x24, 1, ...get(0)] }), /not a valid/);
  });

  test('a module cut off anywhere', () => {
    const module = assemble({ code: countDown });
    for (let length = 0; length < module.length; length++) refused(module.subarray(0, length), /./);
  });

  test('what is no module', () => {
    for (const text of ['', '\0asm', 'not a module at all']) refused(Buffer.from(text), /not a valid/);
  });
});
