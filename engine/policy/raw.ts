import { gunzipSync } from 'node:zlib';
import { asWritError, WritError } from '../errors.ts';
import { isObject, type Json } from '../json/types.ts';
import { builtins } from './builtins/index.ts';
import type { HostBuiltins } from './instance.ts';
import { type Limits, Machine } from './machine.ts';
import { readTar } from './tar.ts';

interface RawAnswer {
  /** Undefined where the document is. */
  value: Json | undefined;
  /** Units the evaluation used. */
  fuel: number;
}

/** Evaluates one entrypoint, without input. Throws WRIT_POLICY_UNDEFINED where there is none of the name, _BUDGET or _FAILED. */
type Raw = (entrypoint: string) => RawAnswer;

/** A test asks policy many times, so it may take ten times what one decision may. */
const generous: Limits = { fuel: 10_000_000, memory: 67_108_864 };

const none = Buffer.from('null');

/**
 * Loads a bundle fresh from the compiler for questions outside the contract, such as its Rego tests: on the machine that
 * decides calls, without the form of a decision. Nothing is verified and nothing decided by it. `further` builtins are
 * those that only such questions call. Throws WRIT_BUNDLE_INVALID.
 */
export function loadRaw(bundle: Uint8Array, limits: Limits = generous, further: HostBuiltins = new Map()): Raw {
  const machine = start(bundle, limits, further);
  return (entrypoint) => {
    const { text, fuel } = machine.run(entrypoint, none);
    return { value: resultOf(text), fuel };
  };
}

function start(bundle: Uint8Array, limits: Limits, further: HostBuiltins): Machine {
  try {
    const files = readTar(gunzipSync(bundle));
    const [wasm, data] = [files.get('policy.wasm'), files.get('data.json')];
    if (!wasm || !data) throw new WritError('WRIT_BUNDLE_INVALID', 'It has no policy.wasm or no data.json.');
    return new Machine(wasm, data, limits, new Map([...builtins, ...further]));
  } catch (cause) {
    throw asWritError(cause, 'WRIT_BUNDLE_INVALID', 'It cannot be loaded.');
  }
}

function resultOf(text: string): Json | undefined {
  const results: Json = JSON.parse(text);
  const [result] = Array.isArray(results) ? results : [];
  return isObject(result) ? result.result : undefined;
}
