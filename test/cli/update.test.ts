import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'writ-update-'));
const fixture = join(folder, 'fixtures/a.yaml');
const text = `# ours
title: Staff read # and nobody else
identity: { kind: human, groups: [staff] }
call: { server: crm, method: tools/call, tool: read }
expect: { effect: deny }
`;
before(() => {
  mkdirSync(join(folder, 'policies'));
  mkdirSync(join(folder, 'fixtures'));
  writeFileSync(join(folder, 'policies/catalogue.yaml'), 'catalogue: { crm: { read: { action: read, holds: {} } } }\n');
  writeFileSync(
    join(folder, 'policies/p.rego'),
    `# METADATA
# title: P
# custom:
#   servers: [crm]
package policies.p

import data.writ.tool

# METADATA
# title: Staff read
allow["read"] if {
	tool.does("read")
	"staff" in input.identity.groups
}
`,
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

function update(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
  const command = [main, 'test', '--update', ...args];
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, CI: '', ...env }, timeout: 120_000 };
    execFile(process.execPath, command, options, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

test('in CI nothing is rewritten unless forced', async () => {
  writeFileSync(fixture, text);
  const { code, err } = await update([], { CI: 'true' });
  assert.equal(code, 64);
  assert.match(err, /WRIT_UPDATE_REFUSED/);
  assert.equal(readFileSync(fixture, 'utf8'), text);
});

test('the difference that is written is shown, the exit code says so, and then there is none', async () => {
  writeFileSync(fixture, text);
  const first = await update([]);
  assert.equal(first.code, 1, first.err);
  const written = text.replace(' { effect: deny }', ' { effect: allow, listed: true, rules: [p.allow.read] }');
  assert.equal(readFileSync(fixture, 'utf8'), written);
  assert.match(
    first.out,
    /--- fixtures\/a\.yaml\n\+\+\+ fixtures\/a\.yaml\n@@ .*\n(?: .*\n)+-expect: \{ effect: deny \}\n\+expect: \{ effect: allow, .*\n[\s\S]*Updated 1 file\.\n$/,
  );
  const second = await update([]);
  assert.equal(second.code, 0, second.err);
  assert.match(second.out, /Nothing to update\.\n$/);
});

test('forced in CI, with colour where it is asked for; a report for programs stays one document', async () => {
  writeFileSync(fixture, text);
  const { code, out, err } = await update(['--force', '--format', 'json'], { CI: 'true', FORCE_COLOR: '1' });
  assert.equal(code, 1);
  assert.equal(JSON.parse(out).summary.passed, 1);
  assert.ok(err.includes('\u001b[31m-expect: { effect: deny }\u001b[39m'));
});
