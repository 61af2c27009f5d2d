import type { AnalysedRule } from '../types.ts';
import { type Finding, finding } from './finding.ts';
import { identifier, isKind, kinds, type Pack, withinPackage } from './packs.ts';

/** A rule that takes part is `<kind>["<rule>"]`, by itself: what it has no value for, it says nothing about. */
export function checkRules(pack: Pack): Finding[] {
  return pack.rules.flatMap((rule) => checkRule(pack.name, rule));
}

function checkRule(pack: string, rule: AnalysedRule): Finding[] {
  const [kind = '', name, ...deeper] = withinPackage(rule);
  if (!isKind(kind)) {
    // A variable behind the name makes a helper that is looked up; a constant there is how rules of a kind look.
    if (name === undefined || name === '*') return [];
    return [
      finding(
        rule,
        'unknown_kind',
        `\`${kind}\` is no kind of rule, so nothing asks this one. Kinds are ${kinds.join(', ')}; a helper has a plain name.`,
      ),
    ];
  }
  if (name === undefined || name === '*') {
    return [finding(rule, 'rule_shape', `A rule has a name of its own: \`${kind}["<rule>"] := value if ...\`.`)];
  }
  if (deeper.length > 0 || !identifier.test(name)) {
    return [
      finding(
        rule,
        'rule_shape',
        `The id of this rule would be \`${[pack, kind, name, ...deeper].join('.')}\`: use one name behind ${kind}, of small letters, digits and _.`,
      ),
    ];
  }
  const findings: Finding[] = [];
  if (rule.isDefault) {
    findings.push(
      finding(rule, 'rule_shape', 'A default is a value the rule has when it does not fire: leave it out.'),
    );
  }
  if (rule.annotations?.title == null) {
    const message = `\`${pack}.${kind}.${name}\` needs METADATA with a title: it is what people are told of the rule.`;
    findings.push(finding(rule, 'missing_title', message));
  }
  return findings;
}
