import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { analyse } from '../../../../engine/opa/analyse.ts';
import { lintContract } from '../../../../engine/opa/contract/lint-contract.ts';
import type { Catalogue } from '../../../../engine/policy/types.ts';
import { writeTree } from '../tree.ts';

const catalogue: Catalogue = {
  crm: { 'customers.lookup': { action: 'read', holds: {} } },
  hr: { 'employees.read': { action: 'read', holds: {} } },
};

const titled = '# METADATA\n# title: T\n';

/** A file each: what is wrong in it, as `<row> <code> <words of the message>`, and nothing else. */
const cases: Record<string, { source: string; file?: string; found: string[] }> = {
  'a pack as it should be': {
    source: `# METADATA
# title: Fine
# custom:
#   servers: [crm]
#   owner: Privacy office
package policies.fine

import data.writ.tool

# METADATA
# title: Reads
# custom: { article: 6(1)(b), legal_basis: Contract, purpose: essential.service, reference: A-1 }
allow["reads"] if {
	tool.does("read")
	input.call.tool in {"customers.lookup"}
	input.server.name == "crm"
}

# METADATA
# title: Nothing by night
deny["night"] if {
	not day
	tool.holds("user.contact")
}

day if input.now < "2026"

limit[name] := 3 if some name in ["a"]
`,
    found: [],
  },
  'a negation that does not fire': {
    source: `package policies.trap

import data.writ.tool

${titled}deny["x"] if not input.call.arguments.region in {"EU"}

${titled}deny["y"] if not tool.does(input.purpose)
`,
    found: [
      '7 negation_trap `input.call.arguments.region` is undefined',
      '11 negation_trap `input.purpose` is undefined',
    ],
  },
  'a package below a pack': {
    source: `package policies.outer.inner\n\n${titled}deny["x"] if true\n`,
    found: ['1 nested_package use `package policies.outer`'],
  },
  'a package nothing asks': { source: 'package policy.gdpr\n\nx := 1\n', found: ['1 unknown_package policies.<pack>'] },
  'rules in policies itself': {
    source: 'package policies\n\ndeny["x"] if true\n',
    found: ['3 unknown_package `policies` itself'],
  },
  'a package of the library': { source: 'package writ.more\n\nx := 1\n', found: ['1 reserved_package the folder lib'] },
  'a pack of the name of the library': { source: 'package policies.writ\n', found: ['1 pack_name not `writ`'] },
  'a pack with a capital letter': { source: 'package policies.Gdpr\n', found: ['1 pack_name small letters'] },
  'tests in another file': {
    source: 'package test.fine\n\ntest_x if true\n',
    found: ['1 test_package files named *_test.rego'],
  },
  'tests in another package': {
    file: 'stray_test.rego',
    source: 'package policies.fine_test\n\ntest_x if true\n',
    found: ['1 test_package `policies.fine_test` is none'],
  },
  'tests of no pack': {
    file: 'nobody_test.rego',
    source: 'package test.nobody\n\ntest_x if true\n',
    found: ['1 test_package `test.nobody` is none'],
  },
  'tests of a pack': { file: 'fine_test.rego', source: 'package test.fine\n\ntest_x if true\n', found: [] },
  'a mistyped kind': {
    source: `package policies.kinds\n\n${titled}denny["x"] if true\n`,
    found: ['5 unknown_kind `denny` is no kind of rule'],
  },
  'rules of other shapes': {
    source: `package policies.shapes

${titled}obligations contains "keep" if input.purpose == "x"

${titled}mask_fields[name] := true if some name in ["x"]

${titled}require_approval["a"]["b"] := {} if input.purpose == "x"

${titled}deny["Bulk-Export"] if input.purpose == "x"

default allow["x"] := false

${titled}allow["x"] if input.call.method == "resources/read"
`,
    found: [
      '5 rule_shape obligations["<rule>"]',
      '9 rule_shape mask_fields["<rule>"]',
      '13 rule_shape shapes.require_approval.a.b',
      '17 rule_shape shapes.deny.Bulk-Export',
      '19 rule_shape default',
    ],
  },
  'a kind that is one rule': {
    source: `package policies.single\n\n${titled}deny if input.purpose == "x"\n`,
    found: ['5 rule_shape deny["<rule>"]'],
  },
  'a rule without a title': {
    source: `package policies.titles\n\ndeny["x"] if true\n\n# METADATA\n# description: D\ndeny["y"] if true\n`,
    found: ['3 missing_title titles.deny.x', '7 missing_title titles.deny.y'],
  },
  'METADATA nobody knows': {
    source: `# METADATA
# title: P
# custom:
#   server: [crm]
#   servers: crm
package policies.meta

# METADATA
# title: T
# severity: high
# custom: { artcle: x, article: 87, legal_basis: Contracts, purpose: support }
deny["x"] if true
`,
    found: [
      '6 unknown_metadata custom.server',
      '6 metadata_value custom.servers` must be a list',
      '10 unknown_metadata severity',
      '12 unknown_metadata custom.artcle',
      '12 metadata_value custom.article` must be text',
      '12 metadata_value Legal obligations',
      '12 metadata_value custom.purpose` must be a data use',
    ],
  },
  'a way into the bundle past lib': {
    source: `package policies.entry\n\n# METADATA\n# title: T\n# entrypoint: true\ndeny["x"] if input.purpose == "x"\n`,
    found: ['6 entrypoint leave this out'],
  },
  'grants by what a listing does not have': {
    source: `package policies.grants

import data.writ.tool

${titled}allow["arguments"] if { tool.does("read"); input.call.arguments.id }

${titled}allow["hash"] if { tool.does("read"); input.call.hash }

${titled}allow["id"] if { tool.does("read"); input.call.id }

${titled}allow["listing"] if { tool.does("read"); input.call.listing }

${titled}allow["approval"] if { tool.does("read"); input.approval }

${titled}allow["result"] if { tool.does("read"); input.result.facts.x }

${titled}allow["now"] if { tool.does("read"); day }

${titled}allow["declared"] if { tool.does("read"); input.tool.declared.annotations.readOnlyHint }

${titled}allow["tool"] if { tool.does("read"); input.tool[_].annotations }

${titled}allow["call"] if named(input.call)

${titled}allow["all"] if object.get(input, ["call", "method"], "") == "ping"

${titled}allow["computed"] if { tool.does("read"); some key in ["id"]; input.call[key] }

day if input.now < "2026"

named(call) if call.method == "ping"
`,
    found: [
      '7 grant_reads `input.call.arguments`',
      '11 grant_reads `input.call.hash`',
      '15 grant_reads `input.call.id`',
      '19 grant_reads `input.call.listing`',
      '23 grant_reads `input.approval`',
      '27 grant_reads `input.result`',
      '31 grant_reads `input.now`',
      '35 grant_reads `input.tool.declared`',
      '39 grant_reads `input.tool.declared`',
      '43 grant_reads `input.call` as a whole',
      '47 grant_reads `input` as a whole',
      '51 grant_reads `input.call.*` as a whole',
    ],
  },
  'a grant of every method': {
    source: `package policies.scope\n\nimport data.writ.caller\n\n${titled}allow["admins"] if caller.in_group("admins")\n`,
    found: ['7 grant_scope grants every method'],
  },
  'a grant of what servers ask, of no direction': {
    source: `package policies.direction

import data.writ.caller

${titled}allow["asks"] if { caller.person; input.call.method in {"ping", "sampling/createMessage"} }

${titled}allow["answers"] if { caller.person; input.call.method == "roots/list"; input.call.direction == "to-server" }

${titled}allow["both"] if { input.call.method == "elicitation/create"; both }

${titled}deny["roots"] if input.call.method == "roots/list"

both if input.call.direction in {"to-client", "to-server"}
`,
    found: ['7 grant_direction `sampling/createMessage`'],
  },
  'restrictions that read too much': {
    source: `package policies.reading

${titled}deny["all"] if count(input) > 20

${titled}deny["listing"] if input.call.listing

${titled}require_approval["late"] := {"approvers": ["group:x"]} if count(input.result.facts.ids) > 1

${titled}obligations["late"] := {} if input.result.bytes > 1
`,
    found: [
      '5 whole_input `input` as a whole',
      '9 reads_listing what a listing hides',
      '13 reads_result only deny, mask_fields and withhold',
      '17 reads_result only deny, mask_fields and withhold',
    ],
  },
  'a denial in part before the call and in part after': {
    source: `package policies.late

import data.writ.tool

${titled}deny["bulk"] if bulky

bulky if tool.holds("user.health_and_medical")

bulky if count(input.result.facts.ids) > 100
`,
    found: [],
  },
  'masks of arguments by what comes after them': {
    source: `package policies.masks

${titled}mask_fields["fine"] := {"path": "$.a", "strategy": "drop", "on": "result"} if input.result.bytes > 1

${titled}mask_fields["absent"] := {"path": "$.a", "strategy": "drop"} if big

${titled}mask_fields["before"] := {"path": "$.a", "strategy": "drop", "on": "arguments"} if input.purpose == "x"

${titled}mask_fields["arguments"] := {"path": "$.a", "strategy": "drop", "on": "arguments"} if big

${titled}mask_fields["both"] := {"path": "$.a", "strategy": "drop", "on": "both"} if input.result.bytes > 1

${titled}mask_fields["computed"] := {"path": "$.a", "strategy": "drop", "on": side} if {
	input.result.bytes > 1
	side := concat("", ["argu", "ments"])
}

${titled}mask_fields["key"] := {"path": "$.a", "strategy": "drop", key: "arguments"} if {
	input.result.bytes > 1
	key := "on"
}

${titled}mask_fields["helper"] := late if input.result.bytes > 1

${titled}mask_fields["else"] := {"path": "$.a", "strategy": "drop"} if {
	input.result.bytes > 1
} else := {"path": "$.a", "strategy": "drop", "on": "arguments"} if input.result.bytes > 0

big if input.result.bytes > 1

late := {"path": "$.a", "strategy": "drop", "on": "arguments"}
`,
    found: [
      '17 reads_result has the arguments',
      '21 reads_result has the arguments',
      '25 reads_result has the arguments',
      '32 reads_result has the arguments',
      '39 reads_result has the arguments',
      '43 reads_result has the arguments',
    ],
  },
  'masks that are written out and cannot be applied': {
    source: `package policies.written

import data.writ.tool

${titled}mask_fields["message"] := "hide it" if tool.does("read")

${titled}mask_fields["key"] := {"categoriez": ["user"], "path": "$.a", "strategy": "drop"} if tool.does("read")

${titled}mask_fields["places"] := {"path": "$.a", "detect": ["user"], "strategy": "drop"} if tool.does("read")

${titled}mask_fields["nowhere"] := {"strategy": "drop"} if tool.does("read")

${titled}mask_fields["strategy"] := {"path": "$.a", "strategy": "blur"} if tool.does("read")

${titled}mask_fields["purpose"] := {"path": "$.a", "strategy": "tokenise"} if tool.does("read")

${titled}mask_fields["option"] := {"path": "$.a", "strategy": "partial", "options": {"keeps": 4}} if tool.does("read")

${titled}mask_fields["value"] := {"path": "$.a", "strategy": "shift", "options": {"days": 0}} if tool.does("read")

${titled}mask_fields["path"] := {"paths": ["$.a", "a.b"], "strategy": "drop"} if tool.does("read")

${titled}mask_fields["category"] := {"detect": ["usr.contact"], "strategy": "drop"} if tool.does("read")

${titled}mask_fields["misspelt"] := {"detect": ["user.contcat"], "strategy": "drop"} if tool.does("read")

${titled}mask_fields["undetected"] := {"detect": ["user.health_and_medical"], "strategy": "drop"} if tool.does("read")

${titled}mask_fields["except"] := {"detect": ["user"], "except": ["names"], "strategy": "drop"} if tool.does("read")

${titled}mask_fields["pattern"] := {"pattern": "a(?=b)", "strategy": "drop"} if tool.does("read")

${titled}mask_fields["empty"] := {"pattern": "x*", "strategy": "drop"} if tool.does("read")

${titled}mask_fields["named"] := {"path": "$.a", "category": "user.name", "strategy": "drop"} if tool.does("read")

${titled}mask_fields["left_out"] := {"pattern": "x", "except": ["user"], "strategy": "drop"} if tool.does("read")
`,
    found: [
      '7 rule_value no object',
      '11 rule_value a key `categoriez`',
      '15 rule_value one of categories, path, paths, detect, pattern',
      '19 rule_value one of categories, path, paths, detect, pattern',
      '23 mask_strategy Unknown strategy',
      '27 mask_strategy "purpose"',
      '31 mask_strategy "keeps"',
      '35 mask_strategy "days"',
      '39 rule_path no path',
      '43 unknown_category `usr.contact` in `detect`',
      '47 unknown_category `user.contcat`',
      '51 undetected_category `user.health_and_medical`',
      '55 unknown_category `names` in `except`',
      '59 mask_pattern no regular expression of RE2',
      '63 mask_pattern finds the empty text',
      '67 rule_value a `category`',
      '71 rule_value do not go together',
    ],
  },
  'masks that are right, or known to evaluation alone': {
    source: `package policies.evaluated

import data.writ.tool

${titled}mask_fields["a"] := {"detect": ["user"], "except": ["user.name"], "strategy": "redact"} if tool.does("read")

${titled}mask_fields["b"] := {"pattern": "CASE-[0-9]+", "category": "user.unique_id", "strategy": "hash"} if tool.does("read")

${titled}mask_fields["c"] := {"path": place, "strategy": "tokenise", "options": options} if {
	tool.does("read")
	place := input.call.arguments.place
	options := {"purpose": input.server.labels.purpose}
}

${titled}mask_fields["d"] := {key: ["user"], "strategy": "redact"} if {
	tool.does("read")
	key := concat("", ["det", "ect"])
}

${titled}mask_fields["e"] := helper if tool.does("read")

${titled}mask_fields["f"] := false if tool.does("read")

helper := {"strategy": "blur"}
`,
    found: [],
  },
  'tokens that are turned back where they should not be': {
    source: `package policies.tokens

import data.writ.tool

${titled}detokenise["fine"] := {"path": "$.to", "purpose": "support"} if input.call.tool == "customers.lookup"

${titled}detokenise["by_arguments"] := {"path": "$.to", "purpose": "support"} if {
	tool.does("read")
	input.call.arguments.to != ""
}

${titled}detokenise["late"] := {"path": "$.to", "purpose": "support"} if {
	tool.does("read")
	input.result.bytes > 1
}

${titled}detokenise["everywhere"] := {"path": "$.to", "purpose": "support"} if input.identity.kind == "human"

${titled}detokenise["told"] := {"path": "$.to", "purpose": "support"} if {
	tool.does("read")
	input.tool.declared.title == "Send"
}

${titled}detokenise["true"] if tool.does("read")

${titled}detokenise["no_purpose"] := {"path": "$.to"} if tool.does("read")

${titled}detokenise["path"] := {"paths": ["to"], "purpose": ""} if tool.does("read")

${titled}detokenise["category"] := {"path": "$.to", "purpose": "support", "categories": ["email"]} if tool.does("read")
`,
    found: [
      '18 reads_result only deny, mask_fields and withhold',
      '25 grant_scope every tool',
      '29 grant_reads `input.tool.declared`',
      '36 rule_value no object',
      '40 rule_value no `purpose`',
      '44 rule_value a purpose',
      '44 rule_path cannot be followed',
      '48 unknown_category `email`',
    ],
  },
  'content that is shown where it should not be': {
    source: `package policies.media

import data.writ.tool

${titled}withhold["fine"] := {"mime_types": ["image/*", "*"], "action": "allow"} if input.call.arguments.id == "a"

${titled}withhold["late"] := {"mime_types": ["image/*"], "action": "deny"} if input.result.bytes > 1

${titled}withhold["shows"] := {"mime_types": ["image/*"], "action": "allow"} if input.result.bytes > 1

${titled}withhold["may_show"] := {"mime_types": ["image/*"], "action": action} if {
	input.result.bytes > 1
	action := concat("", ["al", "low"])
}

${titled}withhold["told"] := {"mime_types": ["image/*"], "action": "allow"} if input.tool.declared.title == "Photo"

${titled}withhold["told_to_hide"] := {"mime_types": ["image/*"], "action": "deny"} if input.tool.declared.title == "Photo"

${titled}withhold["action"] := {"mime_types": ["image/*"], "action": "hide"} if tool.does("read")

${titled}withhold["type"] := {"mime_types": ["image", "text/plain; charset=utf-8"], "action": "deny"} if tool.does("read")

${titled}withhold["key"] := {"mime_type": "image/*", "action": "deny"} if tool.does("read")
`,
    found: [
      '15 reads_result may show',
      '19 reads_result may show',
      '26 grant_reads `input.tool.declared`',
      '34 rule_value an action',
      '38 rule_value `image`',
      '38 rule_value `text/plain; charset=utf-8`',
      '42 rule_value a key `mime_type`',
      '42 rule_value no `mime_types`',
    ],
  },
  'names nothing has': {
    source: `# METADATA
# title: P
# custom: { servers: [crm, erp] }
package policies.names

import data.writ.tool

${titled}allow["x"] if { input.call.tool in {"customers.lookup", "customers.lokup"}; tool.does("read") }

# input.call.tool == "in a comment"
${titled}deny["y"] if "employees.read" == input.call.tool

${titled}deny["z"] if { input.server.name == \`hr\`; tool.holds("user.contcat") }

${titled}mask_fields["m"] := {"categories": ["user.contact", "user.e_mail"], "strategy": "redact"} if input.purpose == "x"

${titled}deny["scope"] if { "user.read" in input.identity.scopes; input.call.method == "x" }
`,
    found: [
      '4 unknown_server `erp`',
      '10 uncatalogued_tool `customers.lokup`',
      '15 uncatalogued_tool `employees.read`',
      '19 unknown_category `user.contcat`',
      '19 unknown_server `hr`',
      '23 unknown_category `user.e_mail`',
    ],
  },
};

