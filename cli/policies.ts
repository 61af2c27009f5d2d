import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { WritError } from '../engine/errors.ts';
import { analyse } from '../engine/opa/analyse.ts';
import { build, type Signing } from '../engine/opa/build.ts';
import { check } from '../engine/opa/check.ts';
import { buildData } from '../engine/opa/contract/build-data.ts';
import { lintContract } from '../engine/opa/contract/lint-contract.ts';
import { readCatalogue } from '../engine/opa/contract/read-catalogue.ts';
import { DiagnosticsError } from '../engine/opa/diagnostics-error.ts';
import { filesBelow, readSources, type SourceFile, type Sources } from '../engine/opa/sources.ts';
import type { Analysis, Diagnostic, Outcome } from '../engine/opa/types.ts';
import { entrypoints } from '../engine/policy/bundle.ts';
import type { Catalogue } from '../engine/policy/types.ts';
import { tellingCapabilities, tellingRego } from './coverage/told-policies.ts';
import { packageFile } from './package-files.ts';

export const capabilities = packageFile('policies/capabilities.json');
const schemaDir = packageFile('policies/schema');

/** Policies in which nothing wrong was found, ready to be compiled. */
export interface Examined {
  sources: Sources;
  analysis: Analysis;
  catalogue: Catalogue;
}

/** The library, and the messages it has for tests to ask about; that it keeps its own tests is not the author's concern. */
const ofLibrary = /^lib[\\/](?:inputs_test|(?!.*_test\.rego$).*)\.rego$/;

/** The composing library comes with Writ; policies that bring their own are taken at their word. */
export function policySources(paths: readonly string[]): Sources {
  const files = paths.flatMap(policyFiles);
  if (!files.some(({ path }) => path.endsWith('.rego'))) throw noPolicies(paths);
  if (files.some(({ text, path }) => path.endsWith('.rego') && /^package writ$/m.test(text))) return readSources(files);
  const library = filesBelow(packageFile('policies')).filter(({ name }) => ofLibrary.test(name));
  return readSources([...files, ...library]);
}

/** Files below a path; whoever has no folder `policies` yet is told how to begin. */
export function policyFiles(path: string): SourceFile[] {
  try {
    return filesBelow(path);
  } catch (cause) {
    if (!(cause instanceof WritError) || path !== 'policies') throw cause;
    throw new WritError('WRIT_SOURCES_MISSING', `There is no folder policies here.${invitation}`, { cause });
  }
}

function noPolicies(paths: readonly string[]): WritError {
  const where = paths.join(', ');
  return new WritError('WRIT_SOURCES_MISSING', `There is no Rego in ${where}.${invitation}`);
}

/** For whoever begins in an empty folder. */
const invitation = `\nTo begin with the pack that comes with Writ: cp -R ${packageFile('policies')} .`;

/** Looks for everything wrong with policies: what OPA finds, and what it lets pass in silence. */
export async function examinePolicies(sources: Sources): Promise<Outcome<Examined>> {
  const files = [...sources.rego, ...sources.tests];
  const paths = files.map(({ path }) => path);
  const [checked, analysed] = await Promise.all([
    check({ paths, schemaDir, capabilities }),
    analyse({ paths, capabilities }),
  ]);
  const { catalogue, diagnostics } =
    sources.catalogue === null ? { catalogue: {}, diagnostics: [] } : readCatalogue(sources.catalogue);
  // OPA's own check knows more places than the analysis, so where both complain the check is heard.
  if (!checked.ok) return { ok: false, diagnostics: [...checked.diagnostics, ...diagnostics] };
  if (!analysed.ok) return { ok: false, diagnostics: [...analysed.diagnostics, ...diagnostics] };
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const found: Diagnostic[] = [...lintContract(analysed.value, catalogue, texts), ...diagnostics];
  if (found.length > 0) return { ok: false, diagnostics: found };
  return { ok: true, value: { sources, analysis: analysed.value, catalogue } };
}

/** File names as they are in the bundle, so that equal policies make equal bundles wherever they lie. */
function relocate({ analysis, sources }: Examined): Analysis {
  const names = new Map([...sources.rego, ...sources.tests].map(({ path, name }) => [path, name]));
  const rules = analysis.rules.map((rule) => ({ ...rule, file: names.get(rule.file) ?? rule.file }));
  return { ...analysis, rules };
}

/** `data` of the bundle. */
export function bundleData(examined: Examined): Record<string, unknown> {
  return { ...examined.sources.data, build: buildData(relocate(examined), examined.catalogue) };
}

export interface CompileOptions {
  revision?: string | undefined;
  signing?: Signing | undefined;
  /** Compiles the test files too, with these rules of theirs as further entrypoints. */
  tests?: readonly string[] | undefined;
  /** Has every decision told to a builtin: for tests, to see what their policies decided. */
  telling?: boolean | undefined;
}

/** Compiles examined policies into the bytes of a bundle. Throws DiagnosticsError where OPA refuses them after all. */
export async function compileExamined(examined: Examined, options: CompileOptions = {}): Promise<Uint8Array> {
  const { sources } = examined;
  const { revision, signing, tests, telling = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'writ-build-'));
  try {
    const files = [...sources.rego, ...(tests === undefined ? [] : sources.tests)];
    const data = bundleData(examined);
    for (const { name, text } of [...files, { name: 'data.json', text: JSON.stringify(data) }]) {
      const path = join(folder, 'sources', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, telling && name.endsWith('.rego') ? tellingRego(text) : text);
    }
    const wider = join(folder, 'capabilities.json');
    if (telling) writeFileSync(wider, tellingCapabilities(capabilities));
    const output = join(folder, 'bundle.tar.gz');
    const built = await build({
      cwd: join(folder, 'sources'),
      paths: ['.'],
      bundle: true,
      prune: tests !== undefined,
      entrypoints: [...entrypoints, ...(tests ?? [])],
      capabilities: telling ? wider : capabilities,
      output,
      revision,
      signing: signing && { ...signing, key: resolve(signing.key) },
    });
    if (!built.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', built.diagnostics);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Policies below the paths to the bytes of a bundle. Throws DiagnosticsError with WRIT_OPA_FAILED where something is
 * wrong with them, WRIT_OPA_MISSING and WRIT_SOURCES_* where they cannot be looked at.
 */
export async function compilePolicies(paths: readonly string[], options: CompileOptions = {}): Promise<Uint8Array> {
  const examined = await examinePolicies(policySources(paths));
  if (!examined.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', examined.diagnostics);
  return compileExamined(examined.value, options);
}
