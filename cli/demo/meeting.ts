import type { Client } from '@modelcontextprotocol/client';
import type { Persona } from '../../fixtures/issuer.ts';
import type { Era, Scene, ServerName } from './scene.ts';

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

/** A call by somebody, and what it must come to. */
export interface Meeting {
  server: ServerName;
  tool: string;
  args?: Record<string, string>;
  /** Stated in `_meta["writ/purpose"]`. */
  purpose?: string;
  /** Modern unless told. */
  era?: Era;
  verdict: 'allow' | 'mask-fields' | 'deny' | 'require-approval';
  /** The rule that decides or masks; the tour tells its title. */
  rule: string;
  /** Texts the caller must see. */
  shows?: readonly string[];
  /** Texts of the server that the caller must not see. */
  hides?: readonly string[];
  /** A denial of the answer: the server is asked, and what it said is not shown. */
  afterwards?: boolean;
}

/** A tool result as far as the tour looks at it. */
interface ToolAnswer {
  whole: string;
  decision: { effect?: string; rules?: string[]; pending?: string };
  refused: boolean;
}

export const must = (wrong: string[], holds: boolean, otherwise: string): void => {
  if (!holds) wrong.push(otherwise);
};

async function call(client: Client, { tool, args = {}, purpose }: Meeting): Promise<ToolAnswer> {
  const stated = purpose === undefined ? {} : { _meta: { 'writ/purpose': purpose } };
  const result = await client.callTool({ name: tool, arguments: args, ...stated });
  const decision = result._meta?.['writ/decision'];
  return {
    whole: JSON.stringify(result),
    decision: typeof decision === 'object' && decision !== null ? decision : {},
    refused: result.isError === true,
  };
}

function checkShown(wrong: string[], answer: ToolAnswer, { shows = [], verdict }: Meeting): void {
  must(wrong, !answer.refused, 'the call was refused');
  must(wrong, shows.length > 0 || verdict !== 'allow', 'the tour does not say what is to be seen');
  for (const text of shows) must(wrong, answer.whole.includes(text), `“${text}” is missing`);
}

function checkRefused(wrong: string[], answer: ToolAnswer, { rule, verdict }: Meeting): void {
  const { effect, rules = [], pending = '' } = answer.decision;
  must(wrong, answer.refused && effect === verdict, `it is ${effect ?? 'let through'}, not ${verdict}`);
  must(wrong, rules.includes(rule), `${rule} is not among the rules`);
  must(wrong, verdict !== 'require-approval' || /^approval-/.test(pending), 'there is no pending id');
}

/** The step in which this persona makes that call. */
export function meets(persona: Persona, meeting: Meeting): Step {
  const { server, tool, era = 'modern', verdict, rule, hides = [], purpose, afterwards = false } = meeting;
  const passes = verdict === 'allow' || verdict === 'mask-fields';
  const said = purpose === undefined ? '' : ` for ${purpose}`;
  return {
    title: `${verdict.padEnd(16)} ${tool}${said}${era === 'legacy' ? ' (MCP 2025-11-25)' : ''}`,
    async run(scene) {
      const reached = () => scene.servers[server].seen.filter((seen) => seen.tool === tool).length;
      const before = reached();
      const answer = await call(await scene.connect(persona, era, server), meeting);
      const wrong: string[] = [];
      if (passes) checkShown(wrong, answer, meeting);
      else checkRefused(wrong, answer, meeting);
      const leaked = hides.filter((text) => answer.whole.includes(text)).length;
      must(wrong, leaked === 0, `${leaked} hidden values were shown`);
      const expected = passes || afterwards ? 1 : 0;
      must(wrong, reached() - before === expected, `the server was asked ${reached() - before} times`);
      const title = scene.gateway.policy().build.rules[rule]?.title;
      must(wrong, typeof title === 'string', `there is no rule ${rule}`);
      return { said: `${title} (${rule})`, wrong };
    },
  };
}
