import { isDeepStrictEqual } from 'node:util';
import { fixtureInput } from '../../engine/fixtures/input.ts';
import { observe } from '../../engine/fixtures/observe.ts';
import { parseFixture } from '../../engine/fixtures/parse.ts';
import type { Fixture } from '../../engine/fixtures/types.ts';
import { readBundle } from '../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../engine/policy/evaluate.ts';
import type { Command } from '../command.ts';
import type { FormatName } from '../formats/formatter.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { formatOption } from '../options.ts';
import { compilePolicies } from '../policies.ts';
import { readFile } from '../read-file.ts';
import { sideBySide } from '../side-by-side.ts';

interface Arguments {
  fixture: string;
  policies: string[];
  bundle: string | undefined;
  format: FormatName;
}

/** One rule and what its METADATA says of it. */
function explainRule(policy: Policy, id: string): { rule: string; title: string | null; at: string | null } {
  const metadata = policy.build.rules[id];
  return { rule: id, title: metadata?.title ?? null, at: metadata?.at ?? null };
}

function explanation(fixture: Fixture, policy: Policy) {
  const seen = observe(fixture, policy);
  const { fuel, unanswered } = policy.decide(fixtureInput(fixture));
  const rules = (ids: readonly string[]) => ids.map((id) => explainRule(policy, id));
  return {
    verdict: seen.verdict,
    listed: seen.listed ?? null,
    rules: rules(seen.rules),
    masks: rules(seen.masks),
    reasons: seen.reasons,
    fuel,
    unanswered,
    arguments: { asked: fixture.call.arguments ?? null, sent: seen.arguments ?? null },
    result: { received: fixture.result ?? null, shown: seen.result ?? null },
  };
}

function pretty(fixture: Fixture, found: ReturnType<typeof explanation>, width: number, paint: Paint): string {
  const line = (name: string, text: string) => `${paint('dim', name.padEnd(8))} ${text}`;
  const rules = (name: string, list: typeof found.rules) =>
    list.map(({ rule, title, at }, index) =>
      line(
        index === 0 ? name : '',
        `${rule}${title === null ? '' : `  ${title}`}${at === null ? '' : `  ${paint('dim', at)}`}`,
      ),
    );
  const columns = (title: [string, string], one: typeof found.result.received, other: typeof found.result.shown) => [
    '',
    paint('bold', isDeepStrictEqual(one, other) ? `${title[0]}, and ${title[1]} unchanged` : title.join(' │ ')),
    ...sideBySide(one, other, width, paint),
  ];
  return [
    ...(fixture.title === undefined ? [] : [paint('bold', visible(fixture.title))]),
    line('verdict', paint('bold', found.verdict)),
    ...rules('rules', found.rules),
    ...rules('masks', found.masks),
    ...found.reasons.map(({ message }, index) => line(index === 0 ? 'reasons' : '', visible(message))),
    ...(found.listed === null ? [] : [line('listed', found.listed ? 'yes' : 'no')]),
    line('fuel', `${found.fuel} units`),
    ...(found.arguments.sent === null
      ? []
      : columns(['arguments as asked', 'as sent on'], found.arguments.asked, found.arguments.sent)),
    ...(found.result.received === null || found.verdict === 'deny' || found.verdict === 'require-approval'
      ? []
      : columns(['result as received', 'as shown'], found.result.received, found.result.shown)),
    '',
  ].join('\n');
}

export const explain: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('fixture', {
        describe: 'A fixture: one call in YAML',
        type: 'string',
        demandOption: true,
        normalize: true,
      })
      .option('policies', {
        alias: 'p',
        describe: 'Policies to compile',
        type: 'string',
        array: true,
        default: ['policies'],
        normalize: true,
      })
      .option('bundle', { alias: 'b', describe: 'A bundle instead, unsigned', type: 'string', normalize: true })
      .option('format', formatOption)
      .example('$0 explain call.yaml --bundle bundle.tar.gz', 'The same of a bundle that is built')
      .example(
        '$0 explain fixtures/crm/support-reads-a-customer.yaml',
        'Decision, rules and reasons, and the masked result',
      )
      .epilogue(
        'docs/fixtures.md describes the format of a call. Exits 0 whatever the decision is, 1 if the policies are wrong, 65 if the fixture is.',
      ),
  handler: async ({ fixture: file, policies, bundle, format }) => {
    const { fixture } = parseFixture(readFile(file).toString('utf8'), file);
    const bytes = bundle === undefined ? await compilePolicies(policies) : readFile(bundle);
    const found = explanation(fixture, activate(readBundle(bytes)));
    process.stdout.write(
      format === 'json'
        ? `${JSON.stringify(found, null, 2)}\n`
        : pretty(fixture, found, process.stdout.columns ?? 120, paintFor(process.stdout)),
    );
  },
};
