import type { Persona } from '../../fixtures/issuer.ts';
import { employees } from '../../fixtures/servers/employees.ts';
import { letters } from '../../fixtures/servers/letters.ts';
import { customers } from '../../fixtures/servers/people.ts';
import { writesByToken } from './by-token.ts';
import { type Meeting, meets, must, type Step } from './meeting.ts';

/** What one caller meets. */
export interface Chapter {
  who: string;
  steps: readonly Step[];
}

function known<T extends { id: string }>(all: readonly T[], id: string): T {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new TypeError(`the demo has no ${id}`);
  return found;
}

const anna = known(customers, 'C-1001');
const aino = known(employees, 'E-2005');
const cracked = known(letters, 'T-3001');
const asthma = known(letters, 'T-3002');
const request = known(letters, 'T-3005');

const contact = ({ email, phone }: { email: string; phone: string }) => [email, phone];
const textsOf = ({ messages }: { messages: { text: string }[] }) => messages.map(({ text }) => text);

const lookup: Meeting = {
  server: 'crm',
  tool: 'customers.lookup',
  args: { id: anna.id },
  verdict: 'mask-fields',
  rule: 'gdpr.mask_fields.contact',
  shows: [anna.name],
  hides: [...contact(anna), anna.address.street],
};

const meetings: Record<Persona, readonly Meeting[]> = {
  'support-agent': [
    { server: 'crm', tool: 'customers.stats', verdict: 'allow', rule: 'gdpr.allow.support_read', shows: ['by_region'] },
    { ...lookup, era: 'legacy' },
    lookup,
    {
      server: 'tickets',
      tool: 'tickets.get',
      args: { id: cracked.id },
      verdict: 'mask-fields',
      rule: 'gdpr_tickets.mask_fields.contact',
      shows: [cracked.requester.name, 'The left board is cracked'],
      hides: contact(cracked.requester),
    },
    {
      server: 'crm',
      tool: 'health.notes',
      args: { id: 'C-1003' },
      era: 'legacy',
      verdict: 'deny',
      rule: 'gdpr.deny.health_data',
    },
    { server: 'crm', tool: 'customers.import', args: { csv: 'x' }, verdict: 'deny', rule: 'writ.uncatalogued' },
    {
      server: 'tickets',
      tool: 'tickets.share',
      args: { id: cracked.id, partner: 'backoffice-overseas' },
      verdict: 'deny',
      rule: 'gdpr_tickets.deny.partner_region',
    },
    {
      server: 'tickets',
      tool: 'tickets.share',
      args: { id: cracked.id, partner: 'repairs-eu' },
      verdict: 'require-approval',
      rule: 'gdpr_tickets.require_approval.share',
    },
  ],
  'medical-officer': [
    {
      server: 'hr',
      tool: 'health.notes',
      args: { id: aino.id },
      purpose: 'essential.service',
      verdict: 'allow',
      rule: 'gdpr_hr.allow.medical_read',
      shows: ['no solvents'],
    },
    {
      server: 'hr',
      tool: 'employees.lookup',
      args: { id: aino.id },
      verdict: 'mask-fields',
      rule: 'gdpr_hr.mask_fields.payroll',
      shows: [aino.name, aino.job_title],
      hides: [...contact(aino), aino.national_id, aino.bank_account, aino.date_of_birth, String(aino.salary)],
    },
    {
      server: 'hr',
      tool: 'health.notes',
      args: { id: aino.id },
      verdict: 'deny',
      rule: 'gdpr_hr.deny.health_purpose',
    },
    {
      server: 'hr',
      tool: 'health.export',
      args: { id: aino.id },
      purpose: 'essential.legal_obligation',
      verdict: 'require-approval',
      rule: 'gdpr_hr.require_approval.health_export',
    },
  ],
  'ci-job': [
    {
      server: 'hr',
      tool: 'absence.stats',
      args: { department: 'Workshop' },
      verdict: 'allow',
      rule: 'gdpr_hr.allow.program_figures',
      shows: ['days_absent'],
    },
    {
      server: 'tickets',
      tool: 'tickets.queue',
      verdict: 'mask-fields',
      rule: 'gdpr_tickets.mask_fields.pseudonyms',
      shows: [cracked.id, 'hmac_'],
      hides: letters.map(({ requester }) => requester.id),
    },
    {
      server: 'crm',
      tool: 'customers.lookup',
      args: { id: anna.id },
      era: 'legacy',
      verdict: 'deny',
      rule: 'gdpr.deny.program_personal_data',
    },
    {
      server: 'hr',
      tool: 'absence.stats',
      verdict: 'deny',
      rule: 'gdpr_hr.deny.small_groups',
      hides: ['days_absent'],
      afterwards: true,
    },
    {
      server: 'tickets',
      tool: 'tickets.purge',
      args: { before: '2026-09-01' },
      verdict: 'require-approval',
      rule: 'gdpr_tickets.require_approval.purge',
    },
  ],
  'ai-agent': [
    {
      server: 'tickets',
      tool: 'tickets.stats',
      verdict: 'allow',
      rule: 'gdpr_tickets.allow.support_work',
      shows: ['by_status'],
    },
    {
      server: 'tickets',
      tool: 'tickets.get',
      args: { id: asthma.id },
      verdict: 'mask-fields',
      rule: 'gdpr_tickets.mask_fields.agent_texts',
      shows: [asthma.product],
      hides: [...contact(asthma.requester), ...textsOf(asthma), asthma.subject],
    },
    {
      server: 'tickets',
      tool: 'tickets.get',
      args: { id: asthma.id },
      purpose: 'train_ai_system',
      verdict: 'deny',
      rule: 'gdpr_tickets.deny.purpose',
    },
    {
      server: 'tickets',
      tool: 'tickets.reply',
      args: { id: asthma.id, text: 'We deliver to the ground floor.' },
      verdict: 'require-approval',
      rule: 'gdpr_tickets.require_approval.agent_reply',
    },
  ],
  'privacy-officer': [
    {
      server: 'hr',
      tool: 'employees.search',
      args: { query: 'lindholt' },
      verdict: 'allow',
      rule: 'gdpr_hr.allow.privacy_requests',
      shows: ['Freja Lindholt'],
    },
    {
      server: 'tickets',
      tool: 'tickets.get',
      args: { id: request.id },
      verdict: 'mask-fields',
      rule: 'gdpr_tickets.mask_fields.contact',
      shows: ['Under Article 15'],
      hides: contact(request.requester),
    },
    {
      server: 'hr',
      tool: 'health.notes',
      args: { id: aino.id },
      purpose: 'essential.service',
      verdict: 'deny',
      rule: 'gdpr_hr.deny.health_data',
    },
    {
      server: 'hr',
      tool: 'employees.export',
      args: { id: aino.id },
      verdict: 'require-approval',
      rule: 'gdpr_hr.require_approval.file_export',
    },
  ],
  'case-worker': [
    {
      server: 'crm',
      tool: 'customers.export',
      args: { id: anna.id },
      verdict: 'require-approval',
      rule: 'gdpr.require_approval.export_delete',
      hides: contact(anna),
    },
  ],
};

