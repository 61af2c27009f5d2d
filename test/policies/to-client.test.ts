import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { compilePolicies } from '../../cli/policies.ts';
import { fixtureInput } from '../../engine/fixtures/input.ts';
import type { JsonObject } from '../../engine/json/types.ts';
import { ArgumentNames, namesReadBy } from '../../engine/policy/argument-names.ts';
import { readBundle } from '../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../engine/policy/evaluate.ts';
import type { Direction, IdentityKind } from '../../engine/policy/types.ts';
import { refuses } from '../engine/policy/refuses.ts';

/** One rule each: what it says of itself, and which way it lets a server's question and the client's answer pass. */
const packs = {
  all_but_tools: 'allow["x"] if input.call.method != "tools/call"',
  resources: 'allow["x"] if startswith(input.call.method, "resources/")',
  no_tool: 'allow["x"] if not input.call.tool',
  to_server: 'allow["x"] if { input.call.method != "tools/call"; input.call.direction == "to-server" }',
  all_but_to_server: 'allow["x"] if { input.call.method != "tools/call"; input.call.direction != "to-server" }',
  requests: 'allow["x"] if { input.call.method == "sampling/createMessage"; input.call.direction == "to-client" }',
  both: 'allow["x"] if { asking; input.call.method == "sampling/createMessage" }\n\nasking if input.call.direction in {"to-client", "to-server"}',
};

let shipped: Policy;
let own: Policy;
before(async () => {
  shipped = activate(readBundle(await compilePolicies(['policies'])));
  const folder = mkdtempSync(join(tmpdir(), 'writ-to-client-'));
  try {
    const servers = Object.keys(packs);
    for (const [name, rule] of Object.entries(packs)) {
      const declared = `# METADATA\n# title: T\n# custom:\n#   servers: [${name}]\npackage policies.${name}\n`;
      writeFileSync(join(folder, `${name}.rego`), `${declared}\n# METADATA\n# title: T\n${rule}\n`);
    }
    writeFileSync(
      join(folder, 'asks.rego'),
      `# METADATA\n# title: T\npackage policies.asks\n\n# METADATA\n# title: T\ndeny["asks"] if input.call.arguments.requestedSchema.properties.password\n`,
    );
    writeFileSync(
      join(folder, 'catalogue.yaml'),
      `catalogue: { ${servers.map((name) => `${name}: {}`).join(', ')} }\n`,
    );
    own = activate(readBundle(await compilePolicies([folder])));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface Asked {
  server: string;
  method: string;
  direction?: Direction;
  kind?: IdentityKind;
  groups?: string[];
  arguments?: JsonObject;
}

function decided(policy: Policy, { kind = 'human', groups = [], ...call }: Asked) {
  const fixture = { identity: { kind, groups, claims: { ctry: 'SE' } }, labels: { region: 'eu' }, call, expect: {} };
  return policy.decide(fixtureInput(fixture)).decision;
}

const requests = ['sampling/createMessage', 'elicitation/create', 'roots/list'];
const groups = ['support', 'medical', 'subject-rights', 'privacy-officer', 'hr', 'staff', 'editors', 'records'];

test('no shipped pack lets a server ask a client for anything, but for what it says', () => {
  const methods = [...requests, 'resources/read', 'tasks/result', 'tools/call', 'tools/list', 'customers/dump'];
  const kinds = ['human', 'human-via-agent', 'workload', 'agent', 'anonymous'] as const;
  const passed = new Set<string>();
  const form = { message: 'Which?', requestedSchema: { type: 'object', properties: { way: { type: 'string' } } } };
  for (const server of [...Object.keys(shipped.catalogue), 'other'])
    for (const method of methods)
      for (const kind of kinds)
        for (const member of [[], ...groups.map((group) => [group]), groups]) {
          const asked: Asked = { server, method, direction: 'to-client', kind, groups: member, arguments: form };
          const { effect, rules } = decided(shipped, asked);
          if (effect !== 'deny') passed.add(`${server} ${method} ${kind} ${rules}`);
        }
  assert.deepEqual([...passed].sort(), [
    'tickets elicitation/create human gdpr_tickets.allow.questions',
    'tickets elicitation/create human-via-agent gdpr_tickets.allow.questions',
  ]);
});

test('a grant that does not name messages to the client lets no server ask it for anything', () => {
  for (const server of ['all_but_tools', 'resources', 'no_tool', 'to_server', 'all_but_to_server'])
    for (const method of [...requests, 'resources/read', 'customers/dump'])
      assert.deepEqual(
        decided(own, { server, method, direction: 'to-client' }).rules,
        ['writ.no_grant'],
        `${server} ${method}`,
      );
  assert.equal(decided(own, { server: 'all_but_tools', method: 'customers/dump' }).effect, 'allow');
});

test('one that does grants what it names, in the direction it names', () => {
  const effects = (server: string, kind: IdentityKind) =>
    (['to-client', 'to-server'] as const).map(
      (direction) => decided(own, { server, method: 'sampling/createMessage', direction, kind }).effect,
    );
  for (const kind of ['human', 'anonymous'] as const) {
    assert.deepEqual(effects('requests', kind), ['allow', 'deny']);
    assert.deepEqual(effects('both', kind), ['allow', 'allow']);
  }
});

test('a denial reads what a server asks as arguments, and their names are known', () => {
  const server = 'requests';
  const form = (name: string) => ({ requestedSchema: { properties: { [name]: {} } } });
  const asked = (name: string): Asked => {
    return { server, method: 'sampling/createMessage', direction: 'to-client', arguments: form(name) };
  };
  assert.equal(decided(own, asked('way')).effect, 'allow');
  assert.deepEqual(decided(own, asked('password')).rules, ['asks.deny.asks']);
  const read = [namesReadBy(own.build, server)];
  for (const said of [form('Password'), { RequestedSchema: {} }])
    refuses(() => ArgumentNames.refuseTwins(said, read), 'WRIT_ARGUMENT_NAME');
  ArgumentNames.refuseTwins(form('password'), read);
});
