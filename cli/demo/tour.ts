import type { Client } from '@modelcontextprotocol/client';
import type { Persona } from '../../fixtures/issuer.ts';
import { customers, healthNotes } from '../../fixtures/servers/people.ts';
import type { Era, Scene } from './scene.ts';

/** One thing the tour shows. */
export interface Step {
  title: string;
  run(scene: Scene): Promise<Shown>;
}

/** What was seen, in a line for people, and whatever was not as it must be. */
export interface Shown {
  said: string;
  wrong: string[];
}

/** A tool result as far as the tour looks at it. */
interface ToolAnswer {
  text: string;
  decision: { effect?: string; rules?: string[]; pending?: string };
  refused: boolean;
  structured: unknown;
}

const subject = customers[0];
if (subject === undefined) throw new TypeError('the demo has customers');
const secrets = [subject.email, subject.phone, subject.address.street];

async function call(client: Client, name: string, args: Record<string, string>): Promise<ToolAnswer> {
  const result = await client.callTool({ name, arguments: args });
  const text = result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
  const decision = result._meta?.['writ/decision'];
  return {
    text,
    decision: typeof decision === 'object' && decision !== null ? decision : {},
    refused: result.isError === true,
    structured: result.structuredContent,
  };
}

const must = (wrong: string[], holds: boolean, otherwise: string): void => {
  if (!holds) wrong.push(otherwise);
};

function leaks(answer: ToolAnswer): string[] {
  const whole = JSON.stringify(answer);
  return secrets.filter((secret) => whole.includes(secret)).map(() => 'a hidden value of the customer was shown');
}

function masked(persona: Persona, era: Era): Step {
  return {
    title: `${persona} looks a customer up (MCP ${era === 'legacy' ? '2025-11-25' : '2026-07-28'})`,
    async run(scene) {
      const answer = await call(await scene.connect(persona, era), 'customers.lookup', { id: subject?.id ?? '' });
      const wrong = leaks(answer);
      must(wrong, !answer.refused, 'the call was refused');
      must(wrong, answer.text.includes(subject?.name ?? ''), 'the name is missing');
      const [seen] =
        (answer.structured as { customers: { email: string; phone: string }[] } | undefined)?.customers ?? [];
      return { said: `mask-fields: ${subject?.name}, mail ${seen?.email}, phone ${seen?.phone}`, wrong };
    },
  };
}

function denied(persona: Persona, tool: string, rule: string): Step {
  return {
    title: `${persona} calls ${tool}`,
    async run(scene) {
      const before = scene.crm.seen.filter((seen) => seen.tool === tool).length;
      const answer = await call(await scene.connect(persona, 'legacy'), tool, { id: subject?.id ?? '' });
      const wrong: string[] = [];
      must(wrong, answer.refused && answer.decision.effect === 'deny', 'it was not denied');
      must(wrong, answer.decision.rules?.includes(rule) === true, `${rule} is not among the rules`);
      must(wrong, scene.crm.seen.filter((seen) => seen.tool === tool).length === before, 'the call reached the CRM');
      return { said: `deny: ${answer.decision.rules?.join(', ')}`, wrong };
    },
  };
}

function allowed(persona: Persona, tool: string, args: Record<string, string>, expected: string): Step {
  return {
    title: `${persona} calls ${tool}`,
    async run(scene) {
      const answer = await call(await scene.connect(persona, 'modern'), tool, args);
      const wrong: string[] = [];
      must(wrong, !answer.refused, 'the call was refused');
      must(wrong, answer.text.includes(expected), 'the answer is not the CRM’s');
      return { said: `allow: ${answer.text.slice(0, 72)}…`, wrong };
    },
  };
}

const noToken: Step = {
  title: 'nobody in particular asks, without a token',
  async run(scene) {
    const response = await fetch(scene.endpoint, { method: 'POST', body: '{}' });
    const challenge = response.headers.get('www-authenticate') ?? '';
    const wrong: string[] = [];
    must(wrong, response.status === 401, `the status is ${response.status}, not 401`);
    must(wrong, challenge.includes('resource_metadata='), 'the challenge names no resource metadata');
    return { said: `401, ${challenge}`, wrong };
  },
};

const listed: Step = {
  title: 'support-agent asks which tools there are',
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

const approval: Step = {
  title: 'case-worker exports a customer',
  async run(scene) {
    const answer = await call(await scene.connect('case-worker', 'modern'), 'customers.export', {
      id: subject?.id ?? '',
    });
    const wrong = leaks(answer);
    must(wrong, answer.decision.effect === 'require-approval', 'no approval is required');
    must(wrong, /^approval-/.test(answer.decision.pending ?? ''), 'there is no pending id');
    must(wrong, !scene.crm.seen.some((seen) => seen.tool === 'customers.export'), 'the call reached the CRM');
    return { said: `require-approval: pending as ${answer.decision.pending}`, wrong };
  },
};

const tokenStays: Step = {
  title: 'what the CRM was sent',
  async run(scene) {
    const carried = scene.crm.seen.filter((seen) => seen.headers.authorization !== undefined).length;
    return {
      said: `${scene.crm.seen.length} requests, none with a token of a caller`,
      wrong: carried === 0 ? [] : [`${carried} requests carried a token`],
    };
  },
};

/** Allow, mask-fields, deny and require-approval, in both protocol eras. */
export const tour: readonly Step[] = [
  noToken,
  listed,
  masked('support-agent', 'legacy'),
  masked('support-agent', 'modern'),
  denied('support-agent', 'health.notes', 'gdpr.deny.health_data'),
  allowed('medical-officer', 'health.notes', { id: Object.keys(healthNotes)[0] ?? '' }, 'notes'),
  approval,
  allowed('ci-job', 'customers.stats', {}, 'by_region'),
  denied('ci-job', 'customers.lookup', 'gdpr.deny.program_personal_data'),
  denied('support-agent', 'customers.import', 'writ.uncatalogued'),
  tokenStays,
];
