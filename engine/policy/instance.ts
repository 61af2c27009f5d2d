import { isUtf8 } from 'node:buffer';
import opa from '@open-policy-agent/opa-wasm';
import { WritError } from '../errors.ts';
import { readTerm } from './builtins/read-term.ts';
import type { Builtin, Charge, Term } from './builtins/term.ts';
import { writeTerm } from './builtins/write-term.ts';
import type { Variables } from './variables.ts';

/** Builtins that OPA leaves to its host, by its names of them. */
export type HostBuiltins = ReadonlyMap<string, Builtin>;

export interface Answer {
  /** The result set, as OPA dumps it. */
  readonly text: string;
  /** Units the policy used, from its first step to the last character of the text. */
  readonly fuel: number;
  /** Builtins that had no answer, sorted. */
  readonly unanswered: string[];
}

/** A metered module, and where in memory its variables are. */
export interface Program {
  readonly module: WebAssembly.Module;
  readonly variables: Variables;
}

/** https://www.openpolicyagent.org/docs/wasm#exports, and `fuel` from the meter. */
type Exports = {
  readonly fuel: { value: number };
  readonly opa_wasm_abi_version: { value: number };
  readonly opa_wasm_abi_minor_version: { value: number };
  readonly builtins: () => number;
  readonly eval: (context: number) => number;
  readonly opa_eval_ctx_new: () => number;
  readonly opa_eval_ctx_set_input: (context: number, value: number) => void;
  readonly opa_eval_ctx_set_data: (context: number, value: number) => void;
  readonly opa_eval_ctx_set_entrypoint: (context: number, entrypoint: number) => void;
  readonly opa_eval_ctx_get_result: (context: number) => number;
  readonly opa_json_dump: Dump;
  readonly opa_json_parse: Parse;
  readonly opa_value_dump: Dump;
  readonly opa_value_parse: Parse;
  readonly opa_heap_blocks_stash: () => void;
  readonly opa_malloc: (size: number) => number;
};

type Dump = (value: number) => number;
type Parse = (address: number, length: number) => number;

/** The module called `opa_abort`. Its words come from anywhere in memory, so they are looked at and not passed on. */
class Abort extends Error {
  override readonly name = 'Abort';
}

const page = 65_536;

/** Room that every instance has from the start; what calls commonly take is a tenth of it. */
const room = 4_194_304;

/** Reading takes three units a byte, eleven at most; more means keys built to collide in OPA's hash tables. */
const readingFuel = (bytes: number) => 100_000 + 16 * bytes;

/**
 * One running policy: the SDK holds its data, and what the SDK does in trust is done here with care (docs/evaluation.md).
 * Each evaluation begins with the module's variables as they were after loading: the heap is empty with them, and what
 * a library in the module set up for the last call it sets up again, so that the same input takes the same fuel. An
 * instance may be used again only after a clean end that left its memory as large as it was: after a throw it is in no
 * known state, and memory that has grown once ends elsewhere than memory that has not.
 */
export class Instance {
  readonly entrypoints: ReadonlyMap<string, number>;
  readonly #memory: WebAssembly.Memory;
  #bytes: Buffer;
  readonly #size: number;
  readonly #exports: Exports;
  readonly #builtins: HostBuiltins;
  readonly #builtinNames: ReadonlyMap<number, string>;
  readonly #data: number;
  readonly #variables: { readonly at: number; readonly bytes: Buffer };
  #unanswered = new Set<string>();

