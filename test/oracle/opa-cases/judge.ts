import { WritError } from '../../../engine/errors.ts';
import { compare, identity, sorted } from '../../../engine/policy/builtins/compare.ts';
import { builtins } from '../../../engine/policy/builtins/index.ts';
import { readTerm } from '../../../engine/policy/builtins/read-term.ts';
import { isArray, isMap, isSet, type Term } from '../../../engine/policy/builtins/term.ts';
import { writeTerm } from '../../../engine/policy/builtins/write-term.ts';
import { Machine } from '../../../engine/policy/machine.ts';
import type { Case } from './compile.ts';

const limits = { fuel: 50_000_000, memory: 67_108_864 };

/** Runs a case on the machine that decides calls. Undefined where it comes out as OPA wants, or what is otherwise. */
export function judge(each: Case): string | undefined {
  if (each.refused !== undefined) return `does not compile: ${each.refused}`;
  const failing = each.want_error !== null || each.want_error_code !== null;
  let text: string;
  try {
    const machine = new Machine(each.module, Buffer.from(each.data), limits, builtins);
    const [entrypoint = ''] = machine.entrypoints.keys();
    text = machine.runTerms(entrypoint, each.input === null ? null : Buffer.from(each.input)).text;
  } catch (cause) {
    if (!(cause instanceof WritError)) return `throws ${cause}`;
    const said = `${cause.code} ${cause.message}`;
    if (!failing || each.strict_error) return said;
    const conflict = each.want_error_code === 'eval_conflict_error';
    return cause.code === 'WRIT_POLICY_FAILED' && (!conflict || / conflict\./.test(said)) ? undefined : said;
  }
  const results = readTerm(text);
  if (!isSet(results)) return 'no result set';
  // As in OPA's own run of these cases on WebAssembly: what fails in strict mode alone is undefined without it.
  if (failing && !each.strict_error) return `wants ${each.want_error_code ?? each.want_error}, says ${text}`;
  if (failing || each.want_defined === false) return results.size === 0 ? undefined : `wants nothing, says ${text}`;
  if (each.want_result === null) return results.size > 0 ? undefined : 'wants any result, says nothing';
  const wanted = resultSet(readTerm(each.want_result), each);
  return wanted === resultSet(results, each) ? undefined : `wants ${each.want_result}, says ${text}`;
}

/** Bindings in any order; numbers by what they are, exactly. */
function resultSet(results: Term, { sort_bindings, ignore_generated_vars }: Case): string {
  const bindings = isArray(results) || isSet(results) ? [...results].filter(isMap) : [];
  const settled = bindings.map(
    (binding) =>
      new Map(
        [...binding]
          .filter(([name]) => !(ignore_generated_vars && `${name}`.startsWith('__localq')))
          .map(([name, value]) => [name, asJson(value)] as const)
          .map(([name, value]) => [name, sort_bindings && isArray(value) ? value.toSorted(compare) : value]),
      ),
  );
  return identity(new Set(settled));
}

/** As OPA turns values into JSON: sets become arrays in order, keys texts. */
function asJson(term: Term): Term {
  if (isArray(term)) return term.map(asJson);
  if (isSet(term)) return sorted(term).map(asJson);
  if (!isMap(term)) return term;
  return new Map(
    [...term].map(([key, value]) => [typeof key === 'string' ? key : writeTerm(asJson(key)), asJson(value)]),
  );
}
