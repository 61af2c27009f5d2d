import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { WritError } from '../../../engine/errors.ts';
import { type Bundle, readBundle } from '../../../engine/policy/bundle.ts';
import { activate } from '../../../engine/policy/evaluate.ts';
import { meter } from '../../../engine/policy/meter.ts';
import { Reader, section } from '../../../engine/policy/wasm.ts';
import { assemble, br, end, get, loop } from './assemble.ts';
import { allow, call, compileBehaviours } from './behaviours.ts';

// Seeds are fixed: a failure is found again by the same turn.
let bytes: Uint8Array;
let bundle: Bundle;
before(async () => {
  bytes = await compileBehaviours({});
  bundle = readBundle(bytes);
});

/** Marsaglia's xorshift. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Some bytes set, one removed, a stretch doubled, or the end cut off; `from` on. */
function mutate(original: Uint8Array, next: (below: number) => number, from = 0): Uint8Array<ArrayBuffer> {
  const at = () => from + next(original.length - from);
  const copy = new Uint8Array(original);
  switch (next(6)) {
    case 0:
      return copy.slice(0, at());
    case 1: {
      const cut = at();
      return new Uint8Array(Buffer.concat([copy.subarray(0, cut), copy.subarray(cut + 1)]));
    }
    case 2: {
      const start = at();
      return new Uint8Array(Buffer.concat([copy.subarray(0, start + 16), copy.subarray(start)]));
    }
    default:
      for (let flips = 1 + next(4); flips > 0; flips--) copy[at()] = next(256);
      return copy;
  }
}

/** Runs `work`; whatever it throws must be an error with a code, and must not take longer than fuel allows. */
function survives(work: () => void, turn: number): boolean {
  try {
    work();
    return true;
  } catch (error) {
    assert.ok(error instanceof WritError, `turn ${turn}: ${error instanceof Error ? error.stack : error}`);
    return false;
  }
}

test('a damaged bundle is refused with a code, or is the bundle it was', () => {
  const next = random(0x5eed1);
  for (let turn = 0; turn < 300; turn++) {
    const damaged = mutate(bytes, next);
    survives(() => readBundle(damaged), turn);
  }
});

test('a damaged archive is refused with a code', () => {
  const next = random(0x5eed2);
  const archive = gunzipSync(bytes);
  for (let turn = 0; turn < 120; turn++) {
    const damaged = gzipSync(mutate(archive, next), { level: 1 });
    survives(() => readBundle(damaged), turn);
  }
});

test('a damaged module is refused, or decides within its budget', () => {
  const next = random(0x5eed3);
  let ran = 0;
  for (let turn = 0; turn < 250; turn++) {
    const wasm = mutate(bundle.wasm, next, 8);
    survives(() => {
      const policy = activate({ ...bundle, wasm }, { fuel: 200_000, memory: 4_194_304 });
      ran++;
      for (const tool of ['plain', 'echo', 'everything', 'nested loops'])
        survives(() => policy.decide(call(tool, { text: 'crm.x' })), turn);
    }, turn);
  }
  assert.ok(ran > 5, `only ${ran} damaged modules could be run at all`);
});

function range(wasm: Uint8Array, id: number): { at: number; length: number } {
  const reader = new Reader(wasm, 8);
  for (;;) {
    const found = reader.byte() === id;
    const body = reader.block();
    if (found) return { at: body.at, length: body.end - body.at };
  }
}

test('a module with damaged data, which is as valid as it was, is survived as well', () => {
  const { at, length } = range(bundle.wasm, section.data);
  const next = random(0x5eed4);
  let ran = 0;
  for (let turn = 0; turn < 60; turn++) {
    const wasm = new Uint8Array(bundle.wasm);
    for (let flips = 0; flips < 24; flips++) wasm[at + 64 + next(length - 64)] = next(256);
    survives(() => {
      const policy = activate({ ...bundle, wasm }, { fuel: 200_000, memory: 4_194_304 });
      ran++;
      survives(() => policy.decide(call('everything', { text: 'crm.x' })), turn);
    }, turn);
  }
  assert.ok(ran > 5, `only ${ran} damaged modules could be run at all`);
});

test('a small damaged module is metered into a valid one, or refused', () => {
  const next = random(0x5eed5);
  const module = assemble({ code: [loop, 0x40, ...get(0), 0x0d, 0, end, 0x02, 0x40, br, 0, end, ...get(0)] });
  let metered = 0;
  for (let turn = 0; turn < 4000; turn++) {
    const damaged = mutate(module, next, 8);
    survives(() => {
      assert.ok(WebAssembly.validate(meter(damaged)), `turn ${turn}: ${Buffer.from(damaged).toString('hex')}`);
      metered++;
    }, turn);
  }
  assert.ok(metered > 30, `only ${metered} damaged modules were still valid`);
});

test('the undamaged bundle still decides', () => {
  assert.deepEqual(activate(bundle).decide(call('plain')).decision, allow);
});
