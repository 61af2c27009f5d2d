import { type Finding, finding } from './finding.ts';
import { type ContractRule, contractRules, type Pack } from './packs.ts';
import { readsAny, readsWhole } from './reads.ts';
import { mayHave } from './written.ts';

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
  findings.push(...checkShowing({ id, kind, rule }));
  if (readsAny(rule, ['input.result']).length > 0) {
    const say = (message: string) =>
      findings.push(finding(rule, 'reads_result', `\`${id}\` reads \`input.result\`${message}`));
    if (kind !== 'deny' && kind !== 'mask_fields' && kind !== 'withhold') {
      say(', which comes when the call has been made: only deny, mask_fields and withhold are asked then.');
    }
    if (kind === 'mask_fields' && mayHave(rule, 'on', (side) => side !== 'result')) {
      say(', which comes when the server has the arguments: give it an object with `"on": "result"` or without `on`.');
    }
    if (kind === 'withhold' && mayShow(rule)) {
      say(' and may show by it what would be withheld: give it an object with `"action": "withhold"` or `"deny"`.');
    }
  }
  return findings;
}

const mayShow = (rule: ContractRule['rule']) => mayHave(rule, 'action', (action) => action === 'allow');

/**
 * What turns tokens back, or shows what would be withheld, is no grant of a call, so it may ask for what is called with. It
 * lets somebody have more than before all the same: an MCP server must not be able to bring that about by what it says of
 * its tool, and tokens are for one tool or another, not for whatever takes an argument of the name.
 */
function checkShowing({ id, kind, rule }: ContractRule): Finding[] {
  if (kind !== 'detokenise' && !(kind === 'withhold' && mayShow(rule))) return [];
  const findings: Finding[] = [];
  if (readsAny(rule, ['input.tool.declared']).length > 0) {
    const message = `\`${id}\` goes by \`input.tool.declared\`, which the server chooses, and gives somebody more than before: ask for something else.`;
    findings.push(finding(rule, 'grant_reads', message));
  }
  if (kind === 'detokenise' && readsAny(rule, scopes).length === 0) {
    const message = `\`${id}\` turns tokens back for every tool there is: ask tool.does, or \`input.call.tool\`.`;
    findings.push(finding(rule, 'grant_scope', message));
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
