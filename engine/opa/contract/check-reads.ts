import { type Finding, finding } from './finding.ts';
import { type ContractRule, contractRules, type Pack } from './packs.ts';
import { readsAny, readsWhole } from './reads.ts';

/**
 * One policy answers what is listed and what may be called. That holds as long as grants read nothing that only one of
 * the two questions has, and nothing an MCP server says of itself.
 */
export function checkReads(pack: Pack): Finding[] {
  return contractRules(pack).flatMap(checkRule);
}

const notForGrants = [
  'input.call.arguments',
  'input.call.hash',
  'input.call.id',
  'input.call.listing',
  'input.approval',
  'input.purpose',
  'input.subjects',
  'input.result',
  'input.now',
  'input.tool.declared',
];
const scopes = ['input.call.method', 'input.call.tool', 'input.call.prompt', 'input.call.uri'];

/** A grant by one of these alone would be silent: grants of messages to the client name the direction. */
const requestsOfServers: ReadonlySet<string> = new Set(['elicitation/create', 'roots/list', 'sampling/createMessage']);

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
  if (readsAny(rule, ['input.result']).length > 0) {
    if (kind !== 'deny' && kind !== 'mask_fields') {
      const message = `\`${id}\` reads \`input.result\`, which comes when the call has been made: only deny and mask_fields are asked then.`;
      findings.push(finding(rule, 'reads_result', message));
    }
    if (kind === 'mask_fields' && rule.on.some((side) => side !== 'result')) {
      const message = `\`${id}\` reads \`input.result\`, which comes when the server has the arguments: give it an object with \`"on": "result"\` or without \`on\`.`;
      findings.push(finding(rule, 'reads_result', message));
    }
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
  const ofServers = rule.strings.filter((text) => requestsOfServers.has(text));
  if (ofServers.length > 0 && readsAny(rule, ['input.call.direction']).length === 0) {
    const message = `\`${id}\` names \`${ofServers.join('`, `')}\` and no direction, and so grants the client's answer without the request: ask \`input.call.direction\`.`;
    return [finding(rule, 'grant_direction', message)];
  }
  return [];
}
