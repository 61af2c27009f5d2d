import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Client } from '@modelcontextprotocol/client';
import type { Era, Scene } from '../../cli/demo/scene.ts';
import type { Persona } from '../../fixtures/issuer.ts';
import { customers } from '../../fixtures/servers/people.ts';
import { openTestScene } from '../support/scene.ts';

const inspector = fileURLToPath(
  new URL('../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
);
const [anna] = customers;
assert.ok(anna);

/** A tool result as both clients give it. */
interface ToolResult {
  content: { type: string; text?: string }[];
  structuredContent?: { customers?: { name: string; email: string; phone: string }[]; total?: number };
  isError?: boolean;
  _meta?: { 'writ/decision'?: { effect: string; rules: string[] } };
}

type CallTool = (
  scene: Scene,
  persona: Persona,
  era: Era,
  tool: string,
  args: Record<string, string>,
) => Promise<ToolResult>;

const withClient: CallTool = async (scene, persona, era, tool, args) => {
  const client: Client = await scene.connect(persona, era);
  return (await client.callTool({ name: tool, arguments: args })) as ToolResult;
};

const withInspector: CallTool = async (scene, persona, era, tool, args) => {
  const token = await scene.issuer.token({ persona });
  const command = [
    inspector,
    '--cli',
    scene.endpoint,
    '--transport',
    'http',
    '--protocol-era',
    era,
    '--format',
    'json',
  ];
  const call = ['--header', `Authorization: Bearer ${token}`, '--method', 'tools/call', '--tool-name', tool];
  const given = Object.entries(args).flatMap(([name, value]) => ['--tool-arg', `${name}=${value}`]);
  // The Inspector ends with 5 where a tool answers isError, and prints the result all the same.
  const { stdout } = await promisify(execFile)(process.execPath, [...command, ...call, ...given], {
    timeout: 60_000,
  }).catch((error: { stdout: string; code: number }) => {
    assert.equal(error.code, 5, `the Inspector ended with ${error.code}: ${error.stdout}`);
    return error;
  });
  const printed = JSON.parse(stdout) as { result?: ToolResult } & ToolResult;
  return printed.result ?? printed;
};

describe('real clients, unchanged, through the gateway', () => {
  let scene: Scene;
  before(async () => {
    scene = await openTestScene();
  });
  after(() => scene.close());

  for (const [name, callTool] of [
    ['TypeScript client 2.x', withClient],
    ['MCP Inspector CLI', withInspector],
  ] as const) {
    for (const era of ['legacy', 'modern'] as const) {
      test(`${name}, ${era} era: allowed`, async () => {
        const result = await callTool(scene, 'ci-job', era, 'customers.stats', {});
        assert.notEqual(result.isError, true);
        assert.equal(result.structuredContent?.total, customers.length);
      });

      test(`${name}, ${era} era: masked in text and structured content alike`, async () => {
        const result = await callTool(scene, 'support-agent', era, 'customers.lookup', { id: anna.id });
        assert.notEqual(result.isError, true);
        const [seen] = result.structuredContent?.customers ?? [];
        assert.equal(seen?.name, anna.name);
        assert.notEqual(seen?.email, anna.email);
        assert.deepEqual(JSON.parse(result.content[0]?.text ?? ''), result.structuredContent);
        for (const hidden of [anna.email, anna.phone, anna.address.street])
          assert.ok(!JSON.stringify(result).includes(hidden));
      });

      test(`${name}, ${era} era: denied, in words a model can act on`, async () => {
        const result = await callTool(scene, 'support-agent', era, 'customers.search', {});
        assert.equal(result.isError, true);
        assert.match(
          result.content[0]?.text ?? '',
          /Policy does not allow this call: A search needs a query or a region/,
        );
        assert.deepEqual(result._meta?.['writ/decision']?.rules, ['gdpr.deny.unbounded_search']);
        assert.ok(!scene.crm.seen.some(({ tool }) => tool === 'customers.search'));
      });
    }
  }

  test('no request that reached the server carried a token of a caller', () => {
    assert.notEqual(scene.crm.seen.length, 0);
    for (const { headers } of scene.crm.seen) assert.equal(headers.authorization, undefined);
  });
});
