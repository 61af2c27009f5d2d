/** Writes docs/policies/<pack>.md from the METADATA of the shipped packs, their tests and the fixtures. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileExamined, type Examined, examinePolicies, policySources } from '../cli/policies.ts';
import { fixtureInput } from '../engine/fixtures/input.ts';
import { observe } from '../engine/fixtures/observe.ts';
import { parseFixture } from '../engine/fixtures/parse.ts';
import { withText } from '../engine/fixtures/text-copy.ts';
import { type ContractRule, contractRules, type Pack, readPacks } from '../engine/opa/contract/packs.ts';
import { filesBelow } from '../engine/opa/sources.ts';
import { readBundle } from '../engine/policy/bundle.ts';
import { activate, type Policy } from '../engine/policy/evaluate.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** The packs to copy, by name. */
const shipped = /^gdpr/;
const kinds = {
  allow: 'Grants',
  deny: 'Denials',
  require_approval: 'Approvals',
  mask_fields: 'Masks',
  detokenise: 'Tokens turned back',
  withhold: 'Content that cannot be masked',
  obligations: 'Obligations',
};
const facts = {
  article: 'GDPR Article',
  legal_basis: 'Legal basis',
  special_category_basis: 'Basis under Article 9(2)',
  purpose: 'Purpose',
};

/** What there is to say of one rule. */
export interface RulePage {
  id: string;
  title: string;
  description: string;
  article: string;
  /** Files below the root of the repository; null where there is none. */
  rule: string;
  test: string | null;
  fixture: string | null;
}

/** A pack and its page. */
export interface PackPage {
  pack: string;
  rules: RulePage[];
  text: string;
}

/** Rules by fixture: those that decide, mask or oblige. */
function fired(policy: Policy): Map<string, string[]> {
  const files = filesBelow(`${root}fixtures`).filter(({ name }) => /^(crm|hr|tickets)\/[^/]+\.yaml$/.test(name));
  return new Map(
    files.map(({ name, text }) => {
      const { fixture } = parseFixture(text, name);
      const { obligations } = policy.decide(fixtureInput(fixture)).decision;
      const { rules, masks } = observe(withText(fixture), policy);
      return [`fixtures/${name}`, [...rules, ...masks, ...obligations.map(({ rule }) => rule)]];
    }),
  );
}

function testOf(id: string, rule: string, { sources }: Examined): string | null {
  const folder = rule.slice(0, rule.lastIndexOf('/'));
  const beside = rule.replace(/\.rego$/, '_test.rego');
  const tests = sources.tests.filter(
    ({ name, text }) => `policies/${name}`.startsWith(`${folder}/`) && text.includes(`"${id}"`),
  );
  const names = tests.map(({ name }) => `policies/${name}`);
  return names.includes(beside) ? beside : (names[0] ?? null);
}

function section({ rule: { annotations } }: ContractRule, page: RulePage): string {
  const known = Object.entries(facts).flatMap(([key, name]) => {
    const value = annotations?.custom[key];
    if (typeof value !== 'string') return [];
    return [key === 'article' ? `${name} ${value}` : `${name} \`${value}\``];
  });
  const places = [page.rule, page.test, page.fixture].flatMap((file) =>
    file === null ? [] : [`[${basename(file)}](../../${file})`],
  );
  const text = page.description === '' ? [] : ['', page.description];
  return [
    `### ${page.id}`,
    `**${page.title}.**`,
    ...text,
    '',
    `${known.join('. ')}.`,
    '',
    `${places.join(' · ')}`,
  ].join('\n');
}

function pageOf(pack: Pack, rules: readonly [ContractRule, RulePage][]): string {
  const { title, description } = pack.declaration.annotations ?? { title: pack.name, description: '' };
  const chapters = Object.entries(kinds).flatMap(([kind, name]) => {
    const own = rules.filter(([rule]) => rule.kind === kind);
    return own.length === 0 ? [] : [`## ${name}`, ...own.map(([rule, page]) => section(rule, page))];
  });
  const governs = (pack.servers ?? []).map((server) => `\`${server}\``).join(', ');
  return `${[
    `# ${title} (\`${pack.name}\`)`,
    `Made from the METADATA of \`policies/${pack.name}\` by \`npm run docs:policies\`. How to copy a pack: [README.md](README.md).`,
    description ?? '',
    `It governs the server ${governs}.`,
    ...chapters,
  ].join('\n\n')}\n`;
}

/** The page of each pack to copy. */
export async function policyPages(): Promise<PackPage[]> {
  const examined = await examinePolicies(policySources([`${root}policies`]));
  if (!examined.ok) throw new Error(JSON.stringify(examined.diagnostics));
  const when = fired(activate(readBundle(await compileExamined(examined.value))));
  const packs = readPacks(examined.value.analysis).filter(({ name }) => shipped.test(name));
  return packs.map((pack) => {
    const rules = contractRules(pack).map((found): [ContractRule, RulePage] => {
      const { file, annotations } = found.rule;
      const rule = file.slice(file.indexOf('policies/'));
      // The one in which least else fires shows the rule best.
      const [fixture = null] = [...when]
        .filter(([, ids]) => ids.includes(found.id))
        .toSorted(([, a], [, b]) => a.length - b.length)
        .map(([name]) => name);
      const article = annotations?.custom.article;
      const page: RulePage = {
        id: found.id,
        title: annotations?.title ?? '',
        description: annotations?.description?.trim() ?? '',
        article: typeof article === 'string' ? article : '',
        rule,
        test: testOf(found.id, rule, examined.value),
        fixture,
      };
      return [found, page];
    });
    return { pack: pack.name, rules: rules.map(([, page]) => page), text: pageOf(pack, rules) };
  });
}

/** Where the page of a pack lies. */
export const pageFile = (pack: string): string => `${root}docs/policies/${pack}.md`;

if (import.meta.main) {
  mkdirSync(`${root}docs/policies`, { recursive: true });
  for (const { pack, text } of await policyPages()) writeFileSync(pageFile(pack), text);
}

/** The page as it is in the repository. */
export const pageNow = (pack: string): string => readFileSync(pageFile(pack), 'utf8');
