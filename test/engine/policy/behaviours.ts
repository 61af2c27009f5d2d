import type { JsonObject } from '../../../engine/json/types.ts';
import type { PolicyInput } from '../../../engine/policy/types.ts';
import { compile, noPacks } from './compile.ts';

export const allow = {
  effect: 'allow',
  rules: ['test.allow.plain'],
  reasons: [],
  mask_fields: [],
  approval: { requirements: [] },
  obligations: [],
};

/** A policy that does whatever the name of the tool says, good or bad. */
const decision = `package writ

tool := input.call.tool

text := input.call.arguments.text

allow := data.allow

said(message) := object.union(allow, {"reasons": [{"rule": "test.allow.plain", "message": message}]})

decision := allow if tool == "plain"

decision := said(text) if tool == "echo"

decision := said(json.marshal(input.call.arguments)) if tool == "echo all"

decision := data.shapes[text] if tool == "shape"

decision := allow if {
	tool == "nested loops"
	every a in numbers.range(1, 100000) { every b in numbers.range(1, 100000) { a * b > 0 } }
}

decision := allow if {
	tool == "long range"
	count(numbers.range(1, 100000000)) > 0
}

decision := allow if {
	tool == "wide product"
	count([1 | some a in input.call.arguments.list; some b in input.call.arguments.list; some c in input.call.arguments.list; a + b + c < 0]) == 0
}

decision := said(concat("", [text | some i in numbers.range(1, 400)])) if tool == "long text"

decision := allow if {
	tool == "nested text"
	json.unmarshal(text)
}

decision := allow if {
	tool == "pattern"
	not regex.match("^(a+)+$", text)
}

decision := said(json.marshal(of_everything)) if tool == "everything"

of_everything := [
	glob.match("crm.*", ["."], text),
	regex.find_all_string_submatch_n("(c)(r)?", text, -1),
	net.cidr_contains("10.0.0.0/8", "10.1.2.3"),
	graph.reachable(data.graph, {"a"}),
	sort([to_number("1.5") * 3, round(2.5), 1 / 3, 10 % 3, bits.and(6, 3)]),
	{path: value | walk(data.graph, [path, value])},
	[upper(text), split(text, "m"), replace(text, "c", "k"), format_int(255, 16), base64.encode(text)],
	object.union_n([data.graph, {"x": json.unmarshal("[1, 2.50]")}]),
	$"{text} and {data.graph}",
]

decision := {"effect": "allow"} if tool == "conflict"

decision := {"effect": "deny"} if tool == "conflict"
`;

const result = `package writ.result

decision := data.allow if input.call.tool == "plain"

decision := data.shapes[input.call.arguments.text] if input.call.tool == "shape"
`;

export function compileBehaviours(shapes: JsonObject): Promise<Uint8Array> {
  const catalogue = { crm: { plain: { action: 'read', holds: { 'user.name': ['$.name'] } } } };
  return compile(
    { 'decision.rego': decision, 'result.rego': result },
    { build: noPacks, catalogue, allow, shapes, graph: { a: ['b'], b: ['c'], c: [] } },
  );
}

/** A call of `tool` by an invented person; everything the schema wants is there. */
export function call(tool: string, args: JsonObject = {}): PolicyInput {
  return {
    contract: 1,
    now: '2026-11-22T16:39:00.000Z',
    server: { name: 'crm', labels: { region: 'eu' } },
    call: {
      id: '0190a1b2-0000-7000-8000-000000000001',
      method: 'tools/call',
      direction: 'to-server',
      listing: false,
      tool,
      arguments: args,
      hash: '0'.repeat(64),
    },
    tool: null,
    identity: {
      kind: 'human',
      id: 'u-1',
      tenant: 'default',
      groups: ['support'],
      roles: [],
      scopes: ['crm.read'],
      client: null,
      actor: null,
      claims: { iss: 'https://login.example.com' },
    },
    client: { name: 'test', version: '1', protocol_version: '2026-07-28', address: '127.0.0.1' },
    session: { id: null },
    subjects: { restricted: false },
    purpose: null,
    approval: null,
    result: null,
    gateway: { name: 'edge-1', environment: 'test' },
  };
}
