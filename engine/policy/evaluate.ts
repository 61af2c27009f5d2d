import type { Digest } from '../audit/entry.ts';
import { WritError } from '../errors.ts';
import { compilePath } from '../json/path.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import type { Bundle } from './bundle.ts';
import type { HostBuiltins } from './instance.ts';
import { KnownDecisions } from './known-decisions.ts';
import { type Limits, Machine } from './machine.ts';
import { partsRead } from './parts-read.ts';
import { isDecision, isPolicyInput, mismatch } from './schemas.ts';
import type { BuildData, Catalogue, Decision, Entrypoint, Evaluation, PolicyInput } from './types.ts';

export interface PolicyOptions extends Partial<Limits> {
  /** Builtins beyond those compiled into the module; default all of builtins/. A module that calls another is refused. */
  readonly builtins?: HostBuiltins;
  /** Whether a question that was decided before is answered from memory; default true. */
  readonly remember?: boolean;
}

/** A million units are about 20 ms; decisions take some thousands. */
const defaults: Limits = { fuel: 1_000_000, memory: 33_554_432 };

/** Answers of a module that are remembered with the decision they are: policies say few different things. */
const mostAnswers = 256;

/** A bundle in force. Evaluation is synchronous and bounded, and one that fails never touches the next. */
export class Policy {
  readonly digest: Digest;
  readonly revision: string | null;
  readonly build: BuildData;
  readonly catalogue: Catalogue;
  readonly #machine: Machine;
  readonly #known: KnownDecisions;
  readonly #partsRead: (input: JsonObject) => string;
  readonly #answers = new Map<string, Decision>();

  constructor(bundle: Bundle, { builtins, remember = true, ...limits }: PolicyOptions) {
    this.digest = bundle.digest;
    this.revision = bundle.revision;
    this.build = bundle.build;
    this.catalogue = bundle.catalogue;
    this.#known = new KnownDecisions(remember ? bundle.build.inputs : ['input']);
    this.#partsRead = partsRead(bundle.build.inputs);
    this.#machine = new Machine(bundle.wasm, bundle.data, { ...defaults, ...limits }, builtins);
  }

  /**
   * May this message pass? Throws WritError: WRIT_POLICY_INPUT, _UNDEFINED, _MALFORMED, _BUDGET or _FAILED; each of them
   * is a refusal.
   */
  decide(input: PolicyInput): Evaluation {
    return this.#evaluate('writ/decision', input);
  }

  /** May this result be shown? Throws as `decide` does. Never asks for approval: the call has been made. */
  decideResult(input: PolicyInput): Evaluation {
    const evaluation = this.#evaluate('writ/result/decision', input);
    if (evaluation.decision.effect === 'require-approval') throw new WritError('WRIT_POLICY_MALFORMED');
    return evaluation;
  }

  #evaluate(entrypoint: Entrypoint, input: PolicyInput): Evaluation {
    const read = this.#whatIsRead(input);
    const key = this.#known.key(entrypoint, read);
    const known = key === null ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const { text, fuel, unanswered } = this.#machine.run(entrypoint, Buffer.from(read));
    const evaluation = { decision: this.#read(text), fuel, unanswered };
    if (key !== null) this.#known.set(key, evaluation);
    return evaluation;
  }

  /** The text policy will see: RFC 8785 of the parts of a valid input that its rules read. */
  #whatIsRead(input: PolicyInput): string {
    if (!isPolicyInput(input)) throw new WritError('WRIT_POLICY_INPUT', mismatch(isPolicyInput));
    try {
      return this.#partsRead(input);
    } catch (cause) {
      throw new WritError('WRIT_POLICY_INPUT', 'It has no canonical form.', { cause });
    }
  }

  #read(text: string): Decision {
    let decision = this.#answers.get(text);
    if (decision === undefined) {
      decision = readDecision(text);
      if (this.#answers.size >= mostAnswers) this.#answers.clear();
      this.#answers.set(text, decision);
    }
    return decision;
  }
}

/** The one result, which must be exactly a decision. What it says stays out of the errors. */
function readDecision(text: string): Decision {
  let results: Json;
  try {
    results = JSON.parse(text) as Json;
  } catch {
    throw new WritError('WRIT_POLICY_MALFORMED');
  }
  if (!Array.isArray(results) || results.length > 1) throw new WritError('WRIT_POLICY_MALFORMED');
  const [result] = results;
  if (result === undefined) throw new WritError('WRIT_POLICY_UNDEFINED');
  const decision = isObject(result) ? result.result : undefined;
  if (!isDecision(decision)) throw new WritError('WRIT_POLICY_MALFORMED', mismatch(isDecision));
  return decision;
}

/**
 * Puts a bundle into force: meters and compiles its module, loads its data, compiles the paths of its catalogue, and
 * asks it one question at each entrypoint.
 *
 * @throws WritError WRIT_BUNDLE_INVALID, or WRIT_MASK_PATH for a path of the catalogue.
 */
export function activate(bundle: Bundle, options: PolicyOptions = {}): Policy {
  for (const tools of Object.values(bundle.catalogue))
    for (const { holds, facts = {} } of Object.values(tools))
      for (const path of [...Object.values(holds).flat(), ...Object.values(facts)]) compilePath(path);
  try {
    const policy = new Policy(bundle, options);
    policy.decide(probe(bundle.catalogue, null));
    policy.decideResult(probe(bundle.catalogue, { is_error: false, bytes: 0, mime_types: [], facts: {} }));
    return policy;
  } catch (cause) {
    // V8, the SDK and a first evaluation fail in many ways; what they say is for whoever looks at the cause.
    if (cause instanceof WritError && cause.code === 'WRIT_BUNDLE_INVALID') throw cause;
    const why = cause instanceof WritError ? cause.message : 'Its module cannot be loaded.';
    throw new WritError('WRIT_BUNDLE_INVALID', why, { cause });
  }
}

/** A call of the first tool there is, by nobody. */
function probe(catalogue: Catalogue, result: PolicyInput['result']): PolicyInput {
  const [server = 'none', tools = {}] = Object.entries(catalogue)[0] ?? [];
  const [tool = 'none'] = Object.keys(tools);
  const lists = { groups: [], roles: [], scopes: [] };
  return {
    contract: 1,
    now: '2000-01-01T00:00:00.000Z',
    server: { name: server, labels: {} },
    call: { id: 'probe', method: 'tools/call', direction: 'to-server', listing: false, tool, arguments: {}, hash: '' },
    tool: null,
    identity: { kind: 'anonymous', id: '', tenant: '', ...lists, client: null, actor: null, claims: {} },
    client: { name: null, version: null, protocol_version: null, address: null },
    session: { id: null },
    subjects: { restricted: false },
    purpose: null,
    approval: null,
    result,
    gateway: { name: '', environment: '' },
  };
}
