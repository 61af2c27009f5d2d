import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder that goes with the test. */
export function temporary(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'writ-cli-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function put(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const pack = `# METADATA
# title: Notes
# custom:
#   servers: [notes]
package policies.notes

import data.writ.tool

# METADATA
# title: Staff read notes
allow["staff"] if {
	"staff" in input.identity.groups
	tool.does("read")
}

# METADATA
# title: Nobody without a name
deny["nameless"] if input.identity.kind == "anonymous"

# METADATA
# title: Nobody from abroad
deny["abroad"] if {
	input.gateway.environment == "abroad"
	input.identity.kind == "human"
}
`;

const tests = `package test.notes

import data.writ

given(kind) := {
	"contract": 1,
	"server": {"name": "notes", "labels": {}},
	"call": {"method": "tools/call", "direction": "to-server", "listing": false, "tool": "read", "arguments": {}},
	"identity": {"kind": kind, "groups": ["staff"], "id": "x", "tenant": "default"},
	"gateway": {"name": "g", "environment": "test"},
	"approval": null,
	"result": null,
}

test_nameless if {
	decision := writ.decision with input as given("anonymous")
	decision.rules == ["notes.deny.nameless"]
}
`;

const catalogue = 'catalogue:\n  notes:\n    read: { action: read, holds: {} }\n';

const fixture = `title: Staff read a note
identity: { kind: human, groups: [staff] }
call: { server: notes, method: tools/call, tool: read, arguments: {} }
expect: { effect: allow, rules: [notes.allow.staff] }
`;

/** A small pack of three rules: a fixture sees one decide, a Rego test another, and nothing the third. */
export function project(t: TestContext): string {
  const folder = temporary(t);
  put(folder, 'policies/notes/pack.rego', pack);
  put(folder, 'policies/notes/pack_test.rego', tests);
  put(folder, 'policies/catalogue.yaml', catalogue);
  put(folder, 'fixtures/staff.yaml', fixture);
  return folder;
}
