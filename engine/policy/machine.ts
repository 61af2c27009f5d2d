import { WritError } from '../errors.ts';
import { builtins as provided } from './builtins/index.ts';
import { type Answer, type HostBuiltins, Instance } from './instance.ts';
import { meter } from './meter.ts';
import { variablesOf } from './variables.ts';

export interface Limits {
  /** Units of work one evaluation may take. */
  readonly fuel: number;
  /** Bytes of memory one evaluation may take beside the data and what every instance has. */
  readonly memory: number;
}

/** A module and its data, metered and compiled once, and an instance of it as long as that is fit for use. */
export class Machine {
  readonly entrypoints: ReadonlyMap<string, number>;
  readonly #fuel: number;
  readonly #start: () => Instance;
  #instance: Instance | undefined;

  /** Throws what `meter`, V8 and the SDK throw of a module or data that cannot be used. */
  constructor(wasm: Uint8Array, data: Uint8Array, { fuel, memory }: Limits, builtins: HostBuiltins = provided) {
    const program = { module: new WebAssembly.Module(meter(wasm)), variables: variablesOf(wasm) };
    this.#fuel = fuel;
    this.#start = () => new Instance(program, data, memory, builtins);
    this.#instance = this.#start();
    this.entrypoints = this.#instance.entrypoints;
  }

  /** Evaluates one entrypoint. Throws WritError: WRIT_POLICY_UNDEFINED where there is none of that name, _BUDGET, _FAILED. */
  run(entrypoint: string, input: Uint8Array): Answer {
    return this.#use(entrypoint, (instance, id) => instance.run(id, input, this.#fuel));
  }

  /** As `run`, with input and result as OPA writes values: sets and keys of any kind are what they are. Null is no input. */
  runTerms(entrypoint: string, input: Uint8Array | null): Answer {
    return this.#use(entrypoint, (instance, id) => instance.runTerms(id, input, this.#fuel));
  }

  #use(entrypoint: string, evaluate: (instance: Instance, id: number) => Answer): Answer {
    const id = this.entrypoints.get(entrypoint);
    if (id === undefined) throw new WritError('WRIT_POLICY_UNDEFINED', `There is no entrypoint ${entrypoint}.`);
    const instance = this.#instance ?? this.#start();
    this.#instance = undefined; // it comes back only when nothing was thrown
    const answer = evaluate(instance, id);
    if (!instance.grown) this.#instance = instance;
    return answer;
  }
}
