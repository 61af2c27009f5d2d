import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { examinePolicies, policySources } from '../../cli/policies.ts';
import { readCatalogue } from '../../engine/opa/contract/read-catalogue.ts';
import { readYaml } from '../../engine/yaml/read.ts';

const authoring = readFileSync('docs/policy-authoring.md', 'utf8');
const contract = readFileSync('docs/decision-contract.md', 'utf8');

function snippets(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text]) => text ?? '');
}

test('every pack in the documentation passes `writ check` beside the shipped ones', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'writ-docs-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const packs = snippets(authoring, 'rego');
  assert.ok(packs.length > 5);
  for (const [index, text] of packs.entries()) {
    writeFileSync(join(folder, `snippet_${index}${/^package test\./m.test(text) ? '_test' : ''}.rego`), text);
  }
  const outcome = await examinePolicies(policySources(['policies', folder]));
  assert.deepEqual(outcome.ok ? [] : outcome.diagnostics, []);
});

test('the catalogue in the documentation is a right one', () => {
  for (const text of snippets(authoring, 'yaml')) {
    const { diagnostics } = readCatalogue(readYaml(text, 'docs/policy-authoring.md', 'WRIT_OPA_FAILED'));
    assert.deepEqual(diagnostics, []);
  }
});

test('every finding is explained, and no other', () => {
  const files = [
    'check-mask',
    'check-metadata',
    'check-names',
    'check-packages',
    'check-reads',
    'check-rules',
    'check-values',
    'lint-contract',
    'read-catalogue',
  ];
  const sources = files.map((file) => readFileSync(`engine/opa/contract/${file}.ts`, 'utf8')).join('\n');
  const section = authoring.slice(authoring.indexOf('## What `writ check` finds'), authoring.indexOf('## Style'));
  const explained = [...section.matchAll(/^\| `(\w+)` \| /gm)].map(([, code]) => code ?? '');
  const said = [...sources.matchAll(/'([a-z]+_[a-z]+|entrypoint)'/g)].map(([, code]) => code ?? '');
  const keys = ['mask_fields', 'mime_types', 'legal_basis', 'special_category_basis'];
  assert.deepEqual([...new Set(said)].filter((code) => !keys.includes(code)).sort(), explained.sort());
});

test('every field of input and decision is in the documentation', () => {
  for (const name of ['input', 'decision']) {
    const schema = JSON.parse(readFileSync(`policies/schema/${name}.json`, 'utf8'));
    for (const field of Object.keys(schema.properties))
      assert.match(contract, new RegExp(`^\\| \`${field}[.\`]`, 'm'), field);
  }
});
