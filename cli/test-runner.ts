import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WritError } from '../engine/errors.ts';
import { parseFixture } from '../engine/fixtures/parse.ts';
import { runFixture } from '../engine/fixtures/run.ts';
import { runRegoTests } from '../engine/fixtures/run-rego.ts';
import type { TestOutcome } from '../engine/fixtures/test-outcome.ts';
import type { FixtureFile } from '../engine/fixtures/types.ts';
import { coverage as coveredLines } from '../engine/opa/coverage.ts';
import { DiagnosticsError } from '../engine/opa/diagnostics-error.ts';
import { filesBelow, type SourceFile } from '../engine/opa/sources.ts';
import { test as interpret, type TestCase } from '../engine/opa/test.ts';
import { readBundle } from '../engine/policy/bundle.ts';
import { activate, type Policy } from '../engine/policy/evaluate.ts';
import { measureLines } from './coverage/measure-lines.ts';
import { measureRules, rulesOf, watched } from './coverage/measure-rules.ts';
import { listener } from './coverage/told-policies.ts';
import type { Coverage } from './coverage/types.ts';
import {
  bundleData,
  capabilities,
  compileExamined,
  type Examined,
  examinePolicies,
  policyFiles,
  policySources,
} from './policies.ts';

export interface TestRunOptions {
  policies: readonly string[];
  /** Undefined for the folder `fixtures`, where there is one. */
  fixtures: readonly string[] | undefined;
  /** Only tests and fixtures whose name or file it matches. */
  run: RegExp | undefined;
  /** Undefined where no coverage is asked for. */
  coverage: { threshold: number | null } | undefined;
  /** Gives a fixture the text that it has from then on, before it runs; undefined where fixtures stay as they are. */
  update: ((text: string, file: string, policy: Policy) => string) | undefined;
}

export interface TestRun {
  outcomes: TestOutcome[];
  coverage: Coverage | undefined;
  /** Fixtures and Rego tests that ran; the outcomes of the others were known. */
  ran: number;
}

/** One test that ran, and the rules its decisions named. */
interface Ran {
  outcome: TestOutcome;
  seen: ReadonlySet<string>;
}

/** Keeps the last value as long as what it was made from is the same. */
class Kept<T> {
  #key = '';
  #value: Promise<T> | undefined;

  get(key: string, make: () => Promise<T>): Promise<T> {
    if (this.#value === undefined || key !== this.#key) {
      this.#key = key;
      this.#value = make();
      this.#value.catch(() => {
        this.#value = undefined;
      });
    }
    return this.#value;
  }
}

/** Runs fixtures and Rego tests on the engine that enforces. A second run does again only what files have changed for. */
export class TestRunner {
  readonly #options: TestRunOptions;
  readonly #examined = new Kept<Examined>();
  readonly #policy = new Kept<Policy>();
  readonly #rego = new Kept<Ran[]>();
  readonly #lines = new Kept<Coverage['lines']>();
  #fixtures = new Map<string, { key: string; ran: Ran }>();
  #ran = 0;
  #last = '';

  constructor(options: TestRunOptions) {
    this.#options = options;
  }

