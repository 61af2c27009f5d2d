import { segments } from '../../policy/dotted.ts';
import type { Analysis } from '../types.ts';
import { type Finding, finding } from './finding.ts';
import { identifier, packName } from './packs.ts';

/**
 * Lib asks the packages `policies.<pack>` and no others, so a rule anywhere else takes part in nothing. The package
 * `policies` alone may stand there for METADATA that all packs share.
 */
export function checkPackages({ packages, rules }: Analysis): Finding[] {
  const asked = new Set(['writ', ...packages.map(({ path }) => packName(path))]);
  return packages.flatMap((declared) => {
    const [root, name = '', ...deeper] = segments(declared.path);
    const say = (code: string, message: string) => [finding(declared, code, message)];
    const isTest = declared.file.endsWith('_test.rego');
    if (isTest || root === 'test') {
      if (root !== 'test' || deeper.length > 0 || !asked.has(name)) {
        return say('test_package', `Tests of a pack belong in package test.<pack>; \`${declared.path}\` is none.`);
      }
      if (!isTest) return say('test_package', 'Tests belong in files named *_test.rego, which stay out of the bundle.');
      return [];
    }
    if (root === 'writ') {
      if (inLibrary(declared.file)) return [];
      return say('reserved_package', 'The package `writ` and those below it are the library in the folder lib.');
    }
    if (root !== 'policies') {
      return say('unknown_package', `Nothing asks package \`${declared.path}\`: a pack is policies.<pack>.`);
    }
    if (deeper.length > 0) {
      return say(
        'nested_package',
        `Nothing asks a package below a pack, its denials included: use \`package policies.${name}\`, in as many files as you like.`,
      );
    }
    if (name === '') {
      const lost = rules.find((rule) => rule.package === declared.path && rule.file === declared.file);
      if (lost === undefined) return [];
      return [finding(lost, 'unknown_package', 'Nothing asks package `policies` itself: a pack is policies.<pack>.')];
    }
    if (name === 'writ' || !identifier.test(name)) {
      return say(
        'pack_name',
        `A pack is named in small letters, digits and _, and not \`writ\`: rule ids begin with it.`,
      );
    }
    return [];
  });
}

function inLibrary(file: string): boolean {
  return file.split(/[\\/]/).at(-2) === 'lib';
}
