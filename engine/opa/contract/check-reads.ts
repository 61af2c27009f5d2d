import { type Finding, finding } from './finding.ts';
import { type ContractRule, contractRules, type Pack } from './packs.ts';
import { readsAny, readsWhole } from './reads.ts';

/**
 * One policy answers what is listed and what may be called. That holds as long as grants read nothing that only one of
 * the two questions has, and nothing an MCP server says of itself.
 */
export function checkReads(pack: Pack, sources: ReadonlyMap<string, string>): Finding[] {
  const rules = contractRules(pack);
  return [...rules.flatMap(checkRule), ...rules.flatMap((rule) => checkBodies(rule, pack, sources))];
}

const notForGrants = [
  'input.call.arguments',
  'input.call.hash',
  'input.call.id',
  'input.call.listing',
  'input.approval',
  'input.result',
  'input.now',
  'input.tool.declared',
];
const scopes = ['input.call.method', 'input.call.tool', 'input.call.prompt', 'input.call.uri'];

function checkRule({ id, kind, rule }: ContractRule): Finding[] {
  const whole = readsWhole(rule);
  if (whole !== undefined) {
    return [
      finding(
        rule,
        kind === 'allow' ? 'grant_reads' : 'whole_input',
        `\`${id}\` reads \`${whole}\` as a whole: name the fields it needs.`,
      ),
    ];
  }
  if (kind === 'allow') return checkGrant(id, rule);
  const findings: Finding[] = [];
  if (readsAny(rule, ['input.call.listing']).length > 0) {
    findings.push(
      finding(rule, 'reads_listing', `\`${id}\` reads \`input.call.listing\`: what a listing hides, no call may do.`),
    );
  }
  if (kind !== 'deny' && kind !== 'mask_fields' && readsAny(rule, ['input.result']).length > 0) {
    findings.push(
      finding(
        rule,
        'reads_result',
        `\`${id}\` reads \`input.result\`, which comes when the call has been made: only deny and mask_fields are asked then.`,
      ),
    );
  }
  return findings;
}

function checkGrant(id: string, rule: ContractRule['rule']): Finding[] {
  const forbidden = readsAny(rule, notForGrants);
  if (forbidden.length > 0) {
    const message = `\`${id}\` grants by ${forbidden.map((each) => `\`${each}\``).join(', ')}: grant without it and deny by it, as lists are made from grants.`;
    return [finding(rule, 'grant_reads', message)];
  }
  if (readsAny(rule, scopes).length === 0) {
    return [
      finding(rule, 'grant_scope', `\`${id}\` grants every method there is: ask tool.does, or \`input.call.method\`.`),
    ];
  }
  return [];
}

/**
 * A rule that reads the result is asked about the result alone, in all its bodies: one of them that could refuse the call
 * before it is made would come too late. The analysis joins the bodies of a rule, so they are counted in the text.
 */
function checkBodies({ id, kind, rule }: ContractRule, pack: Pack, sources: ReadonlyMap<string, string>): Finding[] {
  if (kind !== 'deny' || readsAny(rule, ['input.result']).length === 0) return [];
  const name = id.slice(id.lastIndexOf('.') + 1);
  const head = new RegExp(String.raw`^\s*deny(?:\.${name}\b|\s*\[\s*(["\x60])${name}\1\s*\])`, 'gm');
  const files = new Set(pack.rules.map(({ file }) => file));
  const bodies = [...files].reduce((sum, file) => sum + (sources.get(file)?.match(head)?.length ?? 0), 0);
  if (bodies < 2) return [];
  const message = `\`${id}\` has ${bodies} bodies and reads \`input.result\`, so none is asked before the call: make them rules of their own.`;
  return [finding(rule, 'split_rule', message)];
}
