import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { dataUses, legalBases, specialCategoryBases } from '../../engine/opa/contract/fideslang.ts';
import { readYaml } from '../../engine/yaml/read.ts';
import { type PackPage, pageNow, policyPages } from '../../scripts/policy-pages.ts';

describe('the shipped packs are worth copying', () => {
  let packs: PackPage[];
  before(async () => {
    packs = await policyPages();
  });

  test('there is a pack for each demo server', () => {
    assert.deepEqual(
      packs.map(({ pack }) => pack),
      ['gdpr', 'gdpr_hr', 'gdpr_tickets'],
    );
  });

  for (const [what, has] of [
    ['a title', ({ title }) => title !== ''],
    ['a GDPR article', ({ article }) => /^\d+(\(\d\))*(\([a-z]\))?(, \d+(\(\d\))*(\([a-z]\))?)*$/.test(article)],
    ['a Rego test that names it, in its pack', ({ test }) => test !== null],
    ['a fixture in which it fires', ({ fixture }) => fixture !== null],
  ] as [string, (rule: PackPage['rules'][number]) => boolean][]) {
    test(`every rule has ${what}`, () => {
      const rules = packs.flatMap((pack) => pack.rules);
      assert.ok(rules.length > 40);
      assert.deepEqual(
        rules.filter((rule) => !has(rule)).map(({ id }) => id),
        [],
      );
    });
  }

  test('every rule has its section in docs/policies, as `npm run docs:policies` writes it', () => {
    for (const { pack, rules, text } of packs) {
      const page = pageNow(pack);
      for (const { id, title } of rules) assert.ok(page.includes(`### ${id}\n**${title}.**`), id);
      assert.equal(page, text, `docs/policies/${pack}.md is not of today: npm run docs:policies`);
    }
  });
});

test('the register speaks fideslang', () => {
  const file = 'policies/register.yaml';
  const { register } = readYaml(readFileSync(file, 'utf8'), file, 'WRIT_SOURCES_INVALID').value as {
    register: {
      purposes: Record<string, Record<string, Record<string, string>>>;
      default_purpose: Record<string, string>;
    };
  };
  for (const [server, purposes] of Object.entries(register.purposes)) {
    for (const [purpose, { legal_basis = '', special_category_basis, retention = '' }] of Object.entries(purposes)) {
      assert.ok(dataUses.has(purpose), purpose);
      assert.ok(legalBases.has(legal_basis), `${purpose}: ${legal_basis}`);
      assert.ok(special_category_basis === undefined || specialCategoryBases.has(special_category_basis), purpose);
      assert.match(retention, /^P\d+[DMY]$/, purpose);
    }
    assert.ok(Object.hasOwn(purposes, register.default_purpose[server] ?? ''), server);
  }
});
