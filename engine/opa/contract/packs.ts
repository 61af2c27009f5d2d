import { segments } from '../../policy/dotted.ts';
import type { AnalysedPackage, AnalysedRule, Analysis } from '../types.ts';

export const kinds = [
  'allow',
  'deny',
  'require_approval',
  'mask_fields',
  'detokenise',
  'withhold',
  'obligations',
] as const;
export type Kind = (typeof kinds)[number];

/** What the packages `policies.<name>` in all their files make together. */
export interface Pack {
  name: string;
  /** Where the pack says which servers it governs; its first file where it does not. */
  declaration: AnalysedPackage;
  /** Null for a pack that governs every server. */
  servers: string[] | null;
  /** Every rule in the pack, helpers too. */
  rules: AnalysedRule[];
}

/** A rule that lib asks: `<pack>.<kind>.<name>`. */
export interface ContractRule {
  id: string;
  kind: Kind;
  rule: AnalysedRule;
}

/** Packs by name, sorted. What is in packages that are no pack, such as nested ones, is not among them. */
export function readPacks(analysis: Analysis): Pack[] {
  const packs = new Map<string, Pack>();
  for (const declared of analysis.packages) {
    const name = packName(declared.path);
    if (name === null) continue;
    const servers = declaredServers(declared);
    const known = packs.get(name);
    if (known === undefined) packs.set(name, { name, declaration: declared, servers, rules: [] });
    else if (servers !== null) packs.set(name, { ...known, declaration: declared, servers });
  }
  for (const rule of analysis.rules) packs.get(packName(rule.package) ?? '')?.rules.push(rule);
  return [...packs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The rules of a pack that lib asks; those of a wrong shape are left out, and `checkRules` tells of them. */
export function contractRules(pack: Pack): ContractRule[] {
  return pack.rules.flatMap((rule) => {
    const [kind, name, ...deeper] = withinPackage(rule);
    if (!isKind(kind) || name === undefined || deeper.length > 0 || !identifier.test(name)) return [];
    return [{ id: `${pack.name}.${kind}.${name}`, kind, rule }];
  });
}

/** `gdpr` of `policies.gdpr`; null for every other package. */
export function packName(path: string): string | null {
  const [root, name, ...deeper] = segments(path);
  return root === 'policies' && name !== undefined && deeper.length === 0 ? name : null;
}

/** Path of a rule below its package: `['deny', 'health_data']`. */
export function withinPackage(rule: AnalysedRule): string[] {
  return segments(rule.path).slice(segments(rule.package).length);
}

export function isKind(name: string | undefined): name is Kind {
  return kinds.some((kind) => kind === name);
}

/** Of packs and rules: ids are written down in logs and configuration, where quotes and dots would need escaping. */
export const identifier = /^[a-z][a-z0-9_]*$/;

function declaredServers({ annotations }: AnalysedPackage): string[] | null {
  const servers = annotations?.custom.servers;
  if (servers === undefined) return null;
  return Array.isArray(servers) ? servers.filter((server) => typeof server === 'string') : [];
}