const nameOf = (title: string, file = `${title.replaceAll(' ', '-')}.rego`) => file;

test('every way to write a policy that does not do what it says is found, at its place', async (t) => {
  const files = Object.entries(cases).map(([title, { source, file }]) => [nameOf(title, file), source]);
  const library = ['tool', 'caller'].map((name) => [
    `lib/${name}.rego`,
    readFileSync(`policies/lib/${name}.rego`, 'utf8'),
  ]);
  const folder = writeTree(t, Object.fromEntries([...files, ...library]));
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const sources = new Map(outcome.value.packages.map(({ file }) => [file, readFileSync(file, 'utf8')]));
  const found = lintContract(outcome.value, catalogue, sources);

  for (const [title, { source, file, found: expected }] of Object.entries(cases)) {
    await t.test(`${title}: ${codes(expected)}`, () => {
      const here = found.filter((each) => each.file === join(folder, nameOf(title, file)));
      const said = here.map(({ row, code, message }) => `${row} ${code} ${message}`);
      assert.equal(said.length, expected.length, said.join('\n'));
      for (const [index, line] of expected.entries()) {
        const [row = '', code = '', ...words] = line.split(' ');
        assert.ok(said[index]?.startsWith(`${row} ${code} `), `${said[index]} is not ${line}`);
        assert.ok(said[index]?.includes(words.join(' ')), `${said[index]} does not say ${words.join(' ')}`);
        assert.equal(here[index]?.source, source.split('\n')[Number(row) - 1]);
      }
    });
  }
  await t.test('the library: nothing', () => {
    assert.deepEqual(
      found.filter(({ file }) => file?.startsWith(join(folder, 'lib'))),
      [],
    );
  });
});

function codes(lines: string[]): string {
  return [...new Set(lines.map((line) => line.split(' ')[1]))].join(', ') || 'nothing';
}