const noToken: Step = {
  title: 'nobody in particular asks, without a token',
  async run(scene) {
    const response = await fetch(scene.endpoint, { method: 'POST', body: '{}' });
    const challenge = response.headers.get('www-authenticate') ?? '';
    const wrong: string[] = [];
    must(wrong, response.status === 401, `the status is ${response.status}, not 401`);
    must(wrong, challenge.includes('resource_metadata='), 'the challenge names no resource metadata');
    return { said: '401, with where to get one', wrong };
  },
};

const listed: Step = {
  title: 'asks which tools there are',
  async run(scene) {
    const { tools } = await (await scene.connect('support-agent', 'modern')).listTools();
    const names = tools.map(({ name }) => name).sort();
    const wrong: string[] = [];
    must(wrong, names.includes('customers.lookup'), 'customers.lookup is not listed');
    for (const hidden of ['health.notes', 'customers.export', 'customers.delete', 'customers.import'])
      must(wrong, !names.includes(hidden), `${hidden} is listed`);
    return { said: `sees ${names.join(', ')}`, wrong };
  },
};

const tokenStays: Step = {
  title: 'what the servers were sent',
  async run(scene) {
    const seen = Object.values(scene.servers).flatMap((server) => server.seen);
    const carried = seen.filter(({ headers }) => headers.authorization !== undefined).length;
    return {
      said: `${seen.length} requests, none with a token of a caller`,
      wrong: carried === 0 ? [] : [`${carried} requests carried a token`],
    };
  },
};

const about: Record<Persona, string> = {
  'support-agent': 'a person of support',
  'medical-officer': 'occupational medicine',
  'ci-job': 'a program with nobody behind it',
  'ai-agent': 'an AI agent that acts for the support agent',
  'privacy-officer': 'watches over personal data',
  'case-worker': 'answers requests of customers',
};

const personas = Object.keys(about) as Persona[];

/** Allow, mask-fields, deny and require-approval, each for a reason, for everybody who calls; in both protocol eras. */
export const tour: readonly Chapter[] = [
  { who: 'without a token', steps: [noToken] },
  ...personas.map((persona) => ({
    who: `${persona}, ${about[persona]}`,
    steps: [
      ...(persona === 'support-agent' ? [listed] : []),
      ...meetings[persona].map((each) => meets(persona, each)),
      ...(persona === 'ai-agent' ? [writesByToken(anna)] : []),
    ],
  })),
  { who: 'afterwards', steps: [tokenStays] },
];