  /**
   * `memoryBytes` is what an evaluation may take beside the data. Throws whatever the module, V8 or the SDK throws: it
   * cannot be used then.
   */
  constructor({ module, variables }: Program, data: Uint8Array, memoryBytes: number, builtins: HostBuiltins) {
    // OPA's values take up to fifty times their JSON, but for arrays of small numbers.
    const initial = Math.ceil((room + 64 * data.length) / page);
    const memory = new WebAssembly.Memory({ initial, maximum: initial + Math.ceil(memoryBytes / page) });
    const call = (id: number, _context: number, ...args: number[]) => this.#callHost(id, args);
    const imports = {
      opa_builtin0: call,
      opa_builtin1: call,
      opa_builtin2: call,
      opa_builtin3: call,
      opa_builtin4: call,
    };
    const opa_abort = (address: number) => {
      throw new Abort(this.#read(address));
    };
    this.#memory = memory;
    this.#bytes = Buffer.from(memory.buffer);
    this.#builtins = builtins;
    const instance = new WebAssembly.Instance(module, { env: { memory, opa_abort, ...imports } });
    const exports = instance.exports as Exports;
    this.#exports = exports;
    if (exports.opa_wasm_abi_version.value !== 1) throw new Error('unknown ABI');
    this.#builtinNames = this.#readBuiltins();

    // The SDK looks for the end of a string without looking for the end of memory.
    const dump = (value: number) => {
      const address = exports.opa_json_dump(value);
      this.#endOf(address >>> 0);
      return address;
    };
    const guarded = { instance: { exports: { ...exports, opa_json_dump: dump } }, module };
    const loaded = new opa.LoadedPolicy(guarded, memory, exports.opa_wasm_abi_minor_version.value);
    exports.fuel.value = readingFuel(data.length);
    loaded.setData(new Uint8Array(data).buffer);
    // The lists of free blocks are linked through the blocks, which evaluation writes over: none may be on them then.
    exports.opa_heap_blocks_stash();
    this.#data = loaded.dataAddr;
    const bytes = Buffer.from(this.#view().subarray(variables.start, variables.end));
    this.#variables = { at: variables.start, bytes };
    this.#size = memory.buffer.byteLength;
    this.entrypoints = new Map(Object.entries(loaded.entrypoints));
  }

  /** Whether evaluation took more memory than there was. */
  get grown(): boolean {
    return this.#memory.buffer.byteLength !== this.#size;
  }

  /**
   * Evaluates `input`, which is UTF-8 JSON, with at most `fuel` units. Every throw is a WritError: WRIT_POLICY_BUDGET
   * or WRIT_POLICY_FAILED.
   */
  run(entrypoint: number, input: Uint8Array, fuel: number): Answer {
    const { opa_json_parse, opa_json_dump } = this.#exports;
    return this.#run(entrypoint, input, fuel, opa_json_parse, opa_json_dump);
  }

  /** As `run`, with input and result as OPA writes values: sets and keys of any kind are what they are. Null is no input. */
  runTerms(entrypoint: number, input: Uint8Array | null, fuel: number): Answer {
    const { opa_value_parse, opa_value_dump } = this.#exports;
    return this.#run(entrypoint, input, fuel, opa_value_parse, opa_value_dump);
  }

  #run(entrypoint: number, input: Uint8Array | null, fuel: number, parse: Parse, dump: Dump): Answer {
    const exports = this.#exports;
    try {
      this.#unanswered = new Set();
      this.#view().set(this.#variables.bytes, this.#variables.at);
      exports.fuel.value = readingFuel(input?.length ?? 0);
      const value = input === null ? 0 : parse(this.#write(input), input.length);
      // Evaluation would take it for an input that is undefined, and a rule that denies would not see what to deny.
      if (value === 0 && input !== null) throw new WritError('WRIT_POLICY_FAILED', 'Its input did not arrive.');

      exports.fuel.value = fuel;
      const context = exports.opa_eval_ctx_new();
      exports.opa_eval_ctx_set_input(context, value);
      exports.opa_eval_ctx_set_data(context, this.#data);
      exports.opa_eval_ctx_set_entrypoint(context, entrypoint);
      if (exports.eval(context) !== 0) throw new WritError('WRIT_POLICY_FAILED');
      const text = this.#read(dump(exports.opa_eval_ctx_get_result(context)));
      return { text, fuel: fuel - exports.fuel.value, unanswered: [...this.#unanswered].sort() };
    } catch (cause) {
      throw this.#explain(cause);
    }
  }

  #callHost(id: number, addresses: number[]): number {
    const name = this.#builtinNames.get(id) ?? '';
    const texts = addresses.map((address) => this.#exports.opa_value_dump(address));
    // Bytes that are no text, as base64.decode may give them, would reach the builtin as others than they are.
    const result = texts.every((text) => this.#isText(text))
      ? answerOf(this.#builtins.get(name), texts.map(this.#readArgument), this.#charge)
      : undefined;
    if (result === undefined) {
      this.#unanswered.add(name);
      return 0;
    }
    const bytes = Buffer.from(result);
    this.#charge(bytes.length);
    const value = this.#exports.opa_value_parse(this.#write(bytes), bytes.length);
    // Zero would be taken for no answer.
    if (value === 0) throw new Error('an answer that does not parse');
    return value;
  }

  readonly #readArgument = (address: number): Term => {
    const text = this.#read(address);
    this.#charge(text.length);
    return readTerm(text);
  };

  /** The address of a copy of the bytes. */
  #write(bytes: Uint8Array): number {
    const address = this.#exports.opa_malloc(bytes.length);
    this.#view().set(bytes, address >>> 0);
    return address;
  }

  /** Work of the host costs as much as work of the module: a unit a character that goes in or out, and what it asks for. */
  readonly #charge: Charge = (units) => {
    // The counter has 32 or 64 bits, and a builtin may ask for any number of units.
    const left = Math.floor(this.#exports.fuel.value - units);
    this.#exports.fuel.value = left >= 0 ? left : -1;
    if (!(left >= 0)) throw new WritError('WRIT_POLICY_BUDGET', 'It ran out of fuel.');
  };

  #readBuiltins(): ReadonlyMap<number, string> {
    const ids = JSON.parse(this.#read(this.#exports.opa_json_dump(this.#exports.builtins()))) as Record<string, number>;
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    for (const name of names.values()) {
      if (this.#builtins.has(name)) continue;
      const shown = /^[\w.]{1,64}$/.test(name) ? name : 'a builtin';
      throw new WritError(
        'WRIT_BUNDLE_INVALID',
        `It calls ${shown}, which WebAssembly leaves to a host; none is given.`,
      );
    }
    return names;
  }

  /** A C string. Malformed UTF-8 becomes U+FFFD. */
  #read(address: number): string {
    const start = address >>> 0;
    const end = this.#endOf(start);
    return this.#bytes.toString('utf8', start, end);
  }

  #isText(address: number): boolean {
    const start = address >>> 0;
    const end = this.#endOf(start);
    return isUtf8(this.#bytes.subarray(start, end));
  }

  #endOf(start: number): number {
    const bytes = this.#view();
    const end = start < bytes.length ? bytes.indexOf(0, start) : -1;
    if (end < 0) throw new Error('a string without an end');
    return end;
  }

  /** All of memory. Its buffer is a new one after each growth, also by nothing, with which OPA learns its size. */
  #view(): Buffer {
    if (this.#bytes.length === 0) this.#bytes = Buffer.from(this.#memory.buffer);
    return this.#bytes;
  }

  #explain(cause: unknown): WritError {
    if (cause instanceof WritError) return cause;
    if (this.#exports.fuel.value < 0) return new WritError('WRIT_POLICY_BUDGET', 'It ran out of fuel.', { cause });
    // V8's word for a stack that is full, which no budget of ours can be smaller than.
    if (cause instanceof RangeError && cause.message === 'Maximum call stack size exceeded')
      return new WritError('WRIT_POLICY_BUDGET', 'It nested too deeply.', { cause });
    const said = cause instanceof Abort ? cause.message : '';
    if (said === 'opa_malloc: failed') return new WritError('WRIT_POLICY_BUDGET', 'It ran out of memory.');
    const conflict = /^([\w./-]{1,200}:\d+:\d+): ((?:var assignment|object insert) conflict)$/.exec(said);
    return new WritError('WRIT_POLICY_FAILED', conflict === null ? undefined : `${conflict[1]}: ${conflict[2]}.`);
  }
}

/**
 * A host function must not end an evaluation that has an `else`: what goes wrong in it is no answer. But what ran out is
 * out: fuel, and what V8 has a RangeError for, its stack and the longest text.
 */
function answerOf(builtin: Builtin | undefined, args: readonly Term[], charge: Charge): string | undefined {
  try {
    const result = builtin?.(args, charge);
    return result === undefined ? undefined : writeTerm(result);
  } catch (cause) {
    if (cause instanceof WritError) throw cause;
    if (cause instanceof RangeError)
      throw new WritError('WRIT_POLICY_BUDGET', 'A builtin outgrew the host.', { cause });
    return undefined;
  }
}
