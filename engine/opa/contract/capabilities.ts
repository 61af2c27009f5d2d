import { builtins as provided } from '../../policy/builtins/index.ts';

/** The form of `opa capabilities --current`, as far as it matters here. */
interface Capabilities {
  builtins: { name: string; nondeterministic?: boolean }[];
  allow_net?: string[];
}

/**
 * OPA's capabilities less what a policy of Writ may not use: builtins that neither run inside the WebAssembly module nor
 * are provided by the gateway, all whose answer depends on more than their arguments, and the network. OPA then refuses
 * these by file and line.
 */
export function restrictCapabilities(current: Capabilities): Capabilities {
  const builtins = current.builtins.filter(
    ({ name, nondeterministic = false }) => (native.has(name) || provided.has(name)) && !nondeterministic,
  );
  return { ...current, builtins, allow_net: [] };
}

// What OPA 1.22.2 compiles natively, found by compiling a call of each builtin and reading the module's own list of
// those it asks its host for. `internal.*` stands for `in`, template strings and data-driven tests; calls of `print` are
// erased from the module.
export const native: ReadonlySet<string> = new Set(
  `abs and array.concat array.flatten array.reverse array.slice assign base64.decode base64.encode base64.is_valid
  base64url.decode base64url.encode bits.and bits.lsh bits.negate bits.or bits.rsh bits.xor ceil concat contains count
  div endswith eq equal floor format_int glob.match graph.reachable gt gte indexof internal.member_2 internal.member_3
  internal.print internal.template_string internal.test_case intersection is_array is_boolean is_null is_number
  is_object is_set is_string json.filter json.is_valid json.marshal json.remove json.unmarshal lower lt lte max min
  minus mul neq net.cidr_contains net.cidr_intersects numbers.range object.filter object.get object.keys object.remove
  object.union object.union_n or plus print product regex.find_all_string_submatch_n regex.is_valid regex.match
  rego.metadata.chain rego.metadata.rule rem replace round sort split startswith strings.replace_n strings.reverse
  substring sum to_number trim trim_left trim_prefix trim_right trim_space trim_suffix type_name union upper walk`.split(
    /\s+/,
  ),
);
