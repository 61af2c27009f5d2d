import assert from 'node:assert/strict';
import type { Session, ToolAnswer } from './clients/types.ts';
import { address, type Questions } from './questions.ts';

/** What a server says without a gateway between, to be compared with. */
export interface Baseline {
  tools: Map<string, unknown>;
  allowed: ToolAnswer;
  masked: ToolAnswer | undefined;
  prompt: unknown;
  resource: unknown;
}

const ofAnswer = ({ content, structuredContent, isError }: ToolAnswer): ToolAnswer => ({
  content,
  structuredContent: structuredContent ?? null,
  isError: isError ?? false,
});

async function listed(session: Session): Promise<Map<string, unknown>> {
  const tools = await session.tools();
  return new Map(tools.map(({ name, description, inputSchema }) => [name, { description, inputSchema }]));
}

/** Asks a server directly. What policy would refuse is left out, and so nothing is changed. */
export async function ask(session: Session, questions: Questions): Promise<Baseline> {
  const { allowed, masked, prompt, resource, deniedResource } = questions;
  if (deniedResource !== undefined) assert.ok(await session.resource(deniedResource), 'there is something to deny');
  return {
    tools: await listed(session),
    allowed: ofAnswer(await session.call(allowed.name, allowed.args)),
    masked: masked && ofAnswer(await session.call(masked.name, masked.args)),
    prompt: prompt && (await session.prompt(prompt.name, prompt.args)),
    resource: resource === undefined ? undefined : await session.resource(resource),
  };
}

/** JSON in texts is compared as what it says: masking writes it anew. */
function read(answer: ToolAnswer): unknown {
  const { content, ...rest } = ofAnswer(answer);
  return { ...rest, content: content.map(({ type, text = '' }) => ({ type, text: JSON.parse(text) })) };
}

async function checkAllowed(session: Session, { allowed, masked }: Questions, direct: ToolAnswer): Promise<void> {
  const seen = await session.call(allowed.name, allowed.args);
  // Of a tool with masks every answer is written anew, also one in which there was nothing to mask.
  const as = allowed.name === masked?.name ? read : ofAnswer;
  assert.deepEqual(as(seen), as(direct), 'allowed: what the server says');
}

async function checkMasked(session: Session, { masked }: Questions, direct: ToolAnswer | undefined): Promise<void> {
  if (masked === undefined || direct === undefined) return;
  const seen = await session.call(masked.name, masked.args);
  assert.ok(!JSON.stringify(seen).includes(address), 'masked: the address is gone');
  const said = JSON.stringify(read(direct));
  assert.ok(said.includes(address), 'masked: there is an address to mask');
  assert.deepEqual(read(seen), JSON.parse(said.replaceAll(address, '[redacted]')), 'masked: all else is there');
}

async function checkDenied(session: Session, { denied, deniedResource }: Questions): Promise<void> {
  const refused = await session.call(denied.name, denied.args);
  assert.equal(refused.isError, true, 'denied: isError');
  assert.match(refused.content[0]?.text ?? '', /Policy does not allow this call: This is about a secret/);
  if (deniedResource === undefined) return;
  await assert.rejects(session.resource(deniedResource), /Ask for people by name/, 'denied resource');
}

/** Asks through the gateway, and compares with what the server says directly. */
export async function check(session: Session, questions: Questions, direct: Baseline): Promise<void> {
  const tools = await listed(session);
  assert.deepEqual([...tools.keys()].sort(), questions.listed, 'the list is what policy leaves of it');
  for (const [name, tool] of tools)
    assert.deepEqual(tool, direct.tools.get(name), `the list says of ${name} what the server says`);
  await checkAllowed(session, questions, direct.allowed);
  await checkDenied(session, questions);
  await checkMasked(session, questions, direct.masked);
  const { prompt, resource } = questions;
  if (prompt !== undefined) assert.deepEqual(await session.prompt(prompt.name, prompt.args), direct.prompt, 'prompt');
  if (resource !== undefined) assert.deepEqual(await session.resource(resource), direct.resource, 'resource');
}