  /** The folders and files that are looked at. */
  get paths(): string[] {
    return [...this.#options.policies, ...this.#fixturePaths()];
  }

  /** Whether any file is other than at the last run. Throws where files cannot be read. */
  changed(): boolean {
    const now = digest([...this.#policyFiles(), ...this.#fixtureFiles()]);
    const before = this.#last;
    this.#last = now;
    return now !== before;
  }

  /**
   * Throws DiagnosticsError where something is wrong with policies or a fixture, and WRIT_SOURCES_MISSING where there is
   * nothing to run.
   */
  async run(): Promise<TestRun> {
    this.#ran = 0;
    this.changed();
    const sources = policySources(this.#options.policies);
    const everything = digest([...sources.rego, ...sources.tests], sources.data);
    const examined = await this.#examined.get(everything, async () => {
      const found = await examinePolicies(sources);
      if (!found.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', found.diagnostics);
      return found.value;
    });
    const [fixtures, rego, lines] = await Promise.all([
      this.#runFixtures(examined),
      this.#rego.get(everything, () => this.#runRego(examined)),
      this.#options.coverage && this.#lines.get(everything, () => this.#measureLines(examined)),
    ]);
    const outcomes = [...fixtures, ...rego].map(({ outcome }) => outcome);
    if (outcomes.length === 0) throw new WritError('WRIT_SOURCES_MISSING', this.#nothing());
    return {
      outcomes,
      coverage: lines && {
        rules: measureRules(examined.analysis, seenBy(fixtures), seenBy(rego)),
        lines,
        threshold: this.#options.coverage?.threshold ?? null,
      },
      ran: this.#ran,
    };
  }

  /** Fixtures against the very bundle that a gateway would load. */
  async #runFixtures(examined: Examined): Promise<Ran[]> {
    const files = this.#fixtureFiles();
    const chosen = files
      .map(({ path, text }) => ({ file: parseFixture(text, path), text }))
      .filter(({ file: { file, fixture } }) => this.#chosen(fixture.title ?? file, file));
    if (chosen.length === 0) return [];
    const key = digest(examined.sources.rego, bundleData(examined));
    const policy = await this.#policy.get(key, async () => activate(readBundle(await compileExamined(examined))));
    const known = this.#fixtures;
    this.#fixtures = new Map();
    return chosen.map(({ file: given, text: written }) => {
      const text = this.#options.update?.(written, given.file, policy) ?? written;
      const file = text === written ? given : parseFixture(text, given.file);
      const before = known.get(file.file);
      const own = `${key} ${text}`;
      const ran = before?.key === own ? before.ran : this.#runFixture(file, policy);
      this.#fixtures.set(file.file, { key: own, ran });
      return ran;
    });
  }

  #runFixture(file: FixtureFile, policy: Policy): Ran {
    this.#ran++;
    const seen = new Set<string>();
    return { outcome: runFixture(file, watched(policy, seen)), seen };
  }

  /** OPA's interpreter names the cases to expect: compiled, one that fails is gone. */
  async #runRego(examined: Examined): Promise<Ran[]> {
    const expected = await withData(examined, (paths) => interpret({ paths, capabilities }));
    if (!expected.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', expected.diagnostics);
    const cases = this.#chosenCases(expected.value.cases);
    const telling = this.#options.coverage !== undefined;
    const heard = new Map<string, Set<string>>();
    let current = new Set<string>();
    const builtins = telling
      ? listener((decision) => {
          for (const id of rulesIn(decision)) current.add(id);
        })
      : new Map();
    const begin = (entrypoint: string) => {
      current = new Set();
      heard.set(entrypoint, current);
    };
    const outcomes = await runRegoTests(cases, (tests) => compileExamined(examined, { tests, telling }), {
      builtins,
      begin,
    });
    this.#ran += outcomes.length;
    return outcomes
      .filter(({ name, file }) => this.#chosen(name, file))
      .map((outcome) => ({ outcome, seen: heard.get(entrypointOf(outcome)) ?? new Set() }));
  }

  /** Of the files that were named: the library that comes with Writ has tests of its own. */
  async #measureLines(examined: Examined): Promise<Coverage['lines']> {
    const own = new Set(this.#policyFiles().map(({ path }) => path));
    const judged = examined.sources.rego.map(({ path }) => path).filter((path) => own.has(path));
    return measureLines(await withData(examined, (paths) => coveredLines({ paths, capabilities })), judged);
  }

  #chosenCases(cases: readonly TestCase[]): TestCase[] {
    const name = (each: TestCase) => `${each.package}.${each.name}`;
    const full = (each: TestCase) => [name(each), ...(each.case === undefined ? [] : [each.case])].join('/');
    const chosen = new Set(cases.filter((each) => this.#chosen(full(each), each.file)).map(name));
    return cases.filter((each) => chosen.has(name(each)));
  }

  #chosen(name: string, file: string): boolean {
    const { run } = this.#options;
    return run === undefined || run.test(name) || run.test(file);
  }

  #policyFiles(): SourceFile[] {
    return this.#options.policies.flatMap(policyFiles);
  }

  #fixturePaths(): readonly string[] {
    const { fixtures } = this.#options;
    return fixtures ?? (existsSync('fixtures') ? ['fixtures'] : []);
  }

  #fixtureFiles(): SourceFile[] {
    const paths = this.#fixturePaths();
    const files = paths.flatMap((path) => filesBelow(path)).filter(({ path }) => /\.ya?ml$/.test(path));
    if (files.length === 0 && this.#options.fixtures !== undefined && paths.length > 0)
      throw new WritError('WRIT_SOURCES_MISSING', `There is no fixture below ${paths.join(', ')}.`);
    return files;
  }

  #nothing(): string {
    if (this.#options.run !== undefined) return 'No test or fixture has a name or file that --run matches.';
    return 'There are no fixtures and no Rego tests: docs/fixtures.md shows how to write one.';
  }
}

/** Calls OPA with the sources and the data of the bundle, or the two engines would be asked about different policies. */
async function withData<T>(examined: Examined, ask: (paths: string[]) => Promise<T>): Promise<T> {
  const { rego, tests } = examined.sources;
  const folder = mkdtempSync(join(tmpdir(), 'writ-test-'));
  try {
    const data = join(folder, 'data.json');
    writeFileSync(data, JSON.stringify(bundleData(examined)));
    return await ask([...[...rego, ...tests].map(({ path }) => path), data]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A test may put anything in the place of what lib composes, so little is taken for granted. */
function rulesIn(decision: unknown): string[] {
  const { rules = [], mask_fields = [], approval, obligations = [] } = Object(decision);
  return rulesOf({ ...Object(decision), rules, mask_fields, approval: { requirements: [], ...approval }, obligations });
}

/** `test.gdpr.test_x/case` to `test/gdpr/test_x`. */
function entrypointOf({ name }: TestOutcome): string {
  const [test = ''] = name.split('/');
  return test.replaceAll('.', '/');
}

/** Cases of one data-driven test share what was seen: the same set counts once. */
function seenBy(ran: readonly Ran[]): ReadonlySet<string>[] {
  return [...new Set(ran.map(({ seen }) => seen))];
}

function digest(files: readonly SourceFile[], data?: object): string {
  return hash('sha256', JSON.stringify([files.map(({ path, text }) => [path, text]), data]), 'base64');
}
